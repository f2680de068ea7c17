import { availableParallelism } from 'node:os';
import { entryPath } from '../platform/entries.ts';
import type { WorkerPool } from './worker-pool.ts';

/** How files are read. */
export interface ReadingOptions {
  workerEntry: string;
  threads: number;
  fileTimeLimitMs: number;
  heapMegabytes: number;
}

const maxThreads = 4;
/** Below this, starting a thread for the last core costs more than it brings. */
const manyBytes = 16 * 1_048_576;

/** Makes the threads that read files, all with the same limits. */
export class ReadingPools {
  readonly #options: Partial<ReadingOptions>;

  constructor(options: Partial<ReadingOptions> = {}) {
    this.#options = options;
  }

  forIndexing(maxFileBytes: number, toReadBytes: number): Promise<WorkerPool> {
    return this.#open(maxFileBytes, this.#options.threads ?? chooseThreads(toReadBytes));
  }

  forViewing(maxFileBytes: number): Promise<WorkerPool> {
    return this.#open(maxFileBytes, 1);
  }

  async #open(maxFileBytes: number, threads: number): Promise<WorkerPool> {
    const { WorkerPool } = await import('./worker-pool.ts');
    return new WorkerPool({
      workerEntry: entryPath('ingest-worker'),
      fileTimeLimitMs: 60_000,
      heapMegabytes: 1_024,
      ...this.#options,
      maxFileBytes,
      threads,
    });
  }
}

/** Storing what the threads prepare takes about a quarter of a core, so that much work is worth a thread for each. */
function chooseThreads(toReadBytes: number): number {
  const cores = availableParallelism();
  return Math.max(1, Math.min(maxThreads, toReadBytes > manyBytes ? cores : cores - 1));
}
