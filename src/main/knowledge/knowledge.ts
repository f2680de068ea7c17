import type {
  DocumentView,
  EmbeddingProgress,
  KnowledgeState,
  SearchInput,
  SearchResult,
  Source,
} from '@contract/knowledge';
import type { Database } from '../platform/database.ts';
import { ChangeFeed } from './change-feed.ts';
import { DocumentReader } from './document-reader.ts';
import type { LineWindow } from './document-reader.ts';
import { DocumentStore } from './document-store.ts';
import { Embeddings } from './embeddings.ts';
import type { EmbedRequest } from './embeddings.ts';
import { eraseDeleted } from './erase.ts';
import { listFiles } from './file-list.ts';
import type { FileListInput } from './file-list.ts';
import { IndexScheduler } from './index-scheduler.ts';
import type { RunRequest } from './index-scheduler.ts';
import type { IndexSummary, RunProgress } from './run-tally.ts';
import { openKnowledgeDatabase } from './knowledge-database.ts';
import { ReadingPools } from './reading-pools.ts';
import type { ReadingOptions } from './reading-pools.ts';
import type { Searcher } from './search/searcher.ts';
import { SourceStore } from './source-store.ts';
import { Sources } from './sources.ts';
import type { Embedder } from './vectors/embedder.ts';
import type { VectorStore } from './vectors/vector-store.ts';

export interface KnowledgeSettings {
  maxFileBytes: number;
}

export interface KnowledgeOptions {
  dataDir: string;
  settings: KnowledgeSettings;
  /** For searching beside another process that indexes. Everything that writes then fails. */
  isReadOnly?: boolean;
  /** How files are read; the defaults serve the app. */
  reading?: Partial<ReadingOptions>;
}

const removalSlice = 200;

