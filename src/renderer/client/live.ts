import { useSyncExternalStore } from 'react';
import { alcove, connection } from './alcove.ts';
import { type Failure, isCancellation, toFailure } from './failure.ts';

const retryMs = 1_000;

/** What is known of something Alcove keeps telling about. */
export interface LiveState<Value> {
  value: Value | undefined;
  failure: Failure | null;
}

/** Something followed for as long as anyone listens, across dropped connections. */
export interface Live<Value> {
  readonly get: () => LiveState<Value>;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Runs `open`'s stream until aborted, opening it again after it ends or fails. */
export async function followStream<Event>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  signal: AbortSignal,
  on: { event: (event: Event) => void; failure: (failure: Failure) => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of await open(signal)) {
        if (signal.aborted) return;
        on.event(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isCancellation(error) && connection.phase.get() === 'connected') on.failure(toFailure(error));
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** A shared subscription to one of the contract's state streams. */
export function createLive<Value>(open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>): Live<Value> {
  const listeners = new Set<() => void>();
  let state: LiveState<Value> = { value: undefined, failure: null };
  let stop: AbortController | null = null;
  const change = (next: LiveState<Value>): void => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  const start = (): void => {
    stop = new AbortController();
    void followStream(open, stop.signal, {
      event: (value) => change({ value, failure: null }),
      failure: (failure) => change({ value: state.value, failure }),
    });
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      if (!stop) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.abort();
        stop = null;
      };
    },
  };
}

/** Follows a live value. */
export function useLive<Value>(live: Live<Value>): LiveState<Value> {
  return useSyncExternalStore(live.subscribe, live.get, live.get);
}

export const liveKnowledge = createLive((signal) => alcove.knowledge.watch(undefined, { signal }));
export const liveModels = createLive((signal) => alcove.models.watch(undefined, { signal }));
export const liveSettings = createLive((signal) => alcove.settings.watch(undefined, { signal }));
export const liveConversations = createLive((signal) =>
  alcove.conversations.watchList(undefined, { signal }),
);
