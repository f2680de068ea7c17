/** What a UTF-16 unit is to the scanner of terms. */
export const separator = 0;
export const lower = 1;
export const upper = 2;
export const digit = 3;
/** Joins the parts of an identifier: "_". */
export const connector = 4;
/** A letter, mark or digit of a script that has spaces between words, beyond ASCII. */
export const otherLetter = 5;
/** A letter of a script written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
export const unspaced = 6;
/** The first half of a character beyond the basic plane. */
const surrogate = 7;
const unknown = 255;

const wordCharacter = /^[\p{L}\p{M}\p{N}]$/u;
const unspacedCharacter =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]$/u;

const classes = new Uint8Array(65_536).fill(unknown);
classes.fill(separator, 0, 128);
classes.fill(lower, 97, 123);
classes.fill(upper, 65, 91);
classes.fill(digit, 48, 58);
classes[95] = connector;
classes.fill(surrogate, 0xd800, 0xdc00);
classes.fill(separator, 0xdc00, 0xe000);

/** Class of the character at an offset. Half characters are separators. */
export function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const known = classes[unit] ?? separator;
  if (known === unknown) return (classes[unit] = classify(String.fromCharCode(unit)));
  return known === surrogate ? classifyPair(text, at) : known;
}

function classifyPair(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  return point > 0xffff ? classify(String.fromCodePoint(point)) : separator;
}

function classify(character: string): number {
  if (!wordCharacter.test(character)) return separator;
  return unspacedCharacter.test(character) ? unspaced : otherLetter;
}
