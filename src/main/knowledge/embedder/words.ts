/** Longer words are cut into pieces of this many code points; words cut so are identifiers, hashes or scripts without spaces. */
const longestWord = 64;

const notAscii = /[^\0-\x7f]/;
const asciiWord = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const anyWord =
  /[\p{Lu}\p{Lt}]+(?![\p{Ll}\p{Lm}\p{Lo}\p{M}])|[\p{Lu}\p{Lt}]?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|\p{N}+/gu;

/**
 * Words of a text in order: NFKC, split at case changes and between letters and digits, lower-cased. Everything that
 * is no letter, mark or number separates. `training/words.py` is the same function; change both together.
 */
export function embedderWords(text: string): string[] {
  const found = notAscii.test(text) ? text.normalize('NFKC').match(anyWord) : text.match(asciiWord);
  const result: string[] = [];
  for (const run of found ?? []) {
    const word = run.toLowerCase();
    if (word.length <= longestWord) result.push(word);
    else pushPieces(word, result);
  }
  return result;
}

/** Cuts by code point, so that no surrogate pair is torn; batches keep megabytes without a space cheap. */
function pushPieces(word: string, into: string[]): void {
  let piece = '';
  let length = 0;
  for (const character of word) {
    piece += character;
    if (++length < longestWord) continue;
    into.push(piece);
    piece = '';
    length = 0;
  }
  if (length > 0) into.push(piece);
}
