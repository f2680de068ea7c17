/**
 * Shortens a path in its middle to at most `maxLength` characters, keeping the start and as much of the end as fits,
 * cut at folder names where possible.
 */
export function shortenPath(path: string, maxLength: number): string {
  if (path.length <= maxLength) return path;
  const separator = path.includes('\\') && !path.includes('/') ? '\\' : '/';
  const parts = path.split(separator);
  const name = parts.at(-1) ?? path;
  const start = parts.slice(0, parts[0] === '' ? 2 : 1).join(separator);
  for (let first = 2; first < parts.length; first += 1) {
    const shortened = [start, '…', ...parts.slice(first)].join(separator);
    if (shortened.length <= maxLength) return shortened;
  }
  return name.length <= maxLength - 2 ? `…${separator}${name}` : shortenName(name, maxLength);
}

/** A name of a file or folder cut in its middle, to stand in a sentence. */
export function shortenName(name: string, maxLength: number): string {
  const tail = Math.ceil((maxLength - 1) * 0.6);
  return `${name.slice(0, Math.max(0, maxLength - 1 - tail))}…${name.slice(-tail)}`;
}
