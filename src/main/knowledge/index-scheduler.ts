import type { IndexProgress } from '@contract/knowledge';
import { isCancelled } from '../platform/app-error.ts';
import type { IndexSummary, RunProgress } from './run-tally.ts';
import { ProgressMeter, restingProgress } from './progress.ts';

export interface RunRequest {
  signal?: AbortSignal;
  onProgress?: (progress: IndexProgress) => void;
}

/** Does one run of a source. */
export type Runner = (
  sourceId: string,
  signal: AbortSignal,
  onProgress: (progress: RunProgress) => void,
) => Promise<IndexSummary>;

interface Run {
  sourceId: string;
  controller: AbortController;
  listeners: ((progress: IndexProgress) => void)[];
  finished: Promise<IndexSummary>;
}

/** Runs one source at a time, in the order asked for, and knows how far each one is. */
export class IndexScheduler {
  readonly #runner: Runner;
  readonly #onChange: () => void;
  readonly #runs = new Map<string, Run>();
  readonly #progress = new Map<string, IndexProgress>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(runner: Runner, onChange: () => void) {
    this.#runner = runner;
    this.#onChange = onChange;
  }

  get isBusy(): boolean {
    return this.#runs.size > 0;
  }

  progressOf(sourceId: string, isPaused: boolean): IndexProgress {
    const known = this.#progress.get(sourceId);
    const isResting = !this.#runs.has(sourceId) && known?.phase !== 'failed';
    if (isResting) return restingProgress(sourceId, isPaused ? 'paused' : 'idle', known);
    return known ?? restingProgress(sourceId, 'waiting', undefined);
  }

  /** Starts a run of the source, or joins the one that waits or works. Aborting the signal stops it for all who joined. */
  run(sourceId: string, { signal, onProgress }: RunRequest = {}): Promise<IndexSummary> {
    const run = this.#runs.get(sourceId) ?? this.#start(sourceId);
    if (onProgress) run.listeners.push(onProgress);
    if (signal) abortWith(signal, run.controller);
    return run.finished;
  }

  /** Stops the run of a source, if there is one, and waits until it has let go. */
  async stop(sourceId: string): Promise<void> {
    const run = this.#runs.get(sourceId);
    run?.controller.abort();
    // How it ended is for those who started it.
    await run?.finished.catch(() => undefined);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((sourceId) => this.stop(sourceId)));
  }

  forget(sourceId: string): void {
    this.#progress.delete(sourceId);
  }

  #start(sourceId: string): Run {
    const controller = new AbortController();
    const finished: Promise<IndexSummary> = this.#last.then(() => this.#work(run));
    const run: Run = { sourceId, controller, listeners: [], finished };
    this.#runs.set(sourceId, run);
    this.#show(run, restingProgress(sourceId, 'waiting', this.#progress.get(sourceId)));
    this.#last = run.finished.catch(() => undefined);
    return run;
  }

  async #work(run: Run): Promise<IndexSummary> {
    const { sourceId, controller } = run;
    const meter = new ProgressMeter(sourceId);
    try {
      controller.signal.throwIfAborted();
      return await this.#runner(sourceId, controller.signal, (progress) =>
        this.#show(run, meter.measure(progress)),
      );
    } catch (error) {
      if (!isCancelled(error)) this.#fail(run, error);
      throw error;
    } finally {
      this.#runs.delete(sourceId);
      this.#onChange();
    }
  }

  #fail(run: Run, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#show(run, restingProgress(run.sourceId, 'failed', this.#progress.get(run.sourceId), message));
  }

  #show(run: Run, progress: IndexProgress): void {
    this.#progress.set(run.sourceId, progress);
    for (const listener of run.listeners) listener(progress);
    this.#onChange();
  }
}

function abortWith(signal: AbortSignal, controller: AbortController): void {
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
}
