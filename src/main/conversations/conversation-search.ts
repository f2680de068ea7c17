import type { Database } from '../platform/database.ts';

/** A conversation that matches a search, and the text around the match (null when only its title matches). */
export interface ConversationMatch {
  conversationId: string;
  snippet: string | null;
}

/** Matching messages looked at; a conversation counts by its best one. */
const maxMatchingMessages = 2_000;
const snippetTokens = 12;
const snippetCharacters = 48;

/** Scripts written without spaces: the index sees a whole run as one word, so these are searched as they stand. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * Conversations whose title or messages hold every word of `query` (the beginning of a word is enough), in no
 * particular order. A query without a letter or digit matches nothing.
 */
export function searchConversations(database: Database, query: string): ConversationMatch[] {
  const rows = unspaced.test(query) ? searchAsText(database, query.trim()) : searchWords(database, query);
  const snippets = new Map<string, string | null>();
  for (const { id, snippet } of rows) {
    if (snippets.get(id) == null) snippets.set(id, snippet);
  }
  return [...snippets].map(([conversationId, snippet]) => ({ conversationId, snippet }));
}

interface MatchRow {
  id: string;
  snippet: string | null;
}

function searchWords(database: Database, query: string): MatchRow[] {
  const expression = matchExpression(query);
  if (expression === '') return [];
  const titles: unknown[] = database
    .prepare(
      `SELECT conversations.id AS id, NULL AS snippet FROM conversation_title
       JOIN conversations ON conversations.ordinal = conversation_title.rowid
       WHERE conversation_title MATCH ? AND deleted_at IS NULL`,
    )
    .all(expression);
  const messages: unknown[] = database
    .prepare(
      `SELECT messages.conversation_id AS id, snippet(message_text, 0, '', '', '…', ${snippetTokens}) AS snippet
       FROM message_text JOIN messages ON messages.ordinal = message_text.rowid
       JOIN conversations ON conversations.id = messages.conversation_id
       WHERE message_text MATCH ? AND deleted_at IS NULL ORDER BY message_text.rank LIMIT ${maxMatchingMessages}`,
    )
    .all(expression);
  return [...titles, ...messages] as MatchRow[];
}

/** An FTS5 expression in which nothing the user typed is syntax: every word a quoted prefix, all of them wanted. */
export function matchExpression(query: string): string {
  const words = query.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.map((word) => `"${word}"*`).join(' ');
}

function searchAsText(database: Database, text: string): MatchRow[] {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = database
    .prepare(
      `SELECT id, NULL AS text FROM conversations WHERE title LIKE :pattern ESCAPE '\\' AND deleted_at IS NULL
       UNION ALL
       SELECT conversation_id, text FROM messages JOIN conversations ON conversations.id = conversation_id
       WHERE text LIKE :pattern ESCAPE '\\' AND status <> 'streaming' AND deleted_at IS NULL
       LIMIT ${maxMatchingMessages}`,
    )
    .all({ pattern }) as unknown as { id: string; text: string | null }[];
  return rows.map((row) => ({ id: row.id, snippet: row.text === null ? null : around(row.text, text) }));
}

function around(text: string, match: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(match.toLowerCase()));
  const start = Math.max(0, at - snippetCharacters);
  const end = Math.min(text.length, at + match.length + snippetCharacters);
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
