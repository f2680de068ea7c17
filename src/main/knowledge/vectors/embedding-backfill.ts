import type { EmbeddingProgress } from '@contract/knowledge';
import { isCancelled } from '../../platform/app-error.ts';
import type { Database } from '../../platform/database.ts';
import { calibrateFusion } from './calibrate-fusion.ts';
import { embeddedText } from './embedded-text.ts';
import type { Embedder } from './embedder.ts';
import { EmbeddingLedger } from './embedding-ledger.ts';
import type { PendingChunk } from './embedding-ledger.ts';
import { offProgress } from './off-progress.ts';
import { reconcile } from './reconcile.ts';
import type { VectorRow } from './vector-table.ts';
import type { VectorStore } from './vector-store.ts';

const chunksPerCall = 32;
/** LanceDB makes a file of each write: many small ones would swell the store. */
const rowsPerWrite = 1_024;
/** A slow model's vectors are written at least this often, so that a crash costs little of its work. */
const writeIntervalMs = 15_000;
const writesPerOptimize = 20;
const orphansPerDeletion = 5_000;

export interface EmbeddingBackfillOptions {
  database: Database;
  vectors: VectorStore;
  /** Called after each change of `progress`. */
  onProgress?: (progress: EmbeddingProgress) => void;
  /** Called with a sentence for the user when stored vectors were unusable and are made again. */
  onRebuild?: (reason: string) => void;
  now?: () => number;
}

/**
 * Makes the vectors of all chunks in the background, for one embedder at a time, and removes those of chunks that are
 * gone. A vector is written to LanceDB first and recorded in SQLite after: whatever stops it in between, the next run
 * finds the chunk pending and writes the same row again.
 */
export class EmbeddingBackfill {
  readonly #options: EmbeddingBackfillOptions;
  readonly #ledger: EmbeddingLedger;
  readonly #now: () => number;
  #embedder: Embedder | null = null;
  #isPaused = false;
  #run: { abort: AbortController; ended: Promise<void>; isStale: boolean } | null = null;
  #progress: EmbeddingProgress = offProgress;

  constructor(options: EmbeddingBackfillOptions) {
    this.#options = options;
    this.#ledger = new EmbeddingLedger(options.database);
    this.#now = options.now ?? (() => performance.now());
  }

  get progress(): EmbeddingProgress {
    return this.#progress;
  }

