import type { IndexProgress } from '@contract/knowledge';
import type { RunProgress } from './run-tally.ts';

const idleFigures = { currentFile: null, filesPerSecond: null, secondsLeft: null, failure: null };

/** Progress of a source that no run is working on. */
export function restingProgress(
  sourceId: string,
  phase: 'waiting' | 'paused' | 'idle' | 'failed',
  last: IndexProgress | undefined,
  failure: string | null = null,
): IndexProgress {
  const { filesDone = 0, filesTotal = null, chunks = 0 } = last ?? {};
  return { ...idleFigures, sourceId, phase, filesDone, filesTotal, chunks, failure };
}

/** Turns what a run reports into what a user reads: speed and time left. */
export class ProgressMeter {
  readonly #sourceId: string;
  readonly #now: () => number;
  #readingSince: number | null = null;

  constructor(sourceId: string, now: () => number = () => performance.now()) {
    this.#sourceId = sourceId;
    this.#now = now;
  }

  measure(progress: RunProgress): IndexProgress {
    const { phase, filesDone, filesTotal, chunks, currentFile } = progress;
    const shown = {
      ...idleFigures,
      sourceId: this.#sourceId,
      phase,
      filesDone,
      filesTotal,
      chunks,
      currentFile,
    };
    if (phase === 'scanning') return shown;
    this.#readingSince ??= this.#now();
    const seconds = (this.#now() - this.#readingSince) / 1_000;
    // The first moments say little: threads start, and a guess that jumps is worse than none.
    if (seconds < 0.5 || progress.readShare === 0) return shown;
    const secondsLeft = (seconds / progress.readShare) * (1 - progress.readShare);
    return { ...shown, filesPerSecond: progress.filesRead / seconds, secondsLeft: Math.max(0, secondsLeft) };
  }
}
