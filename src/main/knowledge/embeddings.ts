import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingProgress } from '@contract/knowledge';
import type { Database } from '../platform/database.ts';
import type { EmbeddingBackfill } from './vectors/embedding-backfill.ts';
import type { Embedder } from './vectors/embedder.ts';
import { offProgress } from './vectors/off-progress.ts';
import type { VectorStore } from './vectors/vector-store.ts';

export interface EmbedRequest {
  signal: AbortSignal;
  onProgress?: (progress: EmbeddingProgress) => void;
}

/** The vectors of the index and the work of making them. Nothing of it loads before there is an embedder. */
export class Embeddings {
  readonly #database: Database;
  readonly #folder: string;
  readonly #onChange: () => void;
  #embedder: Embedder | null = null;
  #vectors: VectorStore | null = null;
  #backfill: EmbeddingBackfill | null = null;
  #isStarted = false;
  #failure: string | null = null;
  #searchFailure: string | null = null;
  #onProgress: EmbedRequest['onProgress'];

  constructor(database: Database, dataDir: string, onChange: () => void) {
    this.#database = database;
    this.#folder = join(dataDir, 'vectors');
    this.#onChange = onChange;
  }

  get embedder(): Embedder | null {
    return this.#embedder;
  }

  get progress(): EmbeddingProgress {
    const failure = this.#failure ?? this.#searchFailure;
    if (failure !== null) return { ...offProgress, phase: 'failed', failure };
    return this.#backfill?.progress ?? offProgress;
  }

  /** True when vectors may exist that have to go with their chunks. */
  get hasVectors(): boolean {
    return this.#embedder !== null || existsSync(this.#folder);
  }

  /** For one search; null while there is no embedder to compare with. */
  async vectors(): Promise<VectorStore | null> {
    this.#searchFailure = null;
    return this.#embedder === null ? null : this.#openVectors();
  }

  async setEmbedder(embedder: Embedder | null): Promise<void> {
    this.#embedder = embedder;
    if (this.#isStarted) await this.#apply();
  }

  /** Begins to embed what lacks a vector, and goes on doing so. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await this.#apply();
  }

  /** Embeds what lacks a vector and resolves with how that ended. Aborting keeps what is done. */
  async embedAll({ signal, onProgress }: EmbedRequest): Promise<EmbeddingProgress> {
    this.#onProgress = onProgress;
    const stop = () => void this.#backfill?.stop();
    signal.addEventListener('abort', stop);
    try {
      await this.start();
      if (signal.aborted) stop();
      await this.#backfill?.settled();
      return this.progress;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#onProgress = undefined;
    }
  }

  /** A search by meaning failed and went on by words; said until one succeeds. */
  reportSearchFailure(error: unknown): void {
    this.#searchFailure = describeFailure(error);
    this.#tell();
  }

  /** Call after chunks came or went. */
  refresh(): void {
    this.#backfill?.start();
  }

  /** Drops the vectors of chunks that are gone, at once even where nothing is embedded in the background. */
  async forgetRemoved(): Promise<void> {
    if (!this.hasVectors) return;
    const backfill = await this.#openBackfill();
    backfill.start();
    if (!this.#isStarted) await backfill.settled();
  }

  async close(): Promise<void> {
    await this.#backfill?.stop();
    await this.#vectors?.close();
  }

  async #apply(): Promise<void> {
    if (!this.hasVectors) return;
    try {
      this.#failure = null;
      await (await this.#openBackfill()).setEmbedder(this.#embedder);
      this.refresh();
    } catch (error) {
      // Search by words goes on; the state says why there is none by meaning.
      this.#failure = describeFailure(error);
    }
    this.#tell();
  }

  #tell(): void {
    this.#onProgress?.(this.progress);
    this.#onChange();
  }

  async #openVectors(): Promise<VectorStore> {
    if (this.#vectors !== null) return this.#vectors;
    const { VectorStore } = await import('./vectors/vector-store.ts');
    return (this.#vectors ??= new VectorStore(this.#folder));
  }

  async #openBackfill(): Promise<EmbeddingBackfill> {
    if (this.#backfill !== null) return this.#backfill;
    const { EmbeddingBackfill } = await import('./vectors/embedding-backfill.ts');
    const vectors = await this.#openVectors();
    return (this.#backfill ??= new EmbeddingBackfill({
      database: this.#database,
      vectors,
      onProgress: () => this.#tell(),
    }));
  }
}

function describeFailure(error: unknown): string {
  return `The embedding model cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}
