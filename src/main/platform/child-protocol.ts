import type { ErrorCode, ErrorData } from '@contract/errors';

/**
 * What one side of a process boundary offers the other: method -> its types. Declare it with `type`, not
 * `interface`. Values must survive structured cloning (plain data, typed arrays, Map, Set, Date).
 */
export type ChildApi = Record<string, { input: unknown; output: unknown; delta?: unknown }>;

/** For a child that makes no calls to its parent. */
export type NoApi = Record<never, never>;

export type MethodOf<Api extends ChildApi> = keyof Api & string;
export type DeltaOf<Entry> = Entry extends { delta: infer Delta } ? Delta : never;

export interface HandlerContext<Delta> {
  /** Aborted when the caller cancels, and when either process goes away. */
  signal: AbortSignal;
  /** Sends a piece of the answer ahead of the result; pieces arrive in order. */
  sendDelta: (delta: Delta) => void;
}

/** One handler per method. `Extra` is what a side adds to every handler's context. */
export type Handlers<Api extends ChildApi, Extra = unknown> = {
  [Method in keyof Api]: (
    input: Api[Method]['input'],
    context: HandlerContext<DeltaOf<Api[Method]>> & Extra,
  ) => Api[Method]['output'] | Promise<Api[Method]['output']>;
};

export interface RequestOptions<Delta> {
  signal?: AbortSignal | undefined;
  onDelta?: ((delta: Delta) => void) | undefined;
}

/** The calls one side may make to the other. */
export interface Remote<Api extends ChildApi> {
  /**
   * @throws AppError as thrown by the remote handler, or `child_crashed` / `child_unavailable` when the other side
   * went away; the signal's reason when cancelled.
   */
  request<Method extends MethodOf<Api>>(
    method: Method,
    input: Api[Method]['input'],
    options?: RequestOptions<DeltaOf<Api[Method]>>,
  ): Promise<Api[Method]['output']>;
}

/** An error on its way across; class identity does not survive the pipe, so it travels as data. */
export type WireError =
  | { kind: 'app'; code: ErrorCode; message: string; data: ErrorData }
  | { kind: 'cancelled' }
  | { kind: 'bug'; message: string; stack: string | null };

export type WireMessage =
  | { type: 'ready' }
  | { type: 'shutdown' }
  | { type: 'request'; id: number; method: string; input: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'delta'; id: number; delta: unknown }
  | { type: 'result'; id: number; output: unknown }
  | { type: 'error'; id: number; error: WireError };

const messageTypes: ReadonlySet<unknown> = new Set<WireMessage['type']>([
  'ready',
  'shutdown',
  'request',
  'cancel',
  'delta',
  'result',
  'error',
]);

/** Sorts out foreign traffic on the pipe; both ends are this code, so the shape behind `type` is trusted. */
export function isWireMessage(value: unknown): value is WireMessage {
  return typeof value === 'object' && value !== null && 'type' in value && messageTypes.has(value.type);
}
