import { statSync } from 'node:fs';
import { isCancelled } from '../platform/app-error.ts';
import type { DocumentChanges, DocumentRecord, DocumentStore, TouchedFile } from './document-store.ts';
import { makeBatches, slices } from './batches.ts';
import type { IngestResult } from './ingest-job.ts';
import { tooLarge, tooLargeReason } from './manifest.ts';
import { scan } from './scan.ts';
import type { FailedFile, PlannedFile, ScanResult } from './scan.ts';
import { describePathError } from './source-path.ts';
import type { SourceStore, StoredSource } from './source-store.ts';
import type { WorkerPool } from './worker-pool.ts';

/** How the files of a source ended. Every file is in exactly one of the first four. */
export interface IndexSummary {
  indexed: number;
  /** Not read again, or read and found to be the same. */
  unchanged: number;
  skipped: number;
  failed: number;
  /** Documents of files that are gone. */
  removed: number;
  /** Chunks of the whole source. */
  chunks: number;
  failures: FailedFile[];
  durationMs: number;
}

export interface RunProgress {
  phase: 'scanning' | 'indexing';
  filesDone: number;
  filesTotal: number | null;
  chunks: number;
  currentFile: string | null;
  /** Share of the reading that is done, by size: from 0 to 1. */
  readShare: number;
  filesRead: number;
}

export interface IndexRunOptions {
  source: StoredSource;
  sources: SourceStore;
  documents: DocumentStore;
  /** Called only when there is something to read, with its size. */
  createPool: (toReadBytes: number) => Promise<WorkerPool>;
  ingestVersion: string;
  maxFileBytes: number;
  excludedFolder: string | null;
  signal: AbortSignal;
  onProgress: (progress: RunProgress) => void;
}

/** What opening and storing a file costs, as bytes, so that many small files make a fair share of the work. */
const fileWeightBytes = 2_048;

/**
 * Brings the index of one source up to date. What is stored stays stored when the run is cancelled or fails; the next
 * run goes on from there.
 * @throws AppError `source_path_missing`, `source_path_denied` or `disk_full`; an `AbortError` when cancelled.
 */
export async function runIndex(options: IndexRunOptions): Promise<IndexSummary> {
  return new IndexRun(options).run();
}

class IndexRun {
  readonly #options: IndexRunOptions;
  readonly #summary: IndexSummary;
  readonly #startedAt = performance.now();
  /** The run whose number the documents carry; the source's own until there is something to store. */
  #run = 0;
  #filesTotal: number | null = null;
  #readBytes = 0;
  #toReadBytes = 0;
  #filesRead = 0;
  #pool: WorkerPool | null = null;

