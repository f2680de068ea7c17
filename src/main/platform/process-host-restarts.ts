export interface RestartLimits {
  /** Wait before the first restart; doubled with every further crash in the window. */
  firstDelayMs: number;
  maxDelayMs: number;
  /** This many crashes within `windowMs` open the circuit breaker. */
  maxCrashes: number;
  windowMs: number;
  /** How long an open breaker refuses before one more start is tried. */
  coolDownMs: number;
}

export const defaultRestartLimits: RestartLimits = {
  firstDelayMs: 200,
  maxDelayMs: 5_000,
  maxCrashes: 5,
  windowMs: 60_000,
  coolDownMs: 60_000,
};

/** What to do after a crash. */
export type RestartVerdict = { kind: 'wait'; delayMs: number } | { kind: 'give-up'; coolDownMs: number };

/** Decides how soon a crashed child may start again. */
export class RestartPolicy {
  readonly #limits: RestartLimits;
  #crashTimesMs: number[] = [];

  constructor(limits: RestartLimits) {
    this.#limits = limits;
  }

  recordCrash(nowMs: number): RestartVerdict {
    const { windowMs, maxCrashes, firstDelayMs, maxDelayMs, coolDownMs } = this.#limits;
    this.#crashTimesMs = [...this.#crashTimesMs.filter((time) => nowMs - time < windowMs), nowMs];
    const crashes = this.#crashTimesMs.length;
    if (crashes >= maxCrashes) return { kind: 'give-up', coolDownMs };
    return { kind: 'wait', delayMs: Math.min(firstDelayMs * 2 ** (crashes - 1), maxDelayMs) };
  }
}
