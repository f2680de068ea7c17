const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size in the largest unit that keeps it above one: `980 B`, `4.2 MB`, `18 GB`. */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 file`, `2 files`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A large number of parameters or tokens: `270M`, `7.2B`, `32K`. */
export function formatLarge(count: number): string {
  const steps: [number, string][] = [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ];
  for (const [size, suffix] of steps) {
    if (count >= size)
      return `${(count / size).toFixed(count / size < 10 ? 1 : 0).replace(/\.0$/, '')}${suffix}`;
  }
  return String(count);
}
