export interface MarkedPart {
  text: string;
  isMatch: boolean;
}

const shortestStem = 4;

/** The words of a query worth marking, lower case, each cut a little so that other endings match too. */
function wordsOf(query: string): string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  return [...new Set(words.map(stem))];
}

function stem(word: string): string {
  const cut = word.replace(/(?:ing|ies|ed|es|s|e|y)$/u, '');
  return cut.length >= shortestStem ? cut : word;
}

/** What finds the words of a query in a text, each caught with its stem as the group; null for a query without words. */
export function termPattern(query: string): RegExp | null {
  const words = wordsOf(query);
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})[\\p{L}]{0,3}`, 'giu');
}

/** A text in parts, those that match a word of the query marked. */
export function markTerms(text: string, query: string): MarkedPart[] {
  const pattern = termPattern(query);
  if (!pattern) return [{ text, isMatch: false }];
  const parts: MarkedPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isMatch: false });
    parts.push({ text: match[0], isMatch: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMatch: false });
  return parts;
}
