import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInEmbedderPath } from '../../../../src/main/knowledge/embedder/built-in-embedder.ts';
import { checkEmbedder } from '../../../../src/main/knowledge/embedder/check-embedder.ts';

describe('checkEmbedder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-check-embedder-'));

  it('is content with the weights that ship', () => {
    expect(checkEmbedder()).toEqual({ state: 'ok', detail: 'Ready, 256 dimensions.' });
  });

  it('says what still works and what to do when they are gone', () => {
    expect(checkEmbedder(join(folder, 'none.bin'))).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/works by words; reinstall/) as string,
    });
  });

  it('finds one flipped bit', () => {
    const bytes = readFileSync(builtInEmbedderPath());
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    const damaged = join(folder, 'damaged.bin');
    writeFileSync(damaged, bytes);
    expect(checkEmbedder(damaged)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('damaged') as string,
    });
  });
});
