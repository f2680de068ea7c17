const maxLength = 60;

/** Shown while a conversation has no title of its own. */
export const untitled = 'New chat';

/** A title from the first message: its first line with words, cut at a word. */
export function titleFrom(text: string): string {
  const line = text
    .split(/[\r\n\u2028\u2029]+/)
    .map((candidate) =>
      candidate
        .replace(/^[\s#>*`-]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .find((candidate) => /[\p{L}\p{N}]/u.test(candidate));
  return line === undefined ? untitled : shortened(line);
}

function shortened(line: string): string {
  const characters = [...line];
  if (characters.length <= maxLength) return line;
  const cut = characters.slice(0, maxLength).join('');
  const lastSpace = cut.lastIndexOf(' ');
  const atWord = lastSpace > maxLength / 2 ? cut.slice(0, lastSpace) : cut;
  return `${atWord.replace(/[\s,;:.–—-]+$/u, '')}…`;
}
