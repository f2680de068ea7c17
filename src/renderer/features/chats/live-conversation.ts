import { useSyncExternalStore } from 'react';
import { alcove } from '../../client/alcove.ts';
import { followStream, type LiveState } from '../../client/live.ts';
import { createStore } from '../../client/store.ts';
import { type ConversationState, reduceConversation, unknownConversation } from './conversation-state.ts';
import { createEventBuffer, nextFrame } from './event-buffer.ts';

const mostKept = 20;

interface LiveConversation {
  readonly get: () => LiveState<ConversationState>;
  readonly subscribe: (listener: () => void) => () => void;
}

const kept = new Map<string, LiveConversation>();

/** Follows one conversation; what was last seen of it is shown at once when one comes back to it. */
export function useConversation(conversationId: string): LiveState<ConversationState> {
  const live = liveConversation(conversationId);
  return useSyncExternalStore(live.subscribe, live.get);
}

function liveConversation(conversationId: string): LiveConversation {
  const live = kept.get(conversationId) ?? createLiveConversation(conversationId);
  kept.delete(conversationId);
  kept.set(conversationId, live);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return live;
}

function createLiveConversation(conversationId: string): LiveConversation {
  const store = createStore<LiveState<ConversationState>>({ value: undefined, failure: null });
  let followers = 0;
  let stop: AbortController | null = null;
  const start = (): void => {
    stop = new AbortController();
    const { signal } = stop;
    const buffer = createEventBuffer((events) => {
      if (signal.aborted) return;
      const before = store.get().value ?? unknownConversation;
      store.set({ value: events.reduce(reduceConversation, before), failure: null });
    }, nextFrame);
    void followStream((open) => alcove.conversations.watch({ conversationId }, { signal: open }), signal, {
      event: buffer,
      failure: (failure) => store.update((state) => ({ ...state, failure })),
    });
  };
  return {
    get: store.get,
    subscribe: (listener) => {
      const unsubscribe = store.subscribe(listener);
      followers += 1;
      if (followers === 1) start();
      return () => {
        unsubscribe();
        followers -= 1;
        if (followers === 0) stop?.abort();
      };
    },
  };
}
