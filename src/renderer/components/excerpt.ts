import { termPattern } from './mark-terms.ts';

const hasWords = /[\p{L}\p{N}]/u;
const lead = 28;

/** The lines of a passage around the one that holds most words of the query, in their order; rules and blanks are left out. */
export function excerpt(text: string, query: string, shownLines: number): string {
  const lines = wordedLines(text);
  const first = Math.min(
    bestLineOf(lines, query) - Math.floor((shownLines - 1) / 2),
    lines.length - shownLines,
  );
  const start = Math.max(0, first);
  return lines.slice(start, start + shownLines).join('\n');
}

/** The one line of a passage that matches best, begun shortly before its first match, to be cut off at its end. */
export function matchingLine(text: string, query: string): string {
  const lines = wordedLines(text);
  const line = (lines[bestLineOf(lines, query)] ?? '').trim();
  const firstMatch = termPattern(query)?.exec(line)?.index ?? 0;
  if (firstMatch <= lead) return line;
  const start = line.indexOf(' ', firstMatch - lead) + 1;
  return `…${line.slice(start > 0 && start <= firstMatch ? start : firstMatch)}`;
}

function wordedLines(text: string): string[] {
  return text.split('\n').filter((line) => hasWords.test(line));
}

/** The line with most different words of the query, the first of equals. */
function bestLineOf(lines: readonly string[], query: string): number {
  const pattern = termPattern(query);
  if (!pattern) return 0;
  const scores = lines.map((line) => new Set([...line.matchAll(pattern)].map(stemOf)).size);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

function stemOf(match: RegExpExecArray): string {
  return (match[1] ?? match[2] ?? '').toLowerCase();
}
