import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationEvent, ConversationSummary, Message } from '@contract/conversations';
import { AppError } from '../platform/app-error.ts';
import type { Database } from '../platform/database.ts';
import type { AnswerService } from './answering/answer-service.ts';
import { exchanges, newestLeaf, pathTo } from './branches.ts';
import { ConversationList } from './conversation-list.ts';
import type { ListListener } from './conversation-list.ts';
import { ConversationStore } from './conversation-store.ts';
import type { StoredConversation } from './conversation-store.ts';
import { ConversationViews } from './conversation-views.ts';
import { newMessage } from './new-message.ts';
import { RunningAnswers } from './running-answers.ts';
import { titleFrom } from './title.ts';

export interface ConversationServiceOptions {
  /** A database that `conversationMigration` has prepared; nobody else may write conversations in it. */
  database: Database;
  answers: AnswerService;
  /** Told of failures that are bugs or could not be saved; expected ones are in the message. */
  onUnexpectedError?: (error: unknown) => void;
  now?: () => number;
}

/** The two messages that a question or a new try makes; with `regenerate` the user's message is the old one. */
export interface Sent {
  conversationId: string;
  userMessageId: string;
  assistantMessageId: string;
}

/**
 * Conversations and the answers being written in them. An answer belongs to this service: it goes on when its watchers
 * leave and ends by itself, by `stop`, or by `close`. One answer at a time per conversation.
 */
export class ConversationService {
  readonly #store: ConversationStore;
  readonly #list: ConversationList;
  readonly #running: RunningAnswers;
  readonly #views: ConversationViews;
  readonly #now: () => number;

