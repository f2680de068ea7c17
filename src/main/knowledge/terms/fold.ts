const nonAscii = /[^\0-\x7f]/;
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const markedLatin = /([a-zA-Z])[\u0300-\u036f]+/g;
const ligature = /[ßẞæÆœŒøØđĐłŁıþÞð]/g;
const ligatures: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
};

/**
 * Compatibility forms made plain (NFKC: full width, ligatures) and Latin letters without their marks, so that
 * "Café" and "cafe" are one word. Marks of other scripts stay: there they are part of the letter.
 */
export function foldText(text: string): string {
  if (!nonAscii.test(text)) return text;
  return text
    .replace(invisible, '')
    .normalize('NFKD')
    .replace(markedLatin, '$1')
    .replace(ligature, (letter) => ligatures[letter] ?? letter)
    .normalize('NFC');
}
