/** Registers a listener and returns what removes it. A listener may be called at once, before this returns. */
export type Subscribe<Value> = (listener: (value: Value) => void) => () => void;

/**
 * The values of a subscription of states, as an async iterator. Only the newest value waits for a slow client: a
 * state replaces the one before it, so nothing is lost and nothing piles up. Ends when `signal` aborts.
 */
export async function* latestValues<Value>(
  subscribe: Subscribe<Value>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void, void> {
  let newest: { value: Value } | undefined;
  const bell = new Bell(signal);
  const unsubscribe = subscribe((value) => {
    newest = { value };
    bell.ring();
  });
  try {
    while (!signal?.aborted) {
      const next = newest;
      newest = undefined;
      if (next) yield next.value;
      else await bell.rung();
    }
  } finally {
    unsubscribe();
    bell.dispose();
  }
}

export interface QueueOptions<Value> {
  signal: AbortSignal | undefined;
  /** How many values may wait for a slow client. */
  limit: number;
  /** One value that stands for all that went before; it replaces a full queue. Must not wait, so that no event falls between. */
  resync: () => Value;
}

/**
 * The values of a subscription of events, all of them and in order, as an async iterator. When a slow client lets
 * more than `limit` wait, they are dropped for one `resync` value. Ends when `signal` aborts.
 */
export async function* queuedValues<Value>(
  subscribe: Subscribe<Value>,
  { signal, limit, resync }: QueueOptions<Value>,
): AsyncGenerator<Value, void, void> {
  let queue: Value[] = [];
  let hasOverflowed = false;
  const bell = new Bell(signal);
  const unsubscribe = subscribe((value) => {
    if (queue.length < limit) queue.push(value);
    else hasOverflowed = true;
    bell.ring();
  });
  try {
    while (!signal?.aborted) {
      if (hasOverflowed) {
        queue = [];
        hasOverflowed = false;
        yield resync();
        continue;
      }
      const value = queue.shift();
      if (value !== undefined) yield value;
      else await bell.rung();
    }
  } finally {
    unsubscribe();
    bell.dispose();
  }
}

/** Wakes one waiter; a ring before the wait is not lost. Aborting the signal rings it for good. */
class Bell {
  readonly #signal: AbortSignal | undefined;
  #hasRung = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.ring);
  }

  readonly ring = (): void => {
    this.#hasRung = true;
    this.#wake?.();
  };

  async rung(): Promise<void> {
    if (!this.#hasRung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#hasRung = false;
    this.#wake = undefined;
  }

  dispose(): void {
    this.#signal?.removeEventListener('abort', this.ring);
  }
}
