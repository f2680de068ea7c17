import type { Database, Migration } from '../platform/database.ts';

/**
 * `knowledge.db`: sources, the manifest of their files, chunk text and its full-text index. It is separate from the
 * app's own database so that a long indexing transaction never makes a message wait for the write lock.
 *
 * - `sources.index_state` is what a restart does with the source: go on indexing (`unfinished`), look for changes
 *   (`finished`), leave it (`cancelled`), or complete its removal (`removing`). `run` counts its runs.
 * - `documents` has a row for every file met by the last walk, whatever became of it. `run` is the run that last read
 *   the file; `ingest_version` tells when that must happen again (see `manifest.ts`).
 * - `chunk_terms` is contentless: its columns hold search terms (see `terms/`), not text; `rowid` is `chunks.id`.
 * - `embedded` lists chunks whose vector is durable in LanceDB, by embedding model; `orphaned_vectors` lists chunk ids
 *   that are gone from SQLite but may still have a vector.
 */
const createTables = (database: Database) => {
  database.exec(`
    CREATE TABLE sources (
      id TEXT PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      added_at INTEGER NOT NULL,
      last_indexed_at INTEGER,
      is_paused INTEGER NOT NULL DEFAULT 0,
      index_state TEXT NOT NULL DEFAULT 'unfinished'
        CHECK (index_state IN ('unfinished', 'finished', 'cancelled', 'removing')),
      run INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE documents (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
      relative_path TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('indexed', 'skipped', 'failed')),
      reason TEXT,
      size_bytes INTEGER NOT NULL,
      mtime_ms REAL NOT NULL,
      sha256 TEXT,
      ingest_version TEXT,
      format TEXT,
      language TEXT,
      title TEXT,
      line_count INTEGER NOT NULL DEFAULT 0,
      chunk_count INTEGER NOT NULL DEFAULT 0,
      run INTEGER NOT NULL DEFAULT 0,
      UNIQUE (source_id, relative_path)
    );
    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      text TEXT NOT NULL,
      start_line INTEGER NOT NULL,
      end_line INTEGER NOT NULL,
      page INTEGER,
      heading TEXT,
      symbol TEXT,
      symbol_kind TEXT
    );
    CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);
    CREATE VIRTUAL TABLE chunk_terms USING fts5 (
      body, symbol, path,
      content = '', contentless_delete = 1, tokenize = 'ascii'
    );
    CREATE TABLE embedded (
      model_key TEXT NOT NULL,
      chunk_id INTEGER NOT NULL,
      PRIMARY KEY (model_key, chunk_id)
    ) WITHOUT ROWID;
    CREATE INDEX embedded_by_chunk ON embedded (chunk_id);
    CREATE TABLE orphaned_vectors (chunk_id INTEGER PRIMARY KEY);
  `);
};

export const knowledgeMigrations: readonly Migration[] = [createTables];
