import type { Passage } from '@contract/knowledge';

/** The lines of a passage's text. */
export function passageLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/**
 * The part of a passage from line index `first` to `last` (0-based, inclusive) with the line numbers of that part.
 * Where the text does not have the lines its numbers claim, they are kept: too wide is right, too narrow is wrong.
 */
export function sliceLines<P extends Passage>(passage: P, first: number, last: number): P {
  const lines = passageLines(passage.text);
  const text = lines.slice(first, last + 1).join('\n');
  if (lines.length !== passage.endLine - passage.startLine + 1) return { ...passage, text };
  return { ...passage, text, startLine: passage.startLine + first, endLine: passage.startLine + last };
}
