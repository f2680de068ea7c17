import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knowledgeMigrations } from '../../../src/main/knowledge/schema.ts';
import { indexTerms } from '../../../src/main/knowledge/terms/terms.ts';
import { openDatabase, transaction } from '../../../src/main/platform/database.ts';
import type { Database } from '../../../src/main/platform/database.ts';

export interface FixtureDocument {
  path: string;
  text: string | string[];
  source?: string;
  language?: string;
  symbol?: string;
}

export interface IndexFixture {
  folder: string;
  database: Database;
  /** Adds documents, each with one chunk or one for each text; returns the ids of the chunks. */
  add(documents: readonly FixtureDocument[]): number[];
  remove(chunkId: number): void;
  close(): void;
}

/** An index in a temporary folder, filled as the indexer fills it but without reading files. */
export function createIndexFixture(): IndexFixture {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-search-'));
  const path = join(folder, 'knowledge.db');
  const database = openDatabase({ path, migrations: knowledgeMigrations, durability: 'normal' });
  return {
    folder,
    database,
    add: (documents) =>
      transaction(database, () => documents.flatMap((document) => insert(database, document))),
    remove: (chunkId) => remove(database, chunkId),
    close: () => {
      if (database.isOpen) database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function insert(database: Database, document: FixtureDocument): number[] {
  const { path, text, source = 'notes', language = 'markdown', symbol = null } = document;
  database
    .prepare('INSERT OR IGNORE INTO sources (id, path, added_at) VALUES (?, ?, 0)')
    .run(source, `/given/${source}`);
  const documentId = database
    .prepare(
      `INSERT INTO documents (source_id, relative_path, status, size_bytes, mtime_ms, language)
       VALUES (?, ?, 'indexed', 1, 1, ?)`,
    )
    .run(source, path, language).lastInsertRowid;
  return [text].flat().map((chunk, ordinal) => {
    const chunkId = database
      .prepare(
        `INSERT INTO chunks (document_id, ordinal, text, start_line, end_line, symbol) VALUES (?, ?, ?, 1, 1, ?)`,
      )
      .run(documentId, ordinal, chunk, symbol).lastInsertRowid;
    database
      .prepare('INSERT INTO chunk_terms (rowid, body, symbol, path) VALUES (?, ?, ?, ?)')
      .run(chunkId, indexTerms(chunk), indexTerms(symbol ?? ''), indexTerms(path));
    return Number(chunkId);
  });
}

function remove(database: Database, chunkId: number): void {
  const deleteTerms = database.prepare('DELETE FROM chunk_terms WHERE rowid = ?');
  // FTS5 leaves a row id of its own behind, which is larger than a safe integer.
  deleteTerms.setReadBigInts(true);
  deleteTerms.run(chunkId);
  database.exec(`
    DELETE FROM embedded WHERE chunk_id = ${chunkId};
    DELETE FROM chunks WHERE id = ${chunkId};
    INSERT INTO orphaned_vectors (chunk_id) VALUES (${chunkId});
  `);
}

/** A generator of the same numbers in every run, 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
