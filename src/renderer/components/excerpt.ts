import { termPattern } from './mark-terms.ts';

const hasWords = /[\p{L}\p{N}]/u;
const lead = 28;
const longestNeighbour = 120;

/**
 * The lines of a passage around the one that holds most words of the query, in their order; rules and blanks are left
 * out. Long neighbours are cut, so that they do not push the match out of sight.
 */
export function excerpt(text: string, query: string, shownLines: number): string {
  const lines = wordedLines(text);
  const best = bestLineOf(lines, query);
  const before = Math.floor((shownLines - 1) / 2);
  const start = Math.max(0, Math.min(best - before, lines.length - shownLines));
  return lines
    .map((line, index) => (index === best ? line : cut(line)))
    .slice(start, start + shownLines)
    .join('\n');
}

function cut(line: string): string {
  return line.length <= longestNeighbour ? line : `${line.slice(0, longestNeighbour).trimEnd()}…`;
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