  constructor(options: IndexRunOptions) {
    this.#options = options;
    this.#summary = {
      indexed: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      removed: 0,
      chunks: 0,
      failures: [],
      durationMs: 0,
    };
  }

  async run(): Promise<IndexSummary> {
    const { source, sources } = this.#options;
    const found = await this.#scan();
    this.#run = sources.startRun(source.id);
    await this.#store(found);
    await this.#read(found.toRead);
    sources.finishRun(source.id);
    this.#summary.failed = this.#summary.failures.length;
    this.#summary.durationMs = performance.now() - this.#startedAt;
    return this.#summary;
  }

  async #scan(): Promise<ScanResult> {
    const { source, documents, maxFileBytes, ingestVersion, excludedFolder, signal } = this.#options;
    signal.throwIfAborted();
    this.#report('scanning', null);
    const found = await scan({
      root: source.path,
      excludedFolder,
      maxFileBytes,
      ingestVersion,
      signal,
      manifest: documents.loadManifest(source.id),
      onFile: (path) => this.#report('scanning', path),
    });
    // A drive that goes away during the walk looks like deleted files.
    assertReachable(source.path);
    return found;
  }

  /** Stores what the walk alone tells, in slices so that others can run between them. */
  async #store(found: ScanResult): Promise<void> {
    const summary = this.#summary;
    summary.unchanged = found.unchanged;
    summary.chunks = found.chunksUnchanged;
    summary.skipped = found.skipped;
    summary.failures.push(...found.failures);
    this.#filesTotal = found.unchanged + found.skipped + found.failures.length + found.toRead.length;
    this.#toReadBytes = found.toRead.reduce((sum, { job }) => sum + job.sizeBytes + fileWeightBytes, 0);
    const removed = found.removed.map((row) => row.documentId);
    for (const slice of slices(removed, 200)) await this.#applySlice({ removed: slice });
    for (const slice of slices(found.records, 1_000)) await this.#applySlice({ records: slice });
    summary.removed = removed.length;
  }

  async #applySlice(changes: DocumentChanges): Promise<void> {
    this.#apply(changes);
    await new Promise(setImmediate);
    this.#options.signal.throwIfAborted();
  }

  async #read(files: readonly PlannedFile[]): Promise<void> {
    if (files.length === 0) return;
    const { signal, createPool } = this.#options;
    this.#report('indexing', files[0]?.job.path ?? null);
    const pool = await createPool(this.#toReadBytes);
    this.#pool = pool;
    const stop = () => void pool.close();
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      await this.#readWith(pool, files);
    } finally {
      signal.removeEventListener('abort', stop);
      await pool.close();
    }
  }

  /** As many lanes as the pool has room for: memory is bounded by the batches in flight. */
  async #readWith(pool: WorkerPool, files: readonly PlannedFile[]): Promise<void> {
    const stopped = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, stopped.signal]);
    const batches = makeBatches(files);
    const lane = async () => {
      for (const batch of batches) {
        const results = await pool.ingest(batch.map((file) => file.job));
        // Storing takes longer than a worker needs for its next answer. Answers are delivered for as long as there are
        // any, so without this turn of the loop searches and progress would wait for the end of the run.
        await new Promise(setImmediate);
        signal.throwIfAborted();
        this.#keep(batch, results);
      }
    };
    try {
      await Promise.all(Array.from({ length: pool.capacity }, lane));
    } catch (error) {
      stopped.abort();
      this.#options.signal.throwIfAborted();
      throw isCancelled(error)
        ? new Error('Indexing stopped without being cancelled.', { cause: error })
        : error;
    }
  }

  #keep(batch: readonly PlannedFile[], results: readonly IngestResult[]): void {
    const changes = {
      records: [] as DocumentRecord[],
      touched: [] as TouchedFile[],
      removed: [] as number[],
    };
    batch.forEach((file, index) => {
      const result = results[index];
      if (result !== undefined) this.#sort(file, result, changes);
      this.#readBytes += file.job.sizeBytes + fileWeightBytes;
    });
    this.#apply(changes);
    this.#filesRead += batch.length;
    this.#report('indexing', this.#pool?.currentPath ?? null);
  }

  #sort(
    file: PlannedFile,
    result: IngestResult,
    changes: { records: DocumentRecord[]; touched: TouchedFile[]; removed: number[] },
  ): void {
    if (result.kind === 'vanished') {
      if (file.row !== null) changes.removed.push(file.row.documentId);
      this.#summary.removed += file.row === null ? 0 : 1;
      if (this.#filesTotal !== null) this.#filesTotal--;
    } else if (result.kind === 'same' && file.row !== null) {
      changes.touched.push({ ...result, documentId: file.row.documentId });
      this.#countSame(file.row);
    } else if (result.kind !== 'same' && result.kind !== 'text') {
      changes.records.push(this.#toRecord(file.job.path, result));
    }
  }

  #countSame(row: NonNullable<PlannedFile['row']>): void {
    const summary = this.#summary;
    if (row.status === 'skipped') summary.skipped++;
    else if (row.status === 'failed') summary.failures.push({ path: row.path, reason: row.reason ?? '' });
    else {
      summary.unchanged++;
      summary.chunks += row.chunkCount;
    }
  }

  #toRecord(
    path: string,
    result: Exclude<IngestResult, { kind: 'vanished' | 'same' | 'text' }>,
  ): DocumentRecord {
    const { ingestVersion, maxFileBytes } = this.#options;
    const { sizeBytes, mtimeMs } = result;
    const empty = { path, sizeBytes, mtimeMs, sha256: null, content: null };
    if (result.kind === 'too-large') {
      this.#summary.skipped++;
      return {
        ...empty,
        status: 'skipped',
        reason: tooLargeReason(sizeBytes, maxFileBytes),
        version: tooLarge,
      };
    }
    if (result.kind === 'indexed') {
      this.#summary.indexed++;
      this.#summary.chunks += result.chunks.length;
      return {
        ...empty,
        status: 'indexed',
        reason: null,
        sha256: result.sha256,
        version: ingestVersion,
        content: result,
      };
    }
    const { reason, sha256 } = result;
    if (result.kind === 'skipped') {
      this.#summary.skipped++;
      return { ...empty, status: 'skipped', reason, sha256, version: ingestVersion };
    }
    this.#summary.failures.push({ path, reason });
    return { ...empty, status: 'failed', reason, sha256, version: sha256 === null ? null : ingestVersion };
  }

  #apply(changes: DocumentChanges): void {
    this.#options.documents.apply(this.#options.source.id, this.#run, changes);
  }

  #report(phase: RunProgress['phase'], currentFile: string | null): void {
    const { indexed, unchanged, skipped, failures, chunks } = this.#summary;
    this.#options.onProgress({
      phase,
      chunks,
      currentFile,
      filesTotal: this.#filesTotal,
      filesRead: this.#filesRead,
      filesDone: indexed + unchanged + skipped + failures.length,
      readShare: this.#toReadBytes === 0 ? 0 : this.#readBytes / this.#toReadBytes,
    });
  }
}

function assertReachable(path: string): void {
  try {
    statSync(path);
  } catch (error) {
    throw describePathError(path, error);
  }
}
