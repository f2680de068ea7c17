import type { Migration } from '../platform/database.ts';

/**
 * Conversations, their messages (a tree by `parent_id`) and the full-text index of both.
 *
 * - `title` is null until the first message or the user gives one.
 * - The indexes read their text from the tables; triggers keep them in step. A message enters its index when it stops
 *   streaming and its text never changes afterwards, so saving half an answer costs no indexing.
 * - `secure-delete` makes the indexes forget the words of what is purged.
 */
export const conversationMigration: Migration = (database) => {
  database.exec(`
    CREATE TABLE conversations (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      title TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER,
      active_message_id TEXT,
      source_ids TEXT
    );
    CREATE INDEX conversations_by_update ON conversations (updated_at DESC);
    CREATE TABLE messages (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
      parent_id TEXT REFERENCES messages(id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
      text TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      status TEXT NOT NULL,
      mode TEXT,
      model_name TEXT,
      citations TEXT NOT NULL DEFAULT '[]',
      usage TEXT,
      duration_ms REAL,
      failure TEXT,
      notice TEXT
    );
    CREATE INDEX messages_by_conversation ON messages (conversation_id);
    CREATE INDEX messages_by_parent ON messages (parent_id);
    CREATE INDEX messages_streaming ON messages (status) WHERE status = 'streaming';

    CREATE VIRTUAL TABLE message_text USING fts5 (
      text, content = 'messages', content_rowid = 'ordinal', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE VIRTUAL TABLE conversation_title USING fts5 (
      title, content = 'conversations', content_rowid = 'ordinal', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);
    INSERT INTO conversation_title (conversation_title, rank) VALUES ('secure-delete', 1);

    CREATE TRIGGER message_added AFTER INSERT ON messages WHEN new.status <> 'streaming' BEGIN
      INSERT INTO message_text (rowid, text) VALUES (new.ordinal, new.text);
    END;
    CREATE TRIGGER message_finished AFTER UPDATE OF status ON messages
      WHEN old.status = 'streaming' AND new.status <> 'streaming' BEGIN
      INSERT INTO message_text (rowid, text) VALUES (new.ordinal, new.text);
    END;
    CREATE TRIGGER message_purged AFTER DELETE ON messages WHEN old.status <> 'streaming' BEGIN
      INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', old.ordinal, old.text);
    END;

    CREATE TRIGGER title_given AFTER UPDATE OF title ON conversations BEGIN
      INSERT INTO conversation_title (conversation_title, rowid, title)
        SELECT 'delete', old.ordinal, old.title WHERE old.title IS NOT NULL;
      INSERT INTO conversation_title (rowid, title) SELECT new.ordinal, new.title WHERE new.title IS NOT NULL;
    END;
    CREATE TRIGGER conversation_purged AFTER DELETE ON conversations WHEN old.title IS NOT NULL BEGIN
      INSERT INTO conversation_title (conversation_title, rowid, title) VALUES ('delete', old.ordinal, old.title);
    END;
  `);
};
