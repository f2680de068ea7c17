import type { FileFacts, IngestJob, IngestResult } from './ingest-job.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A file to show, as it was when it was asked for. */
export interface ShownFile {
  documentId: number;
  root: string;
  relativePath: string;
  sizeBytes: number;
  mtimeMs: number;
}

export interface ShownText extends FileFacts {
  documentId: number;
  lines: string[];
}

/** Why there is no text to show. */
export type Unread = Exclude<IngestResult, { kind: 'text' | 'same' | 'indexed' }>;

export interface DocumentTextOptions {
  createPool: (maxFileBytes: number) => Promise<WorkerPool>;
  maxFileBytes: () => number;
  /** How long the thread waits for another document. */
  idleMs?: number;
}

/**
 * Extracts the text of documents to show, one after the other, on an ingest thread: a large or hostile file has the
 * limits it has when it is indexed, and holds up nothing but other documents. The thread ends when it idles.
 */
export class DocumentText {
  readonly #options: DocumentTextOptions;
  /** The document shown last: a viewer asks for many windows of one file. */
  #shown: ShownText | null = null;
  #pool: WorkerPool | null = null;
  #idle: NodeJS.Timeout | null = null;
  #lastTurn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: DocumentTextOptions) {
    this.#options = options;
  }

  /** The text, or why there is none. Aborting ends the thread that reads it. */
  async read(file: ShownFile, signal?: AbortSignal): Promise<ShownText | Unread> {
    const known = this.#find(file);
    if (known !== null) return known;
    const turn = this.#lastTurn.then(() => this.#find(file) ?? this.#extract(file, signal));
    // How it ended is for those who asked.
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#endThread();
    await this.#lastTurn;
  }

  /** Size and time tell whether it changed, as they do when a folder is indexed. */
  #find({ documentId, sizeBytes, mtimeMs }: ShownFile): ShownText | null {
    const shown = this.#shown;
    const isSame =
      shown?.documentId === documentId && shown.sizeBytes === sizeBytes && shown.mtimeMs === mtimeMs;
    return isSame ? shown : null;
  }

  async #extract(file: ShownFile, signal: AbortSignal | undefined): Promise<ShownText | Unread> {
    signal?.throwIfAborted();
    const stop = () => void this.#endThread();
    signal?.addEventListener('abort', stop);
    try {
      const pool = await this.#openPool();
      signal?.throwIfAborted();
      const [result] = await pool.ingest([this.#toJob(file)]);
      return this.#keep(file.documentId, result);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#endThreadLater();
    }
  }

  #toJob({ documentId, root, relativePath, sizeBytes, mtimeMs }: ShownFile): IngestJob {
    const knownSha256 = this.#shown?.documentId === documentId ? this.#shown.sha256 : null;
    return { purpose: 'view', root, path: relativePath, sizeBytes, mtimeMs, knownSha256 };
  }

  #keep(documentId: number, result: IngestResult | undefined): ShownText | Unread {
    if (result === undefined || result.kind === 'indexed') throw new Error('The thread read another file.');
    if (result.kind !== 'text' && result.kind !== 'same') return result;
    const { sizeBytes, mtimeMs, sha256 } = result;
    const lines = result.kind === 'text' ? result.text.split('\n') : (this.#shown?.lines ?? []);
    this.#shown = { documentId, sizeBytes, mtimeMs, sha256, lines };
    return this.#shown;
  }

  async #openPool(): Promise<WorkerPool> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const maxFileBytes = this.#options.maxFileBytes();
    if (this.#pool?.maxFileBytes !== maxFileBytes) await this.#endThread();
    this.#pool ??= await this.#options.createPool(maxFileBytes);
    if (this.#isClosed) throw new DOMException('The index is being closed.', 'AbortError');
    return this.#pool;
  }

  #endThreadLater(): void {
    this.#idle = setTimeout(() => void this.#endThread(), this.#options.idleMs ?? 15_000);
    this.#idle.unref();
  }

  async #endThread(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const pool = this.#pool;
    this.#pool = null;
    await pool?.close();
  }
}
