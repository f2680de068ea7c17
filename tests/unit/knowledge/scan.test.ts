import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decide, tooLarge, tooLargeReason } from '../../../src/main/knowledge/manifest.ts';
import type { ManifestRow } from '../../../src/main/knowledge/manifest.ts';
import { scan } from '../../../src/main/knowledge/scan.ts';
import type { ScanOptions } from '../../../src/main/knowledge/scan.ts';
import * as walker from '../../../src/main/knowledge/walker.ts';

const limits = { maxFileBytes: 1_000, ingestVersion: '7' };

function rowOf(change: Partial<ManifestRow> = {}): ManifestRow {
  return {
    documentId: 1,
    path: 'a.txt',
    status: 'indexed',
    reason: null,
    sizeBytes: 10,
    mtimeMs: 5.25,
    sha256: 'abc',
    version: '7',
    chunkCount: 2,
    ...change,
  };
}

describe('deciding what to do with a file', () => {
  const file = { kind: 'file', path: 'a.txt', sizeBytes: 10, mtimeMs: 5.25 } as const;

  it.each([
    ['reads a new file', undefined, 'read'],
    ['leaves a file of the same size and time alone', rowOf(), 'unchanged'],
    ['reads a file of another time', rowOf({ mtimeMs: 5 }), 'read'],
    ['reads a file of another size', rowOf({ sizeBytes: 11 }), 'read'],
    ['reads a file that older readers have read', rowOf({ version: '6' }), 'read'],
    ['reads a file again whose failure may pass', rowOf({ status: 'failed', version: null }), 'read'],
    ['leaves a file alone that cannot be read as it is', rowOf({ status: 'failed' }), 'unchanged'],
    ['reads a file that was too large for the old limit', rowOf({ version: tooLarge }), 'read'],
  ] as const)('%s', (_, row, expected) => {
    expect(decide(file, row, limits)).toBe(expected);
  });

  it('notes a file over the limit once', () => {
    const large = { ...file, sizeBytes: 1_001 };
    expect(decide(large, rowOf({ sizeBytes: 1_001 }), limits)).toBe('too-large');
    expect(decide(large, rowOf({ sizeBytes: 1_001, version: tooLarge }), limits)).toBe('unchanged');
  });

  it('says how large and how large at most', () => {
    expect(tooLargeReason(210_000_000, 52_428_800)).toContain('200 MB of at most 50 MB');
  });
});

describe('scanning a folder', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'alcove-scan-')));
    writeFileSync(join(root, 'a.txt'), 'text');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  function optionsFor(rows: ManifestRow[], change: Partial<ScanOptions> = {}): ScanOptions {
    return {
      root,
      excludedFolder: null,
      manifest: new Map(rows.map((row) => [row.path, row])),
      ...limits,
      signal: new AbortController().signal,
      onFile: () => undefined,
      ...change,
    };
  }

  it('compares bytes only with a digest from the same readers', async () => {
    const same = await scan(optionsFor([rowOf()]));
    expect(same.toRead[0]?.job.knownSha256).toBe('abc');
    const older = await scan(optionsFor([rowOf({ version: '6' })]));
    expect(older.toRead[0]?.job.knownSha256).toBeNull();
  });

  it('counts what is known, by how it ended', async () => {
    const { size, mtimeMs } = statSync(join(root, 'a.txt'));
    const row = rowOf({ sizeBytes: size, mtimeMs });
    expect(await scan(optionsFor([row]))).toMatchObject({
      unchanged: 1,
      chunksUnchanged: 2,
      toRead: [],
      removed: [],
    });
    const failed = { ...row, status: 'failed', reason: 'Damaged.' } as const;
    expect(await scan(optionsFor([failed]))).toMatchObject({
      failures: [{ path: 'a.txt', reason: 'Damaged.' }],
    });
  });

  it('finds what is gone', async () => {
    const result = await scan(optionsFor([rowOf({ path: 'old.txt' })]));
    expect(result.removed.map((row) => row.path)).toEqual(['old.txt']);
  });

  it('keeps the documents of a folder that cannot be listed now', async () => {
    vi.spyOn(walker, 'walk').mockImplementation(function* () {
      yield { kind: 'failed', path: 'closed', reason: 'No permission to read this folder.' };
    });
    const rows = [rowOf({ path: 'closed/a.txt' }), rowOf({ path: 'closed-not/b.txt', documentId: 2 })];
    const result = await scan(optionsFor(rows));
    expect(result).toMatchObject({ unchanged: 1, failures: [{ path: 'closed' }] });
    expect(result.removed.map((row) => row.path)).toEqual(['closed-not/b.txt']);
  });

  it('says in words that the folder is not there', async () => {
    await expect(scan(optionsFor([], { root: join(root, 'gone') }))).rejects.toMatchObject({
      code: 'source_path_missing',
    });
  });

  it('stops soon after it is cancelled', async () => {
    mkdirSync(join(root, 'many'));
    for (let index = 0; index < 20; index++) writeFileSync(join(root, 'many', `${index}.txt`), '');
    // Every file takes so long that others are let run after it.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
    const controller = new AbortController();
    const seen: string[] = [];
    const onFile = (path: string) => {
      seen.push(path);
      controller.abort();
    };
    await expect(scan(optionsFor([], { signal: controller.signal, onFile }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(seen).toHaveLength(1);
  });
});
