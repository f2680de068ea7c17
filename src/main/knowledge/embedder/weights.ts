import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { AppError } from '../../platform/app-error.ts';
import type { Vocabulary } from './tokenizer.ts';

/** The trained table: one int8 row per piece or bucket, each with its scale. */
export interface EmbedderWeights {
  /** Changes whenever a text would get another vector: stored vectors of another key are rebuilt. */
  key: string;
  dimensions: number;
  vocabulary: Vocabulary;
  scales: Float32Array;
  rows: Int8Array;
}

const magic = 'ALCOVEMB';
const formatVersion = 1;
const headerBytes = 64;
const keyAt = { start: 40, end: 64 };

/**
 * Reads the weights in one go. Layout (little-endian): a header of 64 bytes (magic, version, dimensions, pieces,
 * buckets, bytes of text, CRC-32 of all that follows, key), scores f32, scales f32, rows int8, pieces as lines of UTF-8.
 *
 * @throws AppError `model_file_missing` or `model_file_invalid`; search goes on by words alone.
 */
export function readWeights(path: string): EmbedderWeights {
  const bytes = readFile(path);
  const header = readHeader(bytes, path);
  const { dimensions, pieces, buckets } = header;
  const rowCount = pieces + buckets;
  const buffer = bytes.buffer;
  const scoresAt = bytes.byteOffset + headerBytes;
  const scalesAt = scoresAt + pieces * 4;
  const rowsAt = scalesAt + rowCount * 4;
  const textAt = headerBytes + pieces * 4 + rowCount * (4 + dimensions);
  return {
    key: header.key,
    dimensions,
    vocabulary: {
      pieces: bytes.toString('utf8', textAt),
      scores: new Float32Array(buffer, scoresAt, pieces),
      buckets,
    },
    scales: new Float32Array(buffer, scalesAt, rowCount),
    rows: new Int8Array(buffer, rowsAt, rowCount * dimensions),
  };
}

/** The file in memory of its own, so that views of four-byte numbers are aligned. */
function readFile(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    return bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw new AppError(
      'model_file_missing',
      'The built-in embedder could not be read. Search works by words; reinstall Alcove to search by meaning again.',
      { data: { path }, cause: error },
    );
  }
}

function readHeader(bytes: Buffer, path: string) {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, magic.length) !== magic) {
    throw invalid(path, 'it does not start as one');
  }
  const [version, dimensions, pieces, buckets, textBytes, checksum] = [8, 12, 16, 20, 24, 28].map((at) =>
    bytes.readUInt32LE(at),
  ) as [number, number, number, number, number, number];
  if (version !== formatVersion)
    throw invalid(path, `it has format ${version}, this Alcove reads ${formatVersion}`);
  const expected = headerBytes + pieces * 4 + (pieces + buckets) * (4 + dimensions) + textBytes;
  if (dimensions === 0 || pieces === 0 || bytes.length !== expected)
    throw invalid(path, 'its length is wrong');
  if (crc32(bytes.subarray(headerBytes)) !== checksum) throw invalid(path, 'its checksum is wrong');
  const key = bytes.toString('latin1', keyAt.start, keyAt.end).replace(/\0+$/, '');
  return { dimensions, pieces, buckets, key };
}

function invalid(path: string, why: string): AppError {
  return new AppError(
    'model_file_invalid',
    'The built-in embedder is damaged. Search works by words; reinstall Alcove to search by meaning again.',
    { data: { path, detail: `Not a usable embedder file: ${why}.` } },
  );
}
