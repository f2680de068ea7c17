import type { Conversation, ConversationEvent } from '@contract/conversations';
import type { KnowledgeState } from '@contract/knowledge';
import { settings as settingsSchema } from '@contract/settings';
import type { Services } from '../../src/main/api/services.ts';
import { AppError } from '../../src/main/platform/app-error.ts';
import type { Logger } from '../../src/main/platform/logger.ts';

export const emptyState: KnowledgeState = {
  sources: [],
  progress: [],
  embedding: {
    modelName: null,
    phase: 'off',
    done: 0,
    total: 0,
    chunksPerSecond: null,
    secondsLeft: null,
    failure: null,
  },
};

export const sampleConversation: Conversation = {
  id: 'c1',
  title: 'Doors',
  createdAt: 1,
  updatedAt: 2,
  isAnswering: false,
  messages: [],
  activeMessageId: null,
  sourceIds: null,
};

export const silentLogger: Logger = { info: () => undefined, bug: () => undefined };

/** A listener set that tests can reach into. */
export class Channel<Value> {
  readonly listeners = new Set<(value: Value) => void>();
  readonly subscribe = (listener: (value: Value) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  emit(value: Value): void {
    for (const listener of this.listeners) listener(value);
  }
}

export interface SampleServices {
  services: Services;
  knowledgeStates: Channel<KnowledgeState>;
  conversationEvents: Channel<ConversationEvent>;
  /** Signals the search was called with; a search of "slow" ends only with its signal. */
  searchSignals: AbortSignal[];
}

function refuse(): never {
  throw new Error('Not part of this test.');
}

/** Services small enough to see through: what the router hands to clients is all that is tested with them. */
export function sampleServices(): SampleServices {
  const knowledgeStates = new Channel<KnowledgeState>();
  const conversationEvents = new Channel<ConversationEvent>();
  const searchSignals: AbortSignal[] = [];
  const services: Services = {
    app: {
      info: { version: '1.2.3', platform: 'linux', dataDir: '/data' },
      doctor: async () => [],
      listFolders: async () => refuse(),
    },
    settings: { get: () => settingsSchema.parse({}), watch: refuse, update: refuse },
    models: {
      state: refuse,
      watch: refuse,
      add: refuse,
      remove: refuse,
      setDefault: refuse,
      load: refuse,
      unload: refuse,
      rescan: async () => undefined,
    },
    conversations: {
      list: () => [],
      watchList: refuse,
      create: () => sampleConversation,
      rename: refuse,
      setSources: refuse,
      remove: refuse,
      restore: refuse,
      send: refuse,
      regenerate: refuse,
      stop: refuse,
      selectBranch: refuse,
      get: () => sampleConversation,
      watch: (_conversationId, listener) => {
        listener({ type: 'snapshot', conversation: sampleConversation });
        return conversationEvents.subscribe(listener);
      },
    },
    knowledge: {
      removeSource: refuse,
      pauseSource: refuse,
      resumeSource: refuse,
      refreshSource: refuse,
      cancelIndexing: refuse,
      files: refuse,
      document: refuse,
      documentBytes: refuse,
      documentPath: refuse,
      state: () => emptyState,
      watch: knowledgeStates.subscribe,
      addSource: async (path) => {
        throw new AppError('source_path_missing', `There is no folder ${path}.`, { data: { path } });
      },
      search: (input, signal) => {
        if (signal) searchSignals.push(signal);
        if (input.query !== 'slow') return Promise.resolve({ hits: [], mode: input.mode, durationMs: 1 });
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')));
        });
      },
    },
  };
  return { services, knowledgeStates, conversationEvents, searchSignals };
}
