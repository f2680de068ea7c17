import { wordsOf } from '../../components/mark-terms.ts';

const shownLines = 5;

/** The lines of a passage that hold most of the query's words, in their order, at most five. */
export function excerpt(text: string, query: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length <= shownLines) return lines.join('\n');
  const words = wordsOf(query);
  const scores = lines.map((line) => words.filter((word) => line.toLowerCase().includes(word)).length);
  let best = 0;
  let bestScore = -1;
  for (let start = 0; start + shownLines <= lines.length; start += 1) {
    const score = scores.slice(start, start + shownLines).reduce((sum, value) => sum + value, 0);
    if (score > bestScore) [best, bestScore] = [start, score];
  }
  return lines.slice(best, best + shownLines).join('\n');
}
