import { Worker } from 'node:worker_threads';
import type { IngestBatch, IngestBatchDone, IngestResult, WorkerInput } from './ingest-job.ts';

export interface IngestThreadOptions {
  workerEntry: string;
  maxFileBytes: number;
  fileTimeLimitMs: number;
  heapMegabytes: number;
}

export type BatchOutcome =
  | { kind: 'done'; results: IngestResult[] }
  /** The thread broke at this job and is gone; the next run starts another. */
  | { kind: 'broken'; index: number; reason: string }
  /** The thread broke over another batch. */
  | { kind: 'lost' };

interface Running {
  batch: IngestBatch;
  resolve: (outcome: BatchOutcome) => void;
  reject: (error: unknown) => void;
}

const crashed = 'Reading this file ended unexpectedly.';

/**
 * One worker thread, started with its first batch and replaced after it broke. Batches are done in order; without one
 * the thread does not keep the process alive.
 */
export class IngestThread {
  readonly #options: IngestThreadOptions;
  #worker: Worker | null = null;
  #cells = newCells();
  #hasWorked = false;
  #running: Running[] = [];
  #watch: NodeJS.Timeout | null = null;

  constructor(options: IngestThreadOptions) {
    this.#options = options;
  }

  /** Batches given to it and not yet done. */
  get load(): number {
    return this.#running.length;
  }

  get currentPath(): string | null {
    return this.#running[0]?.batch.jobs[this.#indexAtWork()]?.path ?? null;
  }

  /** @throws when the thread cannot start. */
  run(batch: IngestBatch): Promise<BatchOutcome> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#running.push({ batch, resolve, reject });
      this.#watch ??= this.#watchTime();
      worker.ref();
      worker.postMessage(batch);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    for (const running of this.#takeAll()) running.reject(new Error('The indexing thread was stopped.'));
    await worker?.terminate();
  }

  #start(): Worker {
    const { workerEntry, maxFileBytes, heapMegabytes } = this.#options;
    this.#cells = newCells();
    this.#hasWorked = false;
    const workerData: WorkerInput = { maxFileBytes, position: this.#cells.buffer };
    const worker = new Worker(workerEntry, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    worker.on('message', (done: IngestBatchDone) => this.#finish(worker, done));
    worker.on('error', (error) => this.#break(worker, describeCrash(error), error));
    worker.on('exit', () => this.#break(worker, crashed, null));
    return worker;
  }

  #finish(worker: Worker, done: IngestBatchDone): void {
    if (this.#worker !== worker) return;
    this.#hasWorked = true;
    const running = this.#running.shift();
    if (this.#running.length === 0) {
      this.#stopWatch();
      worker.unref();
    }
    running?.resolve({ kind: 'done', results: done.results });
  }

  #break(worker: Worker, reason: string, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const index = this.#indexAtWork();
    const [first, ...others] = this.#takeAll();
    // It broke before it took up any file: the thread is at fault, and a new one would break as well.
    if (index === -1 && !this.#hasWorked)
      first?.reject(new Error('The indexing thread did not start.', { cause }));
    else first?.resolve({ kind: 'broken', index: Math.max(index, 0), reason });
    for (const other of others) other.resolve({ kind: 'lost' });
  }

  /** Index of the file at work in the oldest batch, -1 while the thread has not taken it up. */
  #indexAtWork(): number {
    const oldest = this.#running[0]?.batch.number;
    return Atomics.load(this.#cells, 0) === oldest ? Atomics.load(this.#cells, 1) : -1;
  }

  /** The clock of a file starts when it is first seen at work, so that waiting for a slow start does not count. */
  #watchTime(): NodeJS.Timeout {
    const { fileTimeLimitMs } = this.#options;
    let seen = '';
    let since = performance.now();
    return setInterval(
      () => {
        const file = `${this.#running[0]?.batch.number ?? 0}:${this.#indexAtWork()}`;
        if (file !== seen || file.endsWith(':-1')) since = performance.now();
        seen = file;
        if (performance.now() - since > fileTimeLimitMs) this.#giveUp();
      },
      Math.min(1_000, fileTimeLimitMs / 4),
    );
  }

  #giveUp(): void {
    const worker = this.#worker;
    if (worker === null) return;
    const seconds = Math.ceil(this.#options.fileTimeLimitMs / 1_000);
    this.#break(worker, `Reading this file took longer than ${seconds} s.`, null);
    void worker.terminate();
  }

  #takeAll(): Running[] {
    this.#stopWatch();
    return this.#running.splice(0);
  }

  #stopWatch(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }
}

/** Number of the batch at work and index of the file at work in it; -1 before the first. */
function newCells(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(8)).fill(-1);
}

function describeCrash(error: unknown): string {
  const isOutOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? 'Reading this file needs too much memory.' : crashed;
}
