import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { createStore, type Store } from './store.ts';

export type Link = ClientLink<ClientContext>;
export type ConnectionPhase = 'connecting' | 'connected' | 'lost';

/** A way in to Alcove: tells of a link each time one opens, and of `null` each time it drops. */
export interface Door {
  open(onLink: (link: Link | null) => void): void;
}

/** Thrown for a request that was under way, or could not be sent, when the connection dropped. */
export class ConnectionLostError extends Error {
  constructor(cause: unknown) {
    super('The connection to Alcove dropped.', { cause });
    this.name = 'ConnectionLostError';
  }
}

/**
 * One link to Alcove that outlives the transports under it: requests made while there is none wait for the next, and a
 * request whose transport drops fails with `ConnectionLostError`. Nothing is sent twice.
 */
export class Connection implements Link {
  readonly phase: Store<ConnectionPhase> = createStore<ConnectionPhase>('connecting');
  #link: Link | null = null;
  #waiting: ((link: Link) => void)[] = [];

  use(door: Door): void {
    door.open((link) => {
      this.#link = link;
      this.phase.set(link ? 'connected' : 'lost');
      if (!link) return;
      for (const resolve of this.#waiting.splice(0)) resolve(link);
    });
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    const link = this.#link ?? (await this.#nextLink(options.signal));
    try {
      return await link.call(path, input, options);
    } catch (error) {
      if (this.#link !== link && !isAnswer(error)) throw new ConnectionLostError(error);
      throw error;
    }
  }

  #nextLink(signal: AbortSignal | undefined): Promise<Link> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const settle = (link: Link): void => resolve(link);
      this.#waiting.push(settle);
      signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== settle);
        reject(new DOMException('The request was cancelled.', 'AbortError'));
      });
    });
  }
}

/** True for an error that Alcove itself sent: it carries a code. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
