import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { UnreadableDocument } from './unreadable-document.ts';

const sampleBytes = 65_536;

/**
 * Text of a file with `\n` line ends and no byte order mark. A byte order mark decides, then strict UTF-8, then
 * `declared` (an encoding named inside the file), then detection. Stray bytes that are not UTF-8 in a file that
 * otherwise is become U+FFFD.
 * @throws {UnreadableDocument} for bytes that are no text.
 */
export async function decodeText(bytes: Uint8Array, declared: string | null = null): Promise<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decodeUnicode(buffer) ?? (await decodeLegacy(buffer, declared));
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The text when it is some form of Unicode, null when it is in an older encoding. */
function decodeUnicode(buffer: Buffer): string | null {
  const marked = decodeMarked(buffer);
  if (marked !== null) return marked;
  if (buffer.includes(0)) return decodeWithNuls(buffer);
  if (isAscii(buffer)) return buffer.toString('latin1');
  if (isUtf8(buffer)) return buffer.toString('utf8');
  return decodeNearlyUtf8(buffer);
}

function decodeMarked(buffer: Buffer): string | null {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return buffer.toString('utf8', 3);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return utf16(buffer.subarray(2), 'le');
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return utf16(buffer.subarray(2), 'be');
  return null;
}

function utf16(buffer: Buffer, order: 'le' | 'be'): string {
  const whole = buffer.subarray(0, buffer.length - (buffer.length % 2));
  const little = order === 'le' ? whole : Buffer.from(whole).swap16();
  const text = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(little);
  if (text.includes('\0')) throw notText();
  return text;
}

/** UTF-16 without a mark shows as a zero in nearly every second byte; any other zero means a binary file. */
function decodeWithNuls(buffer: Buffer): string {
  const sample = buffer.subarray(0, 4_096);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const enough = sample.length * 0.2;
  if (odd > enough && even === 0) return utf16(buffer, 'le');
  if (even > enough && odd === 0) return utf16(buffer, 'be');
  throw notText();
}

function decodeNearlyUtf8(buffer: Buffer): string | null {
  const sample = buffer.toString('utf8', 0, sampleBytes);
  let replaced = 0;
  let valid = 0;
  for (const character of sample) {
    if (character === '\ufffd') replaced++;
    else if (character > '\u007f') valid++;
  }
  // In an 8-bit encoding almost no pair of letters happens to be a valid UTF-8 sequence.
  return replaced <= valid ? buffer.toString('utf8') : null;
}

async function decodeLegacy(buffer: Buffer, declared: string | null): Promise<string> {
  const sample = buffer.subarray(0, sampleBytes);
  if (controlShare(sample) > 0.1) throw notText();
  const [{ default: chardet }, { default: iconv }] = await Promise.all([
    import('chardet'),
    import('iconv-lite'),
  ]);
  const encoding = declared ?? chardet.detect(sample) ?? 'windows-1252';
  // Detection ends in "UTF-8" for bytes that fit nothing; as windows-1252 every byte still shows.
  const usable = iconv.encodingExists(encoding) && !/^utf-?8$/i.test(encoding) ? encoding : 'windows-1252';
  return iconv.decode(buffer, usable);
}

function controlShare(sample: Uint8Array): number {
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls / sample.length;
}

function notText(): UnreadableDocument {
  return new UnreadableDocument('This is a binary file: it holds no text.', { isBinary: true });
}
