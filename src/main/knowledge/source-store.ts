import { randomUUID } from 'node:crypto';
import { transaction } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';

/** What a restart does with a source; see the schema. */
export type IndexState = 'unfinished' | 'finished' | 'cancelled' | 'removing';

export interface StoredSource {
  id: string;
  path: string;
  addedAt: number;
  lastIndexedAt: number | null;
  isPaused: boolean;
  indexState: IndexState;
  run: number;
}

export interface SourceCounts {
  indexed: number;
  skipped: number;
  failed: number;
  chunks: number;
  sizeBytes: number;
}

interface SourceRow {
  id: string;
  path: string;
  added_at: number;
  last_indexed_at: number | null;
  is_paused: number;
  index_state: IndexState;
  run: number;
}

interface CountRow {
  source_id: string;
  status: 'indexed' | 'skipped' | 'failed';
  files: number;
  chunks: number;
  size_bytes: number;
}

/** The folders the user gave. */
export class SourceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All sources, oldest first, those being removed too. */
  list(): StoredSource[] {
    const rows = this.#database.prepare('SELECT * FROM sources ORDER BY added_at, id').all() as SourceRow[];
    return rows.map(toSource);
  }

  get(id: string): StoredSource | null {
    const row = this.#database.prepare('SELECT * FROM sources WHERE id = ?').get(id) as SourceRow | undefined;
    return row === undefined ? null : toSource(row);
  }

  add(path: string): StoredSource {
    const id = randomUUID();
    const addedAt = Date.now();
    this.#run('INSERT INTO sources (id, path, added_at) VALUES (?, ?, ?)', id, path, addedAt);
    return {
      id,
      path,
      addedAt,
      lastIndexedAt: null,
      isPaused: false,
      indexState: 'unfinished',
      run: 0,
    };
  }

  setPaused(id: string, isPaused: boolean): void {
    this.#run('UPDATE sources SET is_paused = ? WHERE id = ?', Number(isPaused), id);
  }

  setState(id: string, state: IndexState): void {
    this.#run('UPDATE sources SET index_state = ? WHERE id = ?', state, id);
  }

  /** Marks the source as being indexed and returns the number of the new run. */
  startRun(id: string): number {
    this.#run(`UPDATE sources SET run = run + 1, index_state = 'unfinished' WHERE id = ?`, id);
    return this.get(id)?.run ?? 0;
  }

  finishRun(id: string): void {
    this.#run(
      `UPDATE sources SET index_state = 'finished', last_indexed_at = ? WHERE id = ?`,
      Date.now(),
      id,
    );
  }

  remove(id: string): void {
    this.#run('DELETE FROM sources WHERE id = ?', id);
  }

  /** Totals of each source. One pass over the manifest: not for every keystroke. */
  counts(): Map<string, SourceCounts> {
    const rows = this.#database
      .prepare(
        `SELECT source_id, status, count(*) AS files, sum(chunk_count) AS chunks, sum(size_bytes) AS size_bytes
        FROM documents GROUP BY source_id, status`,
      )
      .all() as CountRow[];
    const bySource = new Map<string, SourceCounts>();
    for (const row of rows) {
      const counts = bySource.get(row.source_id) ?? {
        indexed: 0,
        skipped: 0,
        failed: 0,
        chunks: 0,
        sizeBytes: 0,
      };
      counts[row.status] += row.files;
      counts.chunks += row.chunks;
      if (row.status === 'indexed') counts.sizeBytes += row.size_bytes;
      bySource.set(row.source_id, counts);
    }
    return bySource;
  }

  #run(sql: string, ...values: (string | number)[]): void {
    transaction(this.#database, () => this.#database.prepare(sql).run(...values));
  }
}

function toSource(row: SourceRow): StoredSource {
  return {
    id: row.id,
    path: row.path,
    addedAt: row.added_at,
    lastIndexedAt: row.last_indexed_at,
    isPaused: row.is_paused === 1,
    indexState: row.index_state,
    run: row.run,
  };
}
