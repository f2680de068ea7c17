import type { Message } from '@contract/conversations';
import { sourceId } from '@contract/knowledge';
import { z } from 'zod';
import { transaction } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';
import { fromJson, messageFromRow, toJson } from './message-row.ts';
import type { MessageRow } from './message-row.ts';

/** A conversation without its messages. */
export interface StoredConversation {
  id: string;
  /** Null until the first message or the user gives one. */
  title: string | null;
  createdAt: number;
  updatedAt: number;
  activeMessageId: string | null;
  sourceIds: string[] | null;
}

/** What of a conversation can change. */
export type ConversationPatch = Partial<Omit<StoredConversation, 'id' | 'createdAt'>>;

interface ConversationRow {
  id: string;
  title: string | null;
  created_at: number;
  updated_at: number;
  active_message_id: string | null;
  source_ids: string | null;
}

const conversationColumns = 'id, title, created_at, updated_at, active_message_id, source_ids';

/**
 * Conversations and messages in SQLite. Each method is one transaction: what returned is durable, what threw changed
 * nothing. Throws AppError `disk_full` when there is no space.
 */
export class ConversationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec('PRAGMA secure_delete = ON');
  }

  /**
   * Brings order after the last run, however it ended: answers it was still writing become `interrupted` and keep
   * their text; deleted conversations and those nobody wrote in are purged.
   */
  recover(): void {
    const purged = this.#write(() => {
      this.#run(`UPDATE messages SET status = 'interrupted' WHERE status = 'streaming'`);
      return this.#run(
        `DELETE FROM conversations WHERE deleted_at IS NOT NULL OR (title IS NULL
           AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id))`,
      );
    });
    // What was purged must not linger in the write-ahead log either.
    if (purged > 0) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** The conversations that are not deleted, newest first. */
  list(limit: number): StoredConversation[] {
    const rows = this.#database
      .prepare(
        `SELECT ${conversationColumns} FROM conversations WHERE deleted_at IS NULL
         ORDER BY updated_at DESC, ordinal DESC LIMIT ?`,
      )
      .all(limit) as ConversationRow[];
    return rows.map(conversationFromRow);
  }

  find(id: string): StoredConversation | null {
    const row = this.#database
      .prepare(`SELECT ${conversationColumns} FROM conversations WHERE id = ? AND deleted_at IS NULL`)
      .get(id) as ConversationRow | undefined;
    return row ? conversationFromRow(row) : null;
  }

  /** All messages of a conversation, every branch, oldest first. */
  messages(conversationId: string): Message[] {
    const rows = this.#database
      .prepare('SELECT * FROM messages WHERE conversation_id = ? ORDER BY ordinal')
      .all(conversationId) as MessageRow[];
    return rows.map(messageFromRow);
  }

  create(conversation: StoredConversation): void {
    this.#write(() => {
      this.#run(
        'INSERT INTO conversations (id, created_at, updated_at, source_ids) VALUES (?, ?, ?, ?)',
        conversation.id,
        conversation.createdAt,
        conversation.updatedAt,
        toJson(conversation.sourceIds),
      );
      if (conversation.title !== null) this.#patch(conversation.id, { title: conversation.title });
    });
  }

  update(id: string, patch: ConversationPatch): void {
    this.#write(() => this.#patch(id, patch));
  }

  /** Hides (`deletedAt` set) or brings back (null) a conversation; false when there is none to change. */
  setDeleted(id: string, deletedAt: number | null): boolean {
    const from = deletedAt === null ? 'NOT NULL' : 'NULL';
    return this.#write(
      () =>
        this.#run(
          `UPDATE conversations SET deleted_at = ? WHERE id = ? AND deleted_at IS ${from}`,
          deletedAt,
          id,
        ) > 0,
    );
  }

  /** Adds messages in order and changes their conversation with them, all or nothing. */
  addMessages(messages: readonly Message[], conversationId: string, patch: ConversationPatch): void {
    this.#write(() => {
      for (const message of messages) this.#insertMessage(message);
      this.#patch(conversationId, patch);
    });
  }

  /** Saves the text an answer has so far; it stays `streaming`. */
  saveText(messageId: string, text: string): void {
    this.#write(() =>
      this.#run(`UPDATE messages SET text = ? WHERE id = ? AND status = 'streaming'`, text, messageId),
    );
  }

  /** Saves an answer that is no longer streaming, and the moment its conversation changed. */
  finishMessage(message: Message, updatedAt: number): void {
    this.#write(() => {
      this.#run(
        `UPDATE messages SET text = ?, status = ?, mode = ?, model_name = ?, citations = ?, usage = ?,
           duration_ms = ?, failure = ?, notice = ? WHERE id = ?`,
        message.text,
        message.status,
        message.mode,
        message.modelName,
        JSON.stringify(message.citations),
        toJson(message.usage),
        message.durationMs,
        toJson(message.failure),
        message.notice,
        message.id,
      );
      this.#patch(message.conversationId, { updatedAt });
    });
  }

  #insertMessage(message: Message): void {
    this.#run(
      `INSERT INTO messages (id, conversation_id, parent_id, role, text, created_at, status)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      message.id,
      message.conversationId,
      message.parentId,
      message.role,
      message.text,
      message.createdAt,
      message.status,
    );
  }

  #patch(id: string, patch: ConversationPatch): void {
    const { title, updatedAt, activeMessageId, sourceIds } = patch;
    const set = (column: string, value: string | number | null) =>
      this.#run(`UPDATE conversations SET ${column} = ? WHERE id = ?`, value, id);
    if (title !== undefined) set('title', title);
    if (updatedAt !== undefined) set('updated_at', updatedAt);
    if (activeMessageId !== undefined) set('active_message_id', activeMessageId);
    if (sourceIds !== undefined) set('source_ids', toJson(sourceIds));
  }

  /** Number of rows changed. */
  #run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes);
  }

  #write<Result>(work: () => Result): Result {
    return transaction(this.#database, work);
  }
}

function conversationFromRow(row: ConversationRow): StoredConversation {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activeMessageId: row.active_message_id,
    sourceIds: fromJson(row.source_ids, z.array(sourceId).nullable(), null),
  };
}
