import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../../src/main/knowledge/document-store.ts';
import type { IngestJob } from '../../../src/main/knowledge/ingest-job.ts';
import { recordOf } from '../../../src/main/knowledge/ingest-record.ts';
import type { ManifestRow } from '../../../src/main/knowledge/manifest.ts';
import { RunTally } from '../../../src/main/knowledge/run-tally.ts';
import type { PlannedFile, ScanResult } from '../../../src/main/knowledge/scan.ts';

const job: IngestJob = {
  purpose: 'index',
  root: '/notes',
  path: 'a.txt',
  sizeBytes: 100,
  mtimeMs: 1,
  knownSha256: null,
};
const file: PlannedFile = { job, row: null };
const scanned = (toRead: PlannedFile[]): ScanResult => ({
  unchanged: 3,
  chunksUnchanged: 6,
  skipped: 1,
  failures: [{ path: 'locked.txt', reason: 'No permission to read this file.' }],
  removed: [],
  records: [],
  toRead,
});
const row: ManifestRow = {
  documentId: 1,
  path: 'a.txt',
  status: 'indexed',
  reason: null,
  sizeBytes: 100,
  mtimeMs: 1,
  sha256: 'abc',
  version: '7',
  chunkCount: 2,
};
const limits = { ingestVersion: '7', maxFileBytes: 1_000 };
const facts = { sizeBytes: 100, mtimeMs: 1 };
const record = (result: Parameters<typeof recordOf>[1]): DocumentRecord => recordOf('a.txt', result, limits);

describe('the tally of a run', () => {
  it('has each file in one place, and all of them done in the end', () => {
    const tally = new RunTally();
    tally.countScan(scanned([file, file, file, file]));
    tally.countRecord(record({ ...facts, kind: 'failed', reason: 'Broken.', sha256: 'abc' }));
    tally.countRecord(record({ ...facts, kind: 'too-large' }));
    tally.countSame(row);
    tally.countVanished(true);
    tally.countRead([file, file, file, file]);
    const { durationMs: _, ...summary } = tally.summary();
    expect(summary).toEqual({
      indexed: 0,
      unchanged: 4,
      skipped: 2,
      failed: 2,
      removed: 1,
      chunks: 8,
      failures: [
        { path: 'locked.txt', reason: 'No permission to read this file.' },
        { path: 'a.txt', reason: 'Broken.' },
      ],
    });
    expect(tally.progress('indexing', null)).toMatchObject({ filesDone: 8, filesTotal: 8, readShare: 1 });
  });

  it('does not know the total before the walk has ended, and has read nothing where there is nothing to read', () => {
    const tally = new RunTally();
    expect(tally.progress('scanning', 'a.txt')).toMatchObject({ filesTotal: null, readShare: 0 });
    tally.countScan(scanned([]));
    expect(tally.progress('scanning', null)).toMatchObject({ filesDone: 5, filesTotal: 5, readShare: 0 });
  });

  it('shows a file that failed before with its reason, when it still has the same bytes', () => {
    const tally = new RunTally();
    tally.countSame({ ...row, status: 'failed', reason: 'Scanned.', chunkCount: 0 });
    expect(tally.summary()).toMatchObject({
      unchanged: 0,
      failed: 1,
      failures: [{ path: 'a.txt', reason: 'Scanned.' }],
    });
  });
});

describe('what is kept of a file that could not be read', () => {
  it('is tried again in the next run when its bytes were never seen, and otherwise when it changes', () => {
    expect(record({ ...facts, kind: 'failed', reason: 'Denied.', sha256: null }).version).toBeNull();
    expect(record({ ...facts, kind: 'failed', reason: 'Broken.', sha256: 'abc' }).version).toBe('7');
  });
});