  /** Chooses the embedder, null for none, and starts on the chunks that lack its vector. */
  async setEmbedder(embedder: Embedder | null): Promise<void> {
    if (embedder?.key === this.#embedder?.key) return;
    await this.stop();
    this.#embedder = embedder;
    this.start();
  }

  /** Looks for work, or tells a run that there may be more; call it after indexing. Also retries after a failure. */
  start(): void {
    if (this.#run !== null) this.#run.isStale = true;
    else if (!this.#isPaused) this.#begin();
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    await this.stop();
    if (this.#embedder !== null) this.#report({ phase: 'paused' });
  }

  resume(): void {
    this.#isPaused = false;
    this.start();
  }

  /** Ends the run once what is embedded so far is written. */
  async stop(): Promise<void> {
    this.#run?.abort.abort();
    await this.settled();
  }

  /** Resolves when no run is under way. */
  async settled(): Promise<void> {
    while (this.#run !== null) await this.#run.ended;
  }

  #begin(): void {
    const abort = new AbortController();
    const run = { abort, isStale: false, ended: Promise.resolve() };
    this.#run = run;
    run.ended = this.#work(abort.signal).finally(() => {
      this.#run = null;
      if (run.isStale && !abort.signal.aborted) this.#begin();
    });
  }

  async #work(signal: AbortSignal): Promise<void> {
    const embedder = this.#embedder;
    try {
      await this.#drainOrphans(signal);
      if (embedder === null) this.#report(offProgress);
      else await this.#embedAll(embedder, signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#report({
        phase: 'failed',
        failure: describeFailure(error),
        chunksPerSecond: null,
        secondsLeft: null,
      });
    }
  }

  async #drainOrphans(signal: AbortSignal): Promise<void> {
    for (let ids = this.#ledger.orphans(orphansPerDeletion); ids.length > 0;) {
      signal.throwIfAborted();
      await this.#options.vectors.deleteEverywhere(ids);
      this.#ledger.forgetOrphans(ids);
      ids = this.#ledger.orphans(orphansPerDeletion);
    }
  }

  async #embedAll(embedder: Embedder, signal: AbortSignal): Promise<void> {
    const { vectors } = this.#options;
    const rebuilt = await reconcile(vectors, this.#ledger, embedder);
    if (rebuilt !== null) this.#options.onRebuild?.(rebuilt);
    const before = this.#ledger.countEmbedded(embedder.key);
    this.#report({ ...this.#counts(embedder), modelName: embedder.name, phase: 'working', failure: null });
    await this.#embedPending(embedder, signal);
    signal.throwIfAborted();
    if (this.#ledger.countEmbedded(embedder.key) !== before) await vectors.optimize(embedder.key);
    await this.#forgetOtherModels(embedder);
    await calibrateFusion({ embedder, ledger: this.#ledger, file: vectors.calibration, signal });
    this.#report({ ...this.#counts(embedder), phase: 'done', chunksPerSecond: null, secondsLeft: null });
  }

  async #embedPending(embedder: Embedder, signal: AbortSignal): Promise<void> {
    const startedAt = this.#now();
    let writtenAt = startedAt;
    let embedded = 0;
    let writes = 0;
    let rows: VectorRow[] = [];
    const write = async () => {
      await this.#write(embedder, rows);
      rows = [];
      writtenAt = this.#now();
      if (++writes % writesPerOptimize === 0) await this.#options.vectors.optimize(embedder.key);
    };
    try {
      for await (const batch of this.#embeddedBatches(embedder, signal)) {
        rows.push(...batch);
        embedded += batch.length;
        if (rows.length >= rowsPerWrite || this.#now() - writtenAt >= writeIntervalMs) await write();
        this.#reportRate(embedder, rows.length, embedded, this.#now() - startedAt);
      }
    } finally {
      if (rows.length > 0) await write();
    }
  }

  async *#embeddedBatches(embedder: Embedder, signal: AbortSignal): AsyncGenerator<VectorRow[]> {
    let chunks = this.#ledger.pending(embedder.key, 0, chunksPerCall);
    while (chunks.length > 0 && !signal.aborted) {
      const vectors = await embedder.embed(chunks.map(embeddedText), signal);
      yield chunks.map((chunk, index) => toRow(chunk, vectors[index], embedder));
      chunks = this.#ledger.pending(embedder.key, chunks.at(-1)?.chunkId ?? 0, chunksPerCall);
    }
  }

  async #write(embedder: Embedder, rows: readonly VectorRow[]): Promise<void> {
    await this.#options.vectors.upsert(embedder.key, rows);
    this.#ledger.markEmbedded(
      embedder.key,
      rows.map(({ chunkId }) => chunkId),
    );
  }

  /** The vectors of an earlier model serve until those of the new one are complete. */
  async #forgetOtherModels(embedder: Embedder): Promise<void> {
    this.#ledger.forgetOtherModels(embedder.key);
    await this.#options.vectors.dropOthers(embedder.key);
  }

  #reportRate(embedder: Embedder, unwritten: number, embedded: number, elapsedMs: number): void {
    const { done, total } = this.#counts(embedder);
    const chunksPerSecond = elapsedMs > 0 ? (embedded * 1_000) / elapsedMs : null;
    const left = total - done - unwritten;
    this.#report({
      done: done + unwritten,
      total,
      chunksPerSecond,
      secondsLeft:
        chunksPerSecond === null || chunksPerSecond === 0 ? null : Math.max(0, left) / chunksPerSecond,
    });
  }

  #counts(embedder: Embedder): { done: number; total: number } {
    return { done: this.#ledger.countEmbedded(embedder.key), total: this.#ledger.countChunks() };
  }

  #report(change: Partial<EmbeddingProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#options.onProgress?.(this.#progress);
  }
}

function toRow(chunk: PendingChunk, vector: Float32Array | undefined, embedder: Embedder): VectorRow {
  if (vector?.length !== embedder.dimensions) {
    throw new Error(
      `${embedder.name} returned a vector of ${vector?.length ?? 0} numbers, not ${embedder.dimensions}`,
    );
  }
  return { chunkId: chunk.chunkId, sourceId: chunk.sourceId, vector };
}

function describeFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `Embedding stopped: ${reason} Search still finds words; embedding is tried again after the next indexing or restart.`;
}
