import type { ConversationSummary } from '@contract/conversations';
import type { Database } from '../platform/database.ts';
import { readSnippet, searchConversations } from './conversation-search.ts';
import type { ConversationStore } from './conversation-store.ts';
import { untitled } from './title.ts';

/** How many conversations a watcher of the list is told of. */
const watchedLimit = 500;
const unlimited = -1;

export type ListListener = (summaries: ConversationSummary[]) => void;

export interface ConversationListOptions {
  database: Database;
  store: ConversationStore;
  isAnswering: (conversationId: string) => boolean;
}

/** The list of conversations, newest first, and those who watch it. */
export class ConversationList {
  readonly #options: ConversationListOptions;
  readonly #listeners = new Set<ListListener>();
  #isTelling = false;

  constructor(options: ConversationListOptions) {
    this.#options = options;
  }

  /** All conversations, or those whose title or messages match `query`. */
  read({ query, limit }: { query?: string | undefined; limit: number }): ConversationSummary[] {
    return query === undefined || query.trim() === '' ? this.#newest(limit) : this.#matching(query, limit);
  }

  /** The list at once, then after changes; those of one turn of the event loop are told together. */
  watch(listener: ListListener): () => void {
    this.#listeners.add(listener);
    listener(this.#newest(watchedLimit));
    return () => this.#listeners.delete(listener);
  }

  /** To be called after anything that changes the list. */
  changed(): void {
    if (this.#isTelling || this.#listeners.size === 0) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      const summaries = this.#newest(watchedLimit);
      for (const listener of [...this.#listeners]) listener(summaries);
    });
  }

  #newest(limit: number): ConversationSummary[] {
    return this.#options.store.list(limit).map(({ id, title, createdAt, updatedAt }) => ({
      id,
      title: title ?? untitled,
      createdAt,
      updatedAt,
      snippet: null,
      isAnswering: this.#options.isAnswering(id),
    }));
  }

  #matching(query: string, limit: number): ConversationSummary[] {
    const { database } = this.#options;
    const matches = searchConversations(database, query);
    const ordinals = new Map(matches.map((match) => [match.conversationId, match.messageOrdinal]));
    return this.#newest(unlimited)
      .filter((summary) => ordinals.has(summary.id))
      .slice(0, limit)
      .map((summary) => {
        const ordinal = ordinals.get(summary.id) ?? null;
        return { ...summary, snippet: ordinal === null ? null : readSnippet(database, query, ordinal) };
      });
  }
}
