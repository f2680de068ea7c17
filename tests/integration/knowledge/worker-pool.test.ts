import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IngestJob } from '../../../src/main/knowledge/ingest-job.ts';
import { WorkerPool } from '../../../src/main/knowledge/worker-pool.ts';
import { writeActingWorker } from './acting-worker.ts';

let folder: string;
let entry: string;
let pool: WorkerPool | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alcove-pool-'));
  entry = writeActingWorker(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await pool?.close();
  pool = null;
});

function openPool(options: { threads?: number; workerEntry?: string } = {}): WorkerPool {
  pool = new WorkerPool({
    workerEntry: entry,
    threads: 1,
    maxFileBytes: 1_000,
    fileTimeLimitMs: 400,
    heapMegabytes: 32,
    ...options,
  });
  return pool;
}

function jobs(...paths: string[]): IngestJob[] {
  return paths.map((path) => ({
    purpose: 'index',
    root: folder,
    path,
    sizeBytes: 7,
    mtimeMs: 5,
    knownSha256: null,
  }));
}

async function reasons(results: ReturnType<WorkerPool['ingest']>): Promise<string[]> {
  return (await results).map((result) => ('reason' in result ? result.reason : result.kind));
}

describe('a pool of ingest threads', () => {
  it('answers in the order of the jobs, also when batches are done by several threads', async () => {
    const both = openPool({ threads: 2 });
    const batches = Array.from({ length: 12 }, (_, batch) => both.ingest(jobs(`a${batch}`, `b${batch}`)));
    const results = await Promise.all(batches.map(reasons));
    expect(results).toEqual(Array.from({ length: 12 }, (_, batch) => [`a${batch}`, `b${batch}`]));
  });

  it.each([
    ['hang', 'Reading this file took longer than 1 s.'],
    ['exit', 'Reading this file ended unexpectedly.'],
    ['throw', 'Reading this file ended unexpectedly.'],
    ['memory', 'Reading this file needs too much memory.'],
  ])('fails only the file at work when it makes the thread %s, and does the others', async (name, reason) => {
    const one = openPool();
    const [broken, waiting] = await Promise.all([
      reasons(one.ingest(jobs('first', name, 'last'))),
      reasons(one.ingest(jobs('another batch'))),
    ]);
    expect(broken).toEqual(['first', reason, 'last']);
    expect(waiting).toEqual(['another batch']);
  });

  it('survives several broken files in one batch', async () => {
    const results = await reasons(openPool().ingest(jobs('exit 1', 'ok', 'throw 2', 'exit 3')));
    expect(results.filter((reason) => reason === 'ok')).toHaveLength(1);
    expect(results.filter((reason) => /unexpectedly/.test(reason))).toHaveLength(3);
  });

  it('keeps size and time of the file it gave up on, so that it is not tried again until it changes', async () => {
    const [result] = await openPool().ingest(jobs('exit'));
    expect(result).toMatchObject({ kind: 'failed', sizeBytes: 7, mtimeMs: 5, sha256: '' });
  });

  it('rejects, instead of blaming every file, when threads cannot start', async () => {
    const missing = openPool({ workerEntry: join(folder, 'missing.mjs') });
    await expect(missing.ingest(jobs('first', 'second'))).rejects.toThrow(/did not start/);
  });

  it('rejects what is under way and what waits when it is closed', async () => {
    const one = openPool();
    const pending = ['hang 1', 'waits', 'waits', 'waits'].map((path) => one.ingest(jobs(path)));
    const settled = Promise.allSettled(pending);
    await one.close();
    expect((await settled).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });
});