/**
 * The folders a user gave, their index, and search over it: the whole domain in one process. The command line uses it
 * directly, the app through the knowledge child. Opening it reads next to nothing; what is heavy loads when needed.
 */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #database: Database;
  readonly #sourceStore: SourceStore;
  readonly #sources: Sources;
  readonly #documents: DocumentStore;
  readonly #reader: DocumentReader;
  readonly #scheduler: IndexScheduler;
  readonly #embeddings: Embeddings;
  readonly #pools: ReadingPools;
  readonly #changes = new ChangeFeed(() => this.state());
  /** Work nobody waits for; the database must stay open until it has let go. */
  readonly #background = new Set<Promise<void>>();
  #isStarted = false;
  #isClosing = false;
  /** One with vectors and one without, which loads and needs less. */
  readonly #searchers = new Map<VectorStore | null, Searcher>();
  #settings: KnowledgeSettings;

  private constructor(options: KnowledgeOptions, database: Database) {
    this.#options = options;
    this.#settings = options.settings;
    this.#database = database;
    this.#sourceStore = new SourceStore(database);
    this.#sources = new Sources(this.#sourceStore);
    this.#embeddings = new Embeddings(database, options.dataDir, () => this.#announce());
    this.#documents = new DocumentStore(database, () => this.#embeddings.hasVectors);
    this.#pools = new ReadingPools(options.reading);
    this.#reader = new DocumentReader(database, {
      createPool: (maxFileBytes) => this.#pools.forViewing(maxFileBytes),
      maxFileBytes: () => this.#settings.maxFileBytes,
    });
    this.#scheduler = new IndexScheduler(
      (sourceId, signal, onProgress) => this.#index(sourceId, signal, onProgress),
      () => this.#announce(),
    );
  }

  /** @throws AppError `index_unavailable` (read-only and nothing there) or `data_folder_newer`. */
  static open(options: KnowledgeOptions): Knowledge {
    return new Knowledge(options, openKnowledgeDatabase(options.dataDir, options.isReadOnly ?? false));
  }

  /** Takes up what a restart interrupted and looks for changes in every source that is not paused or cancelled. */
  start(): void {
    this.#isStarted = true;
    this.#inBackground(this.#completeRemovals());
    this.#refreshAll();
    this.#inBackground(this.#embeddings.start());
  }

  state(): KnowledgeState {
    const stored = this.#sources.list();
    return {
      sources: stored.map((source) => this.#sources.describe(source)),
      progress: stored.map((source) => this.#scheduler.progressOf(source.id, source.isPaused)),
      embedding: this.#embeddings.progress,
    };
  }

  /** Calls the listener with the new state after changes, at most about ten times a second. */
  onChange(listener: (state: KnowledgeState) => void): () => void {
    return this.#changes.listen(listener);
  }

  /**
   * Adds a folder; indexing it is another call.
   * @throws AppError `source_path_missing`, `source_path_denied`, `source_already_added`, `source_overlaps`.
   */
  async addSource(path: string): Promise<Source> {
    await this.#completeRemovals();
    const added = this.#sources.add(path);
    this.#announce();
    return this.#sources.describe(added);
  }

  /** The source of a folder, added if it is not there yet. @throws AppError like `addSource`. */
  async ensureSource(path: string): Promise<Source> {
    const existing = this.#sources.findByPath(path);
    return existing ? this.#sources.describe(existing) : this.addSource(path);
  }

  /** Indexes what changed in a source, or joins the run that does. Paused sources go on. */
  async indexSource(sourceId: string, request: RunRequest = {}): Promise<IndexSummary> {
    const source = this.#sources.find(sourceId);
    if (source.isPaused) this.#sourceStore.setPaused(sourceId, false);
    return this.#scheduler.run(sourceId, request);
  }

  /** Looks for changes in the background; how that goes is in the state. */
  refreshSource(sourceId: string): void {
    this.#inBackground(this.indexSource(sourceId));
  }

  async pauseSource(sourceId: string): Promise<void> {
    this.#sources.find(sourceId);
    this.#sourceStore.setPaused(sourceId, true);
    await this.#scheduler.stop(sourceId);
    this.#announce();
  }

  resumeSource(sourceId: string): void {
    this.refreshSource(sourceId);
  }

  /** Stops the run of a source. What is indexed stays; a restart does not take it up again. */
  async cancelIndexing(sourceId: string): Promise<void> {
    this.#sources.find(sourceId);
    await this.#scheduler.stop(sourceId);
    if (this.#sources.find(sourceId).indexState === 'unfinished')
      this.#sourceStore.setState(sourceId, 'cancelled');
    this.#announce();
  }

  /** Removes the index of a folder without a trace; the folder itself is not touched. */
  async removeSource(sourceId: string): Promise<void> {
    this.#sources.find(sourceId);
    this.#sourceStore.setState(sourceId, 'removing');
    await this.#scheduler.stop(sourceId);
    const erased = this.#erase(sourceId);
    this.#inBackground(erased);
    await erased;
  }

  files(input: FileListInput): ReturnType<typeof listFiles> {
    this.#sources.find(input.sourceId);
    return listFiles(this.#database, input);
  }

  /** @throws AppError `document_not_found`, `document_missing`, `document_unreadable`. */
  document(documentId: number, window: LineWindow, signal?: AbortSignal): Promise<DocumentView> {
    return this.#reader.view(documentId, window, signal);
  }

  documentBytes(
    documentId: number,
    range: { offset: number; length: number },
  ): { base64: string; sizeBytes: number } {
    return this.#reader.bytes(documentId, range);
  }

  /** Absolute path of a document that is on disk now, inside its source. */
  documentPath(documentId: number): string {
    return this.#reader.path(documentId);
  }

  /** Takes effect with the next run; once started, another limit is reason for one. */
  updateSettings(settings: KnowledgeSettings): void {
    const hasNewLimit = settings.maxFileBytes !== this.#settings.maxFileBytes;
    this.#settings = settings;
    if (hasNewLimit && this.#isStarted) this.#refreshAll();
  }

  /** The embedder for search by meaning, null for none; after `start` the index is embedded with it. */
  setEmbedder(embedder: Embedder | null): Promise<void> {
    return this.#embeddings.setEmbedder(embedder);
  }

  /**
   * Embeds what lacks a vector of the embedder and resolves with how that ended, also when it failed. Aborting keeps
   * what is done. For a process that does not stay: `start` goes on in the background.
   */
  embedAll(request: EmbedRequest): Promise<EmbeddingProgress> {
    return this.#embeddings.embedAll(request);
  }

  async search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult> {
    signal?.throwIfAborted();
    const vectors = input.mode === 'lexical' ? null : await this.#embeddings.vectors();
    const searcher = await this.#openSearcher(vectors);
    return searcher.search(input, signal);
  }

  /** Resolves when all background work is done. */
  async settled(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  /** Stops all work, keeping what is done, and closes the database. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([this.#scheduler.stopAll(), this.#reader.close()]);
    await this.#embeddings.close();
    await this.settled();
    this.#changes.close();
    if (this.#database.isOpen) this.#database.close();
  }

  async #openSearcher(vectors: VectorStore | null): Promise<Searcher> {
    const known = this.#searchers.get(vectors);
    if (known !== undefined) return known;
    const { Searcher } = await import('./search/searcher.ts');
    const getEmbedder = () => this.#embeddings.embedder;
    const searcher = new Searcher({
      database: this.#database,
      vectors,
      getEmbedder,
      onVectorFailure: (error) => this.#embeddings.reportSearchFailure(error),
    });
    this.#searchers.set(vectors, searcher);
    return searcher;
  }

  async #index(
    sourceId: string,
    signal: AbortSignal,
    onProgress: (progress: RunProgress) => void,
  ): Promise<IndexSummary> {
    const { runIndex } = await import('./index-run.ts');
    const { ingestVersion } = await import('./ingest-version.ts');
    const { maxFileBytes } = this.#settings;
    const summary = runIndex({
      source: this.#sources.find(sourceId),
      sources: this.#sourceStore,
      documents: this.#documents,
      createPool: (toReadBytes) => this.#pools.forIndexing(maxFileBytes, toReadBytes),
      ingestVersion,
      maxFileBytes,
      excludedFolder: this.#options.dataDir,
      signal,
      onProgress,
    });
    // What a stopped run has stored is embedded too.
    return summary.finally(() => this.#embeddings.refresh());
  }

  #refreshAll(): void {
    for (const { id, isPaused, indexState } of this.#sources.list()) {
      if (!isPaused && indexState !== 'cancelled') this.refreshSource(id);
    }
  }

  /** What was being removed when its process ended, or is being removed now. */
  async #completeRemovals(): Promise<void> {
    for (const sourceId of this.#sources.listRemoving()) await this.#erase(sourceId);
  }

  async #erase(sourceId: string): Promise<void> {
    while (this.#documents.removeSome(sourceId, removalSlice) > 0) {
      await new Promise(setImmediate);
      // The next start completes it.
      if (this.#isClosing) return;
    }
    this.#sourceStore.remove(sourceId);
    await eraseDeleted(this.#database);
    this.#scheduler.forget(sourceId);
    await this.#embeddings.forgetRemoved();
    this.#sources.forgetCounts();
    this.#announce();
  }

  /** Failures of background work are part of the state; there is nobody else to tell. */
  #inBackground(work: Promise<unknown>): void {
    const settled = work.then(
      () => undefined,
      () => this.#announce(),
    );
    this.#background.add(settled);
    void settled.finally(() => this.#background.delete(settled));
  }

  #announce(): void {
    if (!this.#scheduler.isBusy) this.#sources.forgetCounts();
    this.#changes.announce();
  }
}
