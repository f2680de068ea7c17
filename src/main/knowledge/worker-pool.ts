import { IngestThread } from './ingest-thread.ts';
import type { IngestBatch, IngestJob, IngestResult } from './ingest-job.ts';

export interface WorkerPoolOptions {
  /** Absolute path of the built worker. */
  workerEntry: string;
  threads: number;
  maxFileBytes: number;
  /** Longest time one file may take. */
  fileTimeLimitMs: number;
  /** Most JavaScript memory of one thread. */
  heapMegabytes: number;
}

interface Waiting {
  batch: IngestBatch;
  resolve: (results: IngestResult[]) => void;
  reject: (error: unknown) => void;
}

/** One at work and one waiting in the thread, so that it never waits for the owner to be free. */
const batchesPerThread = 2;

/**
 * Worker threads that read and chunk files. A file that takes too long, or takes its thread down, costs itself only:
 * it ends as failed and the others of its batch are done by a new thread.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #threads: IngestThread[] = [];
  readonly #queue: Waiting[] = [];
  #lastNumber = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    for (let index = 0; index < options.threads; index++) this.#threads.push(this.#createThread());
  }

  get maxFileBytes(): number {
    return this.#options.maxFileBytes;
  }

  /** How many batches keep every thread busy while the results of others are being stored. */
  get capacity(): number {
    return this.#threads.length * batchesPerThread + 1;
  }

  /** Results in the order of the jobs. @throws when the threads cannot work at all, or the pool is closed. */
  async ingest(jobs: IngestJob[]): Promise<IngestResult[]> {
    if (jobs.length === 0) return [];
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch: { number: ++this.#lastNumber, jobs }, resolve, reject });
      this.#assign();
    });
  }

  /** A file that is being read now. */
  get currentPath(): string | null {
    return this.#threads.map((thread) => thread.currentPath).find((path) => path !== null) ?? null;
  }

  async close(): Promise<void> {
    const closed = new Error('The worker pool is closed.');
    for (const waiting of this.#queue.splice(0)) waiting.reject(closed);
    await Promise.all(this.#threads.splice(0).map((thread) => thread.close()));
  }

  #createThread(): IngestThread {
    const { workerEntry, maxFileBytes, fileTimeLimitMs, heapMegabytes } = this.#options;
    return new IngestThread({ workerEntry, maxFileBytes, fileTimeLimitMs, heapMegabytes });
  }

  #assign(): void {
    for (let load = 0; load < batchesPerThread; load++) {
      for (const thread of this.#threads) {
        const next = thread.load <= load ? this.#queue.shift() : undefined;
        if (next !== undefined) void this.#work(thread, next);
      }
    }
  }

  async #work(thread: IngestThread, { batch, resolve, reject }: Waiting): Promise<void> {
    try {
      const outcome = await thread.run(batch);
      if (outcome.kind === 'done') resolve(outcome.results);
      else if (outcome.kind === 'lost') resolve(await this.ingest(batch.jobs));
      else resolve(await this.#withoutCulprit(batch.jobs, outcome.index, outcome.reason));
    } catch (error) {
      reject(error);
    } finally {
      this.#assign();
    }
  }

  /** The results a broken thread had made of the batch are lost with it, so all files but one are done again. */
  async #withoutCulprit(jobs: IngestJob[], culprit: number, reason: string): Promise<IngestResult[]> {
    const [before, after] = await Promise.all([
      this.ingest(jobs.slice(0, culprit)),
      this.ingest(jobs.slice(culprit + 1)),
    ]);
    return [...before, failed(jobs[culprit], reason), ...after];
  }
}

/** Its digest is unknown, but it would break again: an empty one keeps the file failed until it changes. */
function failed(job: IngestJob | undefined, reason: string): IngestResult {
  return { kind: 'failed', reason, sizeBytes: job?.sizeBytes ?? 0, mtimeMs: job?.mtimeMs ?? 0, sha256: '' };
}
