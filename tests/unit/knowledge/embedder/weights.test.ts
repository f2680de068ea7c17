import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  builtInEmbedderPath,
  loadBuiltInEmbedder,
} from '../../../../src/main/knowledge/embedder/built-in-embedder.ts';

describe('weights that cannot be used', () => {
  let folder: string;
  let path: string;
  const good = readFileSync(builtInEmbedderPath());

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alcove-weights-'));
    path = join(folder, 'embedder.bin');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function changed(change: (bytes: Buffer) => Buffer | void): string {
    const copy = Buffer.from(good);
    writeFileSync(path, change(copy) ?? copy);
    return path;
  }

  it('are missing: a typed failure that names the file and says search goes on', () => {
    expect(() => loadBuiltInEmbedder(join(folder, 'absent.bin'))).toThrow(
      expect.objectContaining({
        code: 'model_file_missing',
        data: { path: join(folder, 'absent.bin') },
        message: expect.stringContaining('Search works by words') as string,
      }),
    );
  });

  it.each<[string, (bytes: Buffer) => Buffer | void]>([
    ['empty', () => Buffer.alloc(0)],
    ['another kind of file', () => Buffer.from('<!doctype html>'.repeat(100))],
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 1000)],
    ['cut inside the header', (bytes) => bytes.subarray(0, 30)],
    ['longer than its header says', (bytes) => Buffer.concat([bytes, Buffer.alloc(8)])],
    ['one flipped bit in a row', (bytes) => void (bytes[3_000_000] = (bytes[3_000_000] ?? 0) ^ 1)],
    ['a header that claims no dimensions', (bytes) => void bytes.writeUInt32LE(0, 12)],
    ['a header that claims sizes far beyond the file', (bytes) => void bytes.writeUInt32LE(0xffffffff, 16)],
    ['a newer format', (bytes) => void bytes.writeUInt32LE(2, 8)],
  ])('are %s: a typed failure, not a crash and not wrong vectors', (_, change) => {
    expect(() => loadBuiltInEmbedder(changed(change))).toThrow(
      expect.objectContaining({
        code: 'model_file_invalid',
        data: expect.objectContaining({ path }) as object,
      }),
    );
  });

  it('are read whole when nothing is wrong with them', () => {
    expect(loadBuiltInEmbedder(changed(() => {})).dimensions).toBe(256);
  });
});
