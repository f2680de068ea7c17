import type { Conversation, ConversationEvent, Message } from '@contract/conversations';
import { AppError } from '../platform/app-error.ts';
import type { ConversationStore, StoredConversation } from './conversation-store.ts';
import { Listeners } from './listeners.ts';
import type { LiveAnswer } from './live-answer.ts';
import { untitled } from './title.ts';

export interface ConversationViewsOptions {
  store: ConversationStore;
  /** The answer being written in a conversation; it is ahead of what is stored. */
  live: (conversationId: string) => LiveAnswer | undefined;
}

/** Conversations as their watchers see them: what is stored, with the answer being written laid over it. */
export class ConversationViews {
  readonly #options: ConversationViewsOptions;
  readonly #watchers = new Listeners<ConversationEvent>();

  constructor(options: ConversationViewsOptions) {
    this.#options = options;
  }

  /** @throws AppError `conversation_not_found`. */
  stored(conversationId: string): StoredConversation {
    const stored = this.#options.store.find(conversationId);
    if (stored) return stored;
    throw new AppError(
      'conversation_not_found',
      'This chat no longer exists. Choose another, or start a new one.',
    );
  }

  /** @throws AppError `conversation_not_found`. */
  get(conversationId: string): Conversation {
    return this.#withMessages(this.stored(conversationId));
  }

  /** A snapshot at once (and the phase of a running answer), then events. Returns what removes the listener. */
  watch(conversationId: string, listener: (event: ConversationEvent) => void): () => void {
    const conversation = this.get(conversationId);
    const unsubscribe = this.#watchers.add(conversationId, listener);
    listener({ type: 'snapshot', conversation });
    const phase = this.#options.live(conversationId)?.phase;
    if (phase) listener(phase);
    return unsubscribe;
  }

  tell(conversationId: string, event: ConversationEvent): void {
    this.#watchers.emit(conversationId, event);
  }

  tellSnapshot(conversationId: string): void {
    if (!this.#watchers.has(conversationId)) return;
    const stored = this.#options.store.find(conversationId);
    if (!stored) return;
    this.tell(conversationId, { type: 'snapshot', conversation: this.#withMessages(stored) });
  }

  #withMessages({ title, ...stored }: StoredConversation): Conversation {
    const live = this.#options.live(stored.id)?.message;
    const messages = this.#options.store.messages(stored.id).map((message): Message => {
      if (message.id === live?.id) return live;
      // Its end could not be saved: see `RunningAnswers`.
      return message.status === 'streaming' ? { ...message, status: 'interrupted' } : message;
    });
    return { ...stored, title: title ?? untitled, isAnswering: live !== undefined, messages };
  }
}
