import type { Database } from '../../platform/database.ts';
import type { EmbeddableChunk } from './embedded-text.ts';

export interface PendingChunk extends EmbeddableChunk {
  chunkId: number;
  sourceId: string;
}

/**
 * What SQLite knows of embeddings: which chunks have a vector that is safely in LanceDB, and which vectors have lost
 * their chunk. Each method is one statement, so it may run while an indexing transaction is open.
 */
export class EmbeddingLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  countChunks(): number {
    return this.#count('SELECT count(*) AS count FROM chunks');
  }

  countEmbedded(modelKey: string): number {
    return this.#count('SELECT count(*) AS count FROM embedded WHERE model_key = ?', modelKey);
  }

  /** Chunks after `afterId` without a vector of this model, in the order of their ids. */
  pending(modelKey: string, afterId: number, limit: number): PendingChunk[] {
    return this.#database
      .prepare(
        `SELECT chunks.id AS chunkId, source_id AS sourceId, relative_path AS relativePath, heading, symbol, text
         FROM chunks JOIN documents ON documents.id = document_id
         WHERE chunks.id > ?1
           AND NOT EXISTS (SELECT 1 FROM embedded WHERE model_key = ?2 AND chunk_id = chunks.id)
         ORDER BY chunks.id LIMIT ?3`,
      )
      .all(afterId, modelKey, limit) as PendingChunk[];
  }

  /** Chunks spread evenly over the index. */
  everyNth(step: number): EmbeddableChunk[] {
    return this.#database
      .prepare(
        `SELECT relative_path AS relativePath, heading, symbol, text
         FROM chunks JOIN documents ON documents.id = document_id WHERE chunks.id % ? = 0 ORDER BY chunks.id`,
      )
      .all(step) as EmbeddableChunk[];
  }

  /** Records durable vectors; those whose chunk went away meanwhile become orphans. */
  markEmbedded(modelKey: string, chunkIds: readonly number[]): void {
    const ids = JSON.stringify(chunkIds);
    this.#run(
      `INSERT OR IGNORE INTO orphaned_vectors (chunk_id)
       SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM chunks)`,
      ids,
    );
    this.#run(
      `INSERT OR IGNORE INTO embedded (model_key, chunk_id)
       SELECT ?, id FROM chunks WHERE id IN (SELECT value FROM json_each(?))`,
      modelKey,
      ids,
    );
  }

  /** Of these chunks, those that have no vector on record. */
  unrecorded(modelKey: string, chunkIds: readonly number[]): number[] {
    const rows = this.#database
      .prepare(
        `SELECT value AS id FROM json_each(?)
         WHERE value NOT IN (SELECT chunk_id FROM embedded WHERE model_key = ?)`,
      )
      .all(JSON.stringify(chunkIds), modelKey) as { id: number }[];
    return rows.map(({ id }) => id);
  }

  orphans(limit: number): number[] {
    const rows = this.#database.prepare('SELECT chunk_id AS id FROM orphaned_vectors LIMIT ?').all(limit);
    return (rows as { id: number }[]).map(({ id }) => id);
  }

  forgetOrphans(chunkIds: readonly number[]): void {
    const ids = JSON.stringify(chunkIds);
    this.#run('DELETE FROM orphaned_vectors WHERE chunk_id IN (SELECT value FROM json_each(?))', ids);
  }

  /** The vectors of this model are gone: all of its chunks are pending again. */
  forgetModel(modelKey: string): void {
    this.#run('DELETE FROM embedded WHERE model_key = ?', modelKey);
  }

  forgetOtherModels(modelKey: string): void {
    this.#run('DELETE FROM embedded WHERE model_key <> ?', modelKey);
  }

  /**
   * Deleting from the full-text index leaves the connection with a last row id larger than a safe integer, which the
   * driver would refuse to return from whatever statement runs next.
   */
  #run(sql: string, ...parameters: string[]): void {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    statement.run(...parameters);
  }

  #count(sql: string, ...parameters: string[]): number {
    const row = this.#database.prepare(sql).get(...parameters) as { count: number };
    return row.count;
  }
}
