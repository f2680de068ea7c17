/** Removes the listener it was returned for. */
export type Unsubscribe = () => void;

/** Listeners by topic. A topic without listeners takes no space. */
export class Listeners<Value> {
  readonly #byTopic = new Map<string, Set<(value: Value) => void>>();

  add(topic: string, listener: (value: Value) => void): Unsubscribe {
    const listeners = this.#byTopic.get(topic) ?? new Set();
    this.#byTopic.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byTopic.get(topic) === listeners) this.#byTopic.delete(topic);
    };
  }

  has(topic: string): boolean {
    return this.#byTopic.has(topic);
  }

  emit(topic: string, value: Value): void {
    for (const listener of [...(this.#byTopic.get(topic) ?? [])]) listener(value);
  }
}
