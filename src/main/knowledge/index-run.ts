import { statSync } from 'node:fs';
import { isCancelled } from '../platform/app-error.ts';
import type { DocumentChanges, DocumentRecord, DocumentStore, TouchedFile } from './document-store.ts';
import { makeBatches, slices } from './batches.ts';
import type { IngestResult } from './ingest-job.ts';
import { recordOf } from './ingest-record.ts';
import { RunTally } from './run-tally.ts';
import type { IndexSummary, RunProgress } from './run-tally.ts';
import { scan } from './scan.ts';
import type { PlannedFile, ScanResult } from './scan.ts';
import { describePathError } from './source-path.ts';
import type { SourceStore, StoredSource } from './source-store.ts';
import type { WorkerPool } from './worker-pool.ts';

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
  readonly #tally = new RunTally();
  /** The run whose number the documents carry; the source's own until there is something to store. */
  #run = 0;
  #pool: WorkerPool | null = null;

  constructor(options: IndexRunOptions) {
    this.#options = options;
  }

  async run(): Promise<IndexSummary> {
    const { source, sources } = this.#options;
    const found = await this.#scan();
    this.#run = sources.startRun(source.id);
    await this.#store(found);
    await this.#read(found.toRead);
    sources.finishRun(source.id);
    return this.#tally.summary();
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
    this.#tally.countScan(found);
    const removed = found.removed.map((row) => row.documentId);
    for (const slice of slices(removed, 200)) await this.#applySlice({ removed: slice });
    for (const slice of slices(found.records, 1_000)) await this.#applySlice({ records: slice });
    this.#tally.countRemoved(removed.length);
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
    const pool = await createPool(this.#tally.toReadBytes);
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
    });
    this.#tally.countRead(batch);
    this.#apply(changes);
    this.#report('indexing', this.#pool?.currentPath ?? null);
  }

  #sort(
    file: PlannedFile,
    result: IngestResult,
    changes: { records: DocumentRecord[]; touched: TouchedFile[]; removed: number[] },
  ): void {
    if (result.kind === 'vanished') {
      if (file.row !== null) changes.removed.push(file.row.documentId);
      this.#tally.countVanished(file.row !== null);
    } else if (result.kind === 'same' && file.row !== null) {
      changes.touched.push({ ...result, documentId: file.row.documentId });
      this.#tally.countSame(file.row);
    } else if (result.kind !== 'same' && result.kind !== 'text') {
      const record = recordOf(file.job.path, result, this.#options);
      changes.records.push(record);
      this.#tally.countRecord(record);
    }
  }

  #apply(changes: DocumentChanges): void {
    this.#options.documents.apply(this.#options.source.id, this.#run, changes);
  }

  #report(phase: RunProgress['phase'], currentFile: string | null): void {
    this.#options.onProgress(this.#tally.progress(phase, currentFile));
  }
}

function assertReachable(path: string): void {
  try {
    statSync(path);
  } catch (error) {
    throw describePathError(path, error);
  }
}
