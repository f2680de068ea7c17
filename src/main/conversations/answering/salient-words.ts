const stopWords = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by
  can could did do does doing done down during each either else ever every few for from get give go had has have having
  he her here hers him his how i if in into is it its just know let like many may me might mine more most much must my need
  neither no nor not now of off on once only or other our out over own please same say shall she should show so some
  such tell than that the their them then there these they this those through to too under until up us very want was we
  well were what when where whether which while who whom whose why will with would you your`.split(/\s+/),
);

/** Identifiers, paths and dotted names stay whole. */
const wordPattern = /[\p{L}\p{M}\p{N}_]+(?:[./:'’-][\p{L}\p{M}\p{N}_]+)*/gu;

/** The words of a text in order, as written. */
export function wordsOf(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

/** The words that carry the meaning of a text (no English function words), each once, as written. */
export function salientWords(text: string): string[] {
  const seen = new Map<string, string>();
  for (const word of wordsOf(text)) {
    const key = word.toLowerCase();
    if (!stopWords.has(key) && !seen.has(key)) seen.set(key, word);
  }
  return [...seen.values()];
}

/** True for a word in a script written without spaces, where one "word" is a whole clause. */
export function isUnspaced(word: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(
    word,
  );
}
