import type { Hit, Passage } from '@contract/knowledge';
import { join } from 'node:path';
import type { Database } from '../../platform/database.ts';
import type { ScoredChunk } from './scored-chunk.ts';

type PassageRow = Omit<Passage, 'path'> & { sourcePath: string };

/** The chunks as hits, in the same order; a chunk that is gone by now is left out. */
export function readHits(database: Database, chunks: readonly ScoredChunk[]): Hit[] {
  const rows = database
    .prepare(
      `SELECT chunks.id AS chunkId, documents.id AS documentId, source_id AS sourceId, sources.path AS sourcePath,
         relative_path AS relativePath, start_line AS startLine, end_line AS endLine, page, heading, symbol, language,
         text
       FROM json_each(?) JOIN chunks ON chunks.id = value
         JOIN documents ON documents.id = document_id JOIN sources ON sources.id = source_id`,
    )
    .all(JSON.stringify(chunks.map(({ chunkId }) => chunkId))) as PassageRow[];
  const byChunk = new Map(rows.map((row) => [row.chunkId, row]));
  return chunks.flatMap(({ chunkId, score }) => {
    const row = byChunk.get(chunkId);
    return row === undefined ? [] : [toHit(row, score)];
  });
}

function toHit({ sourcePath, ...passage }: PassageRow, score: number): Hit {
  return { ...passage, path: join(sourcePath, passage.relativePath), score };
}
