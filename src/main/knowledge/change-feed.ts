const intervalMs = 100;

/** Tells listeners the new state after changes, at most about ten times a second. */
export class ChangeFeed<State> {
  readonly #read: () => State;
  readonly #listeners = new Set<(state: State) => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(read: () => State) {
    this.#read = read;
  }

  /** The returned function ends it. */
  listen(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(): void {
    if (this.#listeners.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const state = this.#read();
      for (const listener of this.#listeners) listener(state);
    }, intervalMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
