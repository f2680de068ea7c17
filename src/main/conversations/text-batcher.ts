export interface TextBatcherOptions {
  /** Longest time a piece of text waits. */
  intervalMs: number;
  /** Text is handed on at once when this much waits. */
  maxCharacters: number;
  onBatch: (text: string) => void;
  /** Called when `onBatch` throws while nobody is there to catch it. */
  onError: (error: unknown) => void;
}

/** Gathers small pieces of text into fewer, larger ones, in order and without loss. */
export class TextBatcher {
  readonly #options: TextBatcherOptions;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TextBatcherOptions) {
    this.#options = options;
  }

  push(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= this.#options.maxCharacters) this.#flushAlone();
    else this.#timer ??= setTimeout(() => this.#flushAlone(), this.#options.intervalMs);
  }

  /** Hands on what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#options.onBatch(text);
  }

  /** Forgets what waits. */
  discard(): void {
    this.#waiting = '';
    this.flush();
  }

  #flushAlone(): void {
    try {
      this.flush();
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
