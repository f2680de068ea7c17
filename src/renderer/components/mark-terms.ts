export interface MarkedPart {
  text: string;
  isMatch: boolean;
}

const shortestStem = 4;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * What finds the words of a query in a text; null for a query without words. Words are cut a little, so that other
 * endings match too; of a script without spaces any two neighbours match as well. The one group that is set tells them apart.
 */
export function termPattern(query: string): RegExp | null {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu))];
  const pairs = words.filter((word) => unspaced.test(word)).flatMap(withPairs);
  const stems = words.filter((word) => !unspaced.test(word)).map(stem);
  const sources = [
    ...(stems.length > 0 ? [`(?<![\\p{L}\\p{N}])(${stems.join('|')})\\p{L}{0,3}`] : []),
    ...(pairs.length > 0 ? [`(${pairs.join('|')})`] : []),
  ];
  return sources.length > 0 ? new RegExp(sources.join('|'), 'giu') : null;
}

function stem(word: string): string {
  const cut = word.replace(/(?:ing|ies|ed|es|s|e|y)$/u, '');
  return cut.length >= shortestStem ? cut : word;
}

function withPairs(word: string): string[] {
  const characters = [...word];
  return [word, ...characters.slice(1).map((character, index) => `${characters[index]}${character}`)];
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
