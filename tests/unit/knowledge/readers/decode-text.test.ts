import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/main/knowledge/readers/decode-text.ts';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const russian =
  'Привет, мир. Это обычный текст в старой кодировке, которого хватает для распознавания языка.';

describe('decodeText', () => {
  it.each([
    ['plain ASCII', Buffer.from('abc'), 'abc'],
    ['UTF-8', Buffer.from('Füße 数据 🙂'), 'Füße 数据 🙂'],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffabc'), 'abc'],
    [
      'UTF-16 with a mark, little end first',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('Füße')]),
      'Füße',
    ],
    [
      'UTF-16 with a mark, big end first',
      Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('Füße').swap16()]),
      'Füße',
    ],
    ['UTF-16 without a mark', utf16('plain words in two bytes'), 'plain words in two bytes'],
    ['UTF-16 without a mark, big end first', utf16('plain words').swap16(), 'plain words'],
    ['UTF-16 that ends in half a character', utf16('plain words').subarray(0, -1), 'plain word'],
    [
      'Latin-1',
      Buffer.from('Die Straße führt über die Brücke nach Süden.', 'latin1'),
      'Die Straße führt über die Brücke nach Süden.',
    ],
    ['Windows line ends', Buffer.from('a\r\nb\rc\n\r\nd'), 'a\nb\nc\n\nd'],
  ])('reads %s', async (_name, bytes, text) => {
    expect(await decodeText(bytes)).toBe(text);
  });

  it('detects an older encoding', async () => {
    const { default: iconv } = await import('iconv-lite');
    expect(await decodeText(iconv.encode(russian, 'windows-1251'))).toBe(russian);
    const japanese =
      '日本語の文章です。これは文字コードの判定のための長い文章であり、ひらがなとカタカナを含みます。';
    expect(await decodeText(iconv.encode(japanese, 'shift_jis'))).toBe(japanese);
  });

  it('believes the encoding a file declares over detection', async () => {
    const { default: iconv } = await import('iconv-lite');
    expect(await decodeText(iconv.encode('мир', 'koi8-r'), 'koi8-r')).toBe('мир');
    expect(await decodeText(Buffer.from('caf\xe9', 'latin1'), 'no-such-encoding')).toBe('café');
  });

  it('replaces stray bytes in what is otherwise UTF-8 instead of reading it all as something else', async () => {
    const bytes = Buffer.concat([Buffer.from('größer '), Buffer.from([0xff]), Buffer.from(' 数据')]);
    expect(await decodeText(bytes)).toBe('größer \ufffd 数据');
  });

  it.each([
    ['a zero byte', Buffer.from('MZ\0\0\x01text')],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
    ['control bytes', Buffer.from([1, 2, 3, 4, 0xff, 0xfe, 0x80, 0x81])],
    ['UTF-16 full of zeros', Buffer.from([0xff, 0xfe, 0, 0, 0, 0])],
  ])('refuses %s as binary', async (_name, bytes) => {
    await expect(decodeText(bytes)).rejects.toMatchObject({ code: 'document_unreadable', isBinary: true });
  });

  it('does not change the bytes it is given', async () => {
    const bytes = Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('abc').swap16()]);
    const copy = Buffer.from(bytes);
    await decodeText(bytes);
    expect(bytes.equals(copy)).toBe(true);
  });
});
