import type { Database } from '../platform/database.ts';

/** A conversation that matches a search, and its best matching message (null when only its title matches). */
export interface ConversationMatch {
  conversationId: string;
  messageOrdinal: number | null;
}

/** Matching messages looked at; a conversation counts by its best one. */
const maxMatchingMessages = 2_000;

/** Scripts written without spaces: the index sees a whole run as one word, so these are searched as they stand. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * Conversations whose title or messages hold every word of `query` (the beginning of a word is enough), in no
 * particular order. A query without a letter or digit matches nothing.
 */
export function searchConversations(database: Database, query: string): ConversationMatch[] {
  const rows = unspaced.test(query) ? searchAsText(database, query.trim()) : searchWords(database, query);
  const best = new Map<string, number | null>();
  for (const { id, ordinal } of rows) {
    if (best.get(id) == null) best.set(id, ordinal);
  }
  return [...best].map(([conversationId, messageOrdinal]) => ({ conversationId, messageOrdinal }));
}

interface MatchRow {
  id: string;
  ordinal: number | null;
}

function searchWords(database: Database, query: string): MatchRow[] {
  const expression = matchExpression(query);
  if (expression === '') return [];
  const titles: unknown[] = database
    .prepare(
      `SELECT conversations.id AS id, NULL AS ordinal FROM conversation_title
       JOIN conversations ON conversations.ordinal = conversation_title.rowid
       WHERE conversation_title MATCH ? AND deleted_at IS NULL`,
    )
    .all(expression);
  const messages: unknown[] = database
    .prepare(
      `SELECT messages.conversation_id AS id, messages.ordinal AS ordinal
       FROM message_text JOIN messages ON messages.ordinal = message_text.rowid
       JOIN conversations ON conversations.id = messages.conversation_id
       WHERE message_text MATCH ? AND deleted_at IS NULL ORDER BY message_text.rank LIMIT ${maxMatchingMessages}`,
    )
    .all(expression);
  return [...titles, ...messages] as MatchRow[];
}

/** An FTS5 expression in which nothing the user typed is syntax: every word a quoted prefix, all of them wanted. */
function matchExpression(query: string): string {
  return wordsOf(query)
    .map((word) => `"${word}"*`)
    .join(' ');
}

function wordsOf(query: string): string[] {
  return query.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function searchAsText(database: Database, text: string): MatchRow[] {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows: unknown[] = database
    .prepare(
      `SELECT id, NULL AS ordinal FROM conversations WHERE title LIKE :pattern ESCAPE '\\' AND deleted_at IS NULL
       UNION ALL
       SELECT conversation_id, messages.ordinal FROM messages JOIN conversations ON conversations.id = conversation_id
       WHERE text LIKE :pattern ESCAPE '\\' AND status <> 'streaming' AND deleted_at IS NULL
       LIMIT ${maxMatchingMessages}`,
    )
    .all({ pattern });
  return rows as MatchRow[];
}

/** The text of a matching message around the first word of the query. */
export function readSnippet(database: Database, query: string, messageOrdinal: number): string | null {
  const row = database.prepare('SELECT text FROM messages WHERE ordinal = ?').get(messageOrdinal) as
    { text: string } | undefined;
  return row ? snippetOf(row.text, unspaced.test(query) ? [query.trim()] : wordsOf(query)) : null;
}

const charactersBefore = 32;
const charactersAfter = 96;

/** Looking for accents costs more than the rest of a search: beyond this, the snippet is the beginning. */
const maxFoldedCharacters = 20_000;

/** One line of `text` around the first of `words` it has, marked where it is cut. */
export function snippetOf(text: string, words: readonly string[]): string {
  const at = positionOf(text, words);
  const start = at <= charactersBefore ? 0 : text.indexOf(' ', at - charactersBefore) + 1 || at;
  const from = Math.min(start, at);
  const to = Math.min(text.length, at + charactersAfter);
  const cut = text
    .slice(from, to)
    .replace(/\p{Cs}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${cut}${to < text.length ? '…' : ''}`;
}

function positionOf(text: string, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join('|')})`, 'iu');
  const exact = text.search(pattern);
  if (exact !== -1) return exact;
  const anywhere = text.indexOf(words[0] ?? '');
  if (anywhere !== -1) return anywhere;
  const folded = fold(text.slice(0, maxFoldedCharacters));
  return Math.max(0, folded.search(new RegExp(words.map((word) => escaped(fold(word))).join('|'), 'iu')));
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Without accents, with as many characters as before, so that positions stay true. */
function fold(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (character) => character.normalize('NFD').charAt(0));
}
