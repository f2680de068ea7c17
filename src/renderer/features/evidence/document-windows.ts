export const windowLines = 400;

/** The window a 1-based line lies in. */
export function windowOf(line: number): number {
  return Math.floor((Math.max(1, line) - 1) / windowLines);
}

/** What to ask for to get a window of a document. */
export function windowInput(
  documentId: number,
  window: number,
): { documentId: number; firstLine: number; lineCount: number } {
  return { documentId, firstLine: window * windowLines + 1, lineCount: windowLines };
}

/** The windows that hold a range of 0-based row indexes, in order. */
export function windowsFor(rows: readonly number[]): number[] {
  return [...new Set(rows.map((row) => windowOf(row + 1)))];
}

const longestShownLine = 4_000;

/** A line as it is drawn: a very long one is cut, and says how much is left out. */
export function shownLine(line: string): string {
  if (line.length <= longestShownLine) return line;
  const hidden = line.length - longestShownLine;
  return `${line.slice(0, longestShownLine)} … ${hidden.toLocaleString('en-US')} more characters`;
}
