import { join } from 'node:path';
import { knowledgeMigrations } from '../src/main/knowledge/schema.ts';
import { indexTerms } from '../src/main/knowledge/terms/terms.ts';
import { openDatabase, transaction } from '../src/main/platform/database.ts';
import type { Database } from '../src/main/platform/database.ts';
import type { TextWriter } from './generated-text.ts';

const chunksPerDocument = 5;

/** A knowledge database filled as the indexer fills it, without files. Chunk ids run from 1. */
export function generateIndex(folder: string, chunkCount: number, writer: TextWriter): Database {
  const path = join(folder, 'knowledge.db');
  const database = openDatabase({ path, migrations: knowledgeMigrations, durability: 'normal' });
  transaction(database, () => {
    database.exec("INSERT INTO sources (id, path, added_at) VALUES ('generated', '/generated', 0)");
    for (let document = 1; document <= chunkCount / chunksPerDocument; document++) {
      addDocument(database, document, writer);
    }
  });
  return database;
}

function addDocument(database: Database, document: number, writer: TextWriter): void {
  const path = `${writer.word(20)}/${writer.word(20)}-${document}.md`;
  database
    .prepare(
      `INSERT INTO documents (id, source_id, relative_path, status, size_bytes, mtime_ms, language)
       VALUES (?, 'generated', ?, 'indexed', 0, 0, 'markdown')`,
    )
    .run(document, path);
  for (let ordinal = 0; ordinal < chunksPerDocument; ordinal++) {
    const chunkId = (document - 1) * chunksPerDocument + ordinal + 1;
    const text = writer.text(100 + ((chunkId * 37) % 100));
    const heading = writer.text(3);
    database
      .prepare(
        `INSERT INTO chunks (id, document_id, ordinal, text, start_line, end_line, heading) VALUES (?, ?, ?, ?, 1, 1, ?)`,
      )
      .run(chunkId, document, ordinal, text, heading);
    database
      .prepare('INSERT INTO chunk_terms (rowid, body, symbol, path) VALUES (?, ?, ?, ?)')
      .run(chunkId, indexTerms(text), indexTerms(heading), indexTerms(path));
  }
}
