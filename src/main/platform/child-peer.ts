import { fromWireError, toWireError } from './child-errors.ts';
import type {
  ChildApi,
  DeltaOf,
  HandlerContext,
  Handlers,
  MethodOf,
  Remote,
  RequestOptions,
  WireMessage,
} from './child-protocol.ts';

interface PendingRequest {
  resolve: (output: unknown) => void;
  reject: (error: unknown) => void;
  onDelta: ((delta: never) => void) | undefined;
}

type AnyHandler = (input: unknown, context: HandlerContext<unknown>) => unknown;

export interface ChildPeerOptions<Local extends ChildApi> {
  /** May throw when a payload cannot be cloned; that fails the one request it belongs to. */
  send: (message: WireMessage) => void;
  handlers: Handlers<Local>;
}

/**
 * One end of a process boundary: makes requests to the other end and serves its requests. Both ends are the same
 * code, so cancellation, deltas and typed errors work in both directions.
 */
export class ChildPeer<Far extends ChildApi, Local extends ChildApi> implements Remote<Far> {
  readonly #send: (message: WireMessage) => void;
  readonly #handlers: Map<string, AnyHandler>;
  readonly #pending = new Map<number, PendingRequest>();
  readonly #serving = new Map<number, AbortController>();
  #lastId = 0;
  #closedBecause: Error | null = null;

  constructor({ send, handlers }: ChildPeerOptions<Local>) {
    this.#send = send;
    this.#handlers = new Map(Object.entries(handlers as Record<string, AnyHandler>));
  }

  request<Method extends MethodOf<Far>>(
    method: Method,
    input: Far[Method]['input'],
    { signal, onDelta }: RequestOptions<DeltaOf<Far[Method]>> = {},
  ): Promise<Far[Method]['output']> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#closedBecause) throw this.#closedBecause;
      const id = ++this.#lastId;
      const cancel = () => this.#abandon(id, signal?.reason);
      const settled = () => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve: (output) => (settled(), resolve(output)),
        reject: (error) => (settled(), reject(asError(error))),
        onDelta,
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#trySend(id, { type: 'request', id, method, input });
    });
  }

  /** Takes a message from the other end. */
  receive(message: WireMessage): void {
    switch (message.type) {
      case 'request':
        void this.#serve(message.id, message.method, message.input);
        return;
      case 'cancel':
        this.#serving.get(message.id)?.abort();
        return;
      case 'delta':
        this.#takeDelta(message.id, message.delta);
        return;
      case 'result':
        this.#take(message.id)?.resolve(message.output);
        return;
      case 'error':
        this.#take(message.id)?.reject(fromWireError(message.error));
        return;
      case 'ready':
      case 'shutdown':
        return;
    }
  }

  /** The other end is gone: every pending request rejects with `reason`, every running handler is aborted. */
  close(reason: Error): void {
    this.#closedBecause ??= reason;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(reason);
    for (const controller of this.#serving.values()) controller.abort();
  }

  #take(id: number): PendingRequest | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** The caller no longer waits: it is released at once, and the other end is told to stop working. */
  #abandon(id: number, reason: unknown): void {
    const pending = this.#take(id);
    if (!pending) return;
    pending.reject(reason);
    this.#trySend(id, { type: 'cancel', id });
  }

  #takeDelta(id: number, delta: unknown): void {
    const pending = this.#pending.get(id);
    try {
      pending?.onDelta?.(delta as never);
    } catch (error) {
      this.#abandon(id, error);
    }
  }

  async #serve(id: number, method: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#serving.set(id, controller);
    const sendDelta = (delta: unknown) => {
      if (!signal.aborted) this.#send({ type: 'delta', id, delta });
    };
    try {
      const handler = this.#handlers.get(method);
      if (!handler) throw new Error(`No handler for ${method}`);
      const output = await handler(input, { signal, sendDelta });
      this.#answer({ type: 'result', id, output });
    } catch (error) {
      this.#answer({ type: 'error', id, error: toWireError(error) });
    } finally {
      this.#serving.delete(id);
    }
  }

  #answer(message: WireMessage): void {
    if (!this.#closedBecause) this.#send(message);
  }

  #trySend(id: number, message: WireMessage): void {
    try {
      this.#send(message);
    } catch (error) {
      this.#take(id)?.reject(error);
    }
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
