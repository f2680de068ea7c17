import type { KnowledgeState, SearchInput, SearchResult, Source } from '@contract/knowledge';
import { AppError } from '../platform/app-error.ts';
import type { ChildAdapter } from '../platform/child-adapter.ts';
import { entryPath } from '../platform/entries.ts';
import { ProcessHost } from '../platform/process-host.ts';
import { noteDamagedIndex } from './damaged-index.ts';
import type { FileListInput } from './file-list.ts';
import type { EmbedderDescription, KnowledgeApi, KnowledgeParentApi } from './knowledge-api.ts';
import type { KnowledgeSettings } from './knowledge.ts';
import type { Embedder } from './vectors/embedder.ts';

export interface KnowledgeServiceOptions {
  dataDir: string;
  adapter: ChildAdapter;
  settings: KnowledgeSettings;
  embedder?: Embedder | null;
  /** Path of the built child; the default serves the app. */
  entry?: string;
}

type Method = keyof KnowledgeApi;

/**
 * The knowledge domain as the main process has it: everything happens in the knowledge child. When that one dies, what
 * was asked of it fails with `child_crashed`; it is started again, and takes up unfinished indexing by itself.
 */
export class KnowledgeService {
  readonly #options: KnowledgeServiceOptions;
  readonly #host: ProcessHost<KnowledgeApi, KnowledgeParentApi>;
  readonly #listeners = new Set<(state: KnowledgeState) => void>();
  readonly #closing = new AbortController();
  #settings: KnowledgeSettings;
  #embedder: Embedder | null;
  #state: KnowledgeState | null = null;
  #following: Promise<void> | null = null;
  #rebuilding: Promise<void> | null = null;

  constructor(options: KnowledgeServiceOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#embedder = options.embedder ?? null;
    this.#host = new ProcessHost<KnowledgeApi, KnowledgeParentApi>({
      name: 'knowledge',
      entry: options.entry ?? entryPath('knowledge-child'),
      adapter: options.adapter,
      handlers: {
        configuration: () => this.#configuration(),
        embed: ({ key, texts }, { signal }) => this.#embed(key, texts, signal),
      },
    });
  }

  /** Process id of the child while it runs. */
  get pid(): number | undefined {
    return this.#host.pid;
  }

  /** Starts the child, and with it unfinished indexing and a look for changes. */
  start(): void {
    this.#follow();
  }

  state(): Promise<KnowledgeState> {
    return this.#request('state', null);
  }

  /** The current state as soon as it is known, then each change; the returned function ends that. */
  watch(listener: (state: KnowledgeState) => void): () => void {
    this.#listeners.add(listener);
    if (this.#state !== null) listener(this.#state);
    this.#follow();
    return () => this.#listeners.delete(listener);
  }

  /** Adds a folder and starts to index it. @throws AppError `source_*`. */
  addSource(path: string): Promise<Source> {
    return this.#request('addSource', { path });
  }

  async removeSource(sourceId: string): Promise<void> {
    await this.#request('removeSource', { sourceId });
  }

  async pauseSource(sourceId: string): Promise<void> {
    await this.#request('pauseSource', { sourceId });
  }

  async resumeSource(sourceId: string): Promise<void> {
    await this.#request('resumeSource', { sourceId });
  }

  async refreshSource(sourceId: string): Promise<void> {
    await this.#request('refreshSource', { sourceId });
  }

  async cancelIndexing(sourceId: string): Promise<void> {
    await this.#request('cancelIndexing', { sourceId });
  }

  files(input: FileListInput): Promise<KnowledgeApi['files']['output']> {
    return this.#request('files', input);
  }

  search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult> {
    return this.#request('search', input, signal);
  }

  document(
    input: KnowledgeApi['document']['input'],
    signal?: AbortSignal,
  ): Promise<KnowledgeApi['document']['output']> {
    return this.#request('document', input, signal);
  }

  documentBytes(
    input: KnowledgeApi['documentBytes']['input'],
  ): Promise<KnowledgeApi['documentBytes']['output']> {
    return this.#request('documentBytes', input);
  }

  /** Absolute path of a document that is on disk now, inside its source. */
  documentPath(documentId: number): Promise<string> {
    return this.#request('documentPath', { documentId });
  }

  /** The embedder for search by meaning, null for none; the index is embedded with it in the background. */
  async setEmbedder(embedder: Embedder | null): Promise<void> {
    this.#embedder = embedder;
    if (this.#following !== null) await this.#request('setEmbedder', describe(embedder));
  }

  async updateSettings(settings: KnowledgeSettings): Promise<void> {
    this.#settings = settings;
    if (this.#following !== null) await this.#request('updateSettings', settings);
  }

  /** Stops the child in an orderly way. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#listeners.clear();
    await this.#host.stop();
    await this.#rebuilding;
    await this.#following;
  }

  async #request<Name extends Method>(
    method: Name,
    input: KnowledgeApi[Name]['input'],
    signal?: AbortSignal,
  ): Promise<KnowledgeApi[Name]['output']> {
    this.#follow();
    try {
      return await this.#host.request(method, input, { signal });
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#rebuild();
      throw beingRebuilt(error);
    }
  }

  /** A new child finds the note and builds the index again. Several requests may meet the same damage. */
  #rebuild(): void {
    this.#rebuilding ??= this.#restartOnNewIndex().finally(() => {
      this.#rebuilding = null;
    });
  }

  async #restartOnNewIndex(): Promise<void> {
    noteDamagedIndex(this.#options.dataDir);
    await this.#host.stop();
    await this.#following;
    if (!this.#closing.signal.aborted) this.#follow();
  }

  /** Keeps the state current. After a crash this alone brings the child back. */
  #follow(): void {
    this.#following ??= this.#followChild().finally(() => {
      this.#following = null;
    });
  }

  async #followChild(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#host.request('watch', null, { signal, onDelta: (state) => this.#publish(state) });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof AppError && error.code === 'child_crashed') continue;
        // Given up until the next request: what the user sees must not look like work in progress.
        return this.#publishFailure(error);
      }
    }
  }

  #publish(state: KnowledgeState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #publishFailure(error: unknown): void {
    if (this.#state === null) return;
    const failure = error instanceof Error ? error.message : String(error);
    const progress = this.#state.progress.map((one) => ({ ...one, phase: 'failed' as const, failure }));
    this.#publish({ ...this.#state, progress });
  }

  #configuration(): KnowledgeParentApi['configuration']['output'] {
    return { dataDir: this.#options.dataDir, settings: this.#settings, embedder: describe(this.#embedder) };
  }

  async #embed(key: string, texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const embedder = this.#embedder;
    if (embedder?.key !== key) {
      throw new AppError('model_not_found', 'The embedding model was changed meanwhile.');
    }
    return embedder.embed(texts, signal);
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'data_damaged' || error.code === 'index_damaged');
}

function beingRebuilt(cause: unknown): AppError {
  return new AppError(
    'index_damaged',
    'The index is damaged. Alcove is building it again from your folders: search is complete when that is done. ' +
      'Your files and chats are not affected.',
    { cause },
  );
}

function describe(embedder: Embedder | null): EmbedderDescription | null {
  return embedder && { key: embedder.key, name: embedder.name, dimensions: embedder.dimensions };
}