  constructor({ database, answers, onUnexpectedError, now = Date.now }: ConversationServiceOptions) {
    this.#now = now;
    this.#store = new ConversationStore(database);
    this.#store.recover();
    this.#running = new RunningAnswers({
      store: this.#store,
      answers,
      onEvent: (conversationId, event) => this.#views.tell(conversationId, event),
      onChange: (conversationId) => this.#views.tellSnapshot(conversationId),
      onFinished: () => this.#list.changed(),
      onUnexpectedError: onUnexpectedError ?? (() => undefined),
      now,
    });
    this.#views = new ConversationViews({
      store: this.#store,
      live: (conversationId) => this.#running.live(conversationId),
    });
    this.#list = new ConversationList({
      database,
      store: this.#store,
      isAnswering: (conversationId) => this.#running.has(conversationId),
    });
  }

  list(input: { query?: string | undefined; limit: number }): ConversationSummary[] {
    return this.#list.read(input);
  }

  /** The list at once, then whenever it changes. Returns what removes the listener. */
  watchList(listener: ListListener): () => void {
    return this.#list.watch(listener);
  }

  create({ sourceIds }: { sourceIds: string[] | null }): Conversation {
    const now = this.#now();
    const stored = {
      id: randomUUID(),
      title: null,
      createdAt: now,
      updatedAt: now,
      activeMessageId: null,
      sourceIds,
    };
    this.#store.create(stored);
    this.#list.changed();
    return this.#views.get(stored.id);
  }

  /** @throws AppError `conversation_not_found`, as everything below. */
  get(conversationId: string): Conversation {
    return this.#views.get(conversationId);
  }

  /** A snapshot at once (and the phase of a running answer), then events. Returns what removes the listener. */
  watch(conversationId: string, listener: (event: ConversationEvent) => void): () => void {
    return this.#views.watch(conversationId, listener);
  }

  rename(conversationId: string, title: string): void {
    this.#views.stored(conversationId);
    this.#store.update(conversationId, { title });
    this.#changed(conversationId);
  }

  setSources(conversationId: string, sourceIds: string[] | null): void {
    this.#views.stored(conversationId);
    this.#store.update(conversationId, { sourceIds });
    this.#changed(conversationId);
  }

  /** Hides the conversation, stopping its answer. It is purged when Alcove next opens. */
  remove(conversationId: string): void {
    this.#views.stored(conversationId);
    this.#running.abort(conversationId);
    this.#store.setDeleted(conversationId, this.#now());
    this.#list.changed();
  }

  /** Brings back a removed conversation; one that was not removed stays as it is. */
  restore(conversationId: string): void {
    if (!this.#store.setDeleted(conversationId, null)) this.#views.stored(conversationId);
    this.#changed(conversationId);
  }

  /**
   * Saves the user's message and starts its answer; both are durable when this returns.
   *
   * @throws AppError `conversation_busy` while an answer is being written, `message_not_found` or `invalid_input` for a
   *   parent that is missing or not an answer, `disk_full`.
   */
  send({
    conversationId,
    parentId,
    text,
  }: {
    conversationId: string;
    parentId: string | null;
    text: string;
  }): Sent {
    const stored = this.#idle(conversationId);
    const messages = this.#store.messages(conversationId);
    checkParent(messages, parentId);
    const createdAt = this.#now();
    const user = newMessage({ conversationId, parentId, role: 'user', text, status: 'complete', createdAt });
    return this.#startAnswer(stored, [...messages, user], user, true);
  }

  /**
   * Answers a user message once more, on a branch of its own; `messageId` may also name one of its answers.
   *
   * @throws AppError `conversation_busy`, `message_not_found`, `disk_full`.
   */
  regenerate({ conversationId, messageId }: { conversationId: string; messageId: string }): Sent {
    const stored = this.#idle(conversationId);
    const messages = this.#store.messages(conversationId);
    const path = pathTo(messages, messageId);
    const user = path.findLast((message) => message.role === 'user');
    if (!user) throw messageNotFound();
    return this.#startAnswer(stored, messages, user, false);
  }

  /** Stops the answer being written, if any, and waits until what has arrived is saved. */
  async stop(conversationId: string): Promise<void> {
    await this.#running.stop(conversationId);
  }

  selectBranch(conversationId: string, messageId: string): void {
    this.#views.stored(conversationId);
    const messages = this.#store.messages(conversationId);
    if (!messages.some((message) => message.id === messageId)) throw messageNotFound();
    this.#store.update(conversationId, { activeMessageId: newestLeaf(messages, messageId) });
    this.#changed(conversationId);
  }

  /** Ends every answer as interrupted and waits until they are saved. */
  async close(): Promise<void> {
    await this.#running.close();
  }

  #startAnswer(
    stored: StoredConversation,
    messages: readonly Message[],
    user: Message,
    isNew: boolean,
  ): Sent {
    const conversationId = stored.id;
    const createdAt = this.#now();
    const assistant = newMessage({
      conversationId,
      parentId: user.id,
      role: 'assistant',
      text: '',
      status: 'streaming',
      createdAt,
    });
    this.#store.addMessages(isNew ? [user, assistant] : [assistant], conversationId, {
      updatedAt: createdAt,
      activeMessageId: assistant.id,
      title: stored.title ?? titleFrom(user.text),
    });
    this.#running.start(assistant, {
      question: user.text,
      exchanges: exchanges(pathTo(messages, user.parentId)),
      sourceIds: stored.sourceIds,
    });
    this.#changed(conversationId);
    return { conversationId, userMessageId: user.id, assistantMessageId: assistant.id };
  }

  #idle(conversationId: string): StoredConversation {
    const stored = this.#views.stored(conversationId);
    if (!this.#running.has(conversationId)) return stored;
    throw new AppError(
      'conversation_busy',
      'An answer is still being written here. Wait for it, or stop it first.',
    );
  }

  #changed(conversationId: string): void {
    this.#list.changed();
    this.#views.tellSnapshot(conversationId);
  }
}

function checkParent(messages: readonly Message[], parentId: string | null): void {
  if (parentId === null) return;
  const parent = messages.find((message) => message.id === parentId);
  if (!parent) throw messageNotFound();
  if (parent.role === 'assistant') return;
  throw new AppError(
    'invalid_input',
    'A message follows an answer. Edit the earlier message, or answer it again.',
  );
}

function messageNotFound(): AppError {
  return new AppError(
    'message_not_found',
    'This message no longer exists. Open the chat again to see what is there.',
  );
}
