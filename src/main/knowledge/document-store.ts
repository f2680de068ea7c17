import { transaction } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';
import { translateIndexDamage } from './damaged-index.ts';
import type { FileFacts, PreparedChunk } from './ingest-job.ts';
import type { ManifestRow } from './manifest.ts';

/** How a file ended, with all that is kept of it. */
export interface DocumentRecord {
  path: string;
  status: ManifestRow['status'];
  reason: string | null;
  sizeBytes: number;
  mtimeMs: number;
  sha256: string | null;
  version: string | null;
  content: DocumentContent | null;
}

export interface DocumentContent {
  format: string;
  language: string;
  title: string | null;
  lineCount: number;
  pathTerms: string;
  chunks: readonly PreparedChunk[];
}

/** A file whose time changed but whose bytes did not. */
export type TouchedFile = FileFacts & { documentId: number };

export interface DocumentChanges {
  records?: readonly DocumentRecord[];
  touched?: readonly TouchedFile[];
  removed?: readonly number[];
}

type Statements = ReturnType<typeof prepare>;

/** Documents, their chunks and search terms. A document is stored in one transaction with all that belongs to it. */
export class DocumentStore {
  readonly #database: Database;
  /** Tells whether vectors exist that must be dropped with their chunks. */
  readonly #hasVectors: () => boolean;
  #prepared: Statements | null = null;

  constructor(database: Database, hasVectors: () => boolean) {
    this.#database = database;
    this.#hasVectors = hasVectors;
  }

  /** Every document of a source by its path. */
  loadManifest(sourceId: string): Map<string, ManifestRow> {
    const rows = this.#translated(() => this.#statements.manifest.all(sourceId) as ManifestRow[]);
    return new Map(rows.map((row) => [row.path, row]));
  }

  /** Applies changes of one run in one transaction. @throws AppError `disk_full` or `index_damaged`. */
  apply(sourceId: string, run: number, changes: DocumentChanges): void {
    const apply = () => {
      for (const documentId of changes.removed ?? []) this.#remove(documentId);
      for (const file of changes.touched ?? []) {
        this.#statements.touch.run(file.sizeBytes, file.mtimeMs, file.documentId);
      }
      for (const record of changes.records ?? []) this.#put(sourceId, run, record);
    };
    this.#translated(() => transaction(this.#database, apply));
  }

  /** Removes up to `limit` documents of a source and tells how many there were. */
  removeSome(sourceId: string, limit: number): number {
    const rows = this.#statements.some.all(sourceId, limit) as { id: number }[];
    this.apply(sourceId, 0, { removed: rows.map((row) => row.id) });
    return rows.length;
  }

  get #statements(): Statements {
    return (this.#prepared ??= prepare(this.#database));
  }

  #remove(documentId: number): void {
    this.#removeContent(documentId);
    this.#statements.remove.run(documentId);
  }

  #removeContent(documentId: number): void {
    const { orphan, removeEmbedded, removeTerms, resetLastId, removeChunks } = this.#statements;
    if (this.#hasVectors()) orphan.run(documentId);
    removeEmbedded.run(documentId);
    // Not `run`: FTS5 leaves one of its own 64-bit keys behind as the last inserted id, which does not fit a number.
    removeTerms.all(documentId);
    resetLastId.run();
    removeChunks.run(documentId);
  }

  #translated<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw translateIndexDamage(error, this.#database);
    }
  }

  #put(sourceId: string, run: number, record: DocumentRecord): void {
    const { content } = record;
    const row = this.#statements.put.get(
      ...[
        sourceId,
        record.path,
        record.status,
        record.reason,
        record.sizeBytes,
        record.mtimeMs,
        record.sha256,
      ],
      ...[record.version, content?.format ?? null, content?.language ?? null, content?.title ?? null],
      ...[content?.lineCount ?? 0, run],
    ) as { id: number; chunk_count: number };
    if (row.chunk_count > 0) this.#removeContent(row.id);
    const chunkCount = content?.chunks.length ?? 0;
    if (row.chunk_count !== chunkCount) this.#statements.setChunkCount.run(chunkCount, row.id);
    if (content !== null) this.#insertChunks(row.id, content);
  }

  #insertChunks(documentId: number, content: DocumentContent): void {
    const { insertChunk, insertTerms } = this.#statements;
    for (const [ordinal, chunk] of content.chunks.entries()) {
      const { lastInsertRowid } = insertChunk.run(
        ...[documentId, ordinal, chunk.text, chunk.startLine, chunk.endLine, chunk.page],
        ...[chunk.heading, chunk.symbol, chunk.symbolKind],
      );
      insertTerms.run(lastInsertRowid, chunk.bodyTerms, chunk.symbolTerms, content.pathTerms);
    }
  }
}

function prepare(database: Database) {
  database.exec('CREATE TEMP TABLE IF NOT EXISTS last_id (id INTEGER PRIMARY KEY)');
  const ofDocument = 'SELECT id FROM chunks WHERE document_id = ?';
  return {
    manifest: database.prepare(
      `SELECT id AS documentId, relative_path AS path, status, reason, size_bytes AS sizeBytes, mtime_ms AS mtimeMs,
        sha256, ingest_version AS version, chunk_count AS chunkCount FROM documents WHERE source_id = ?`,
    ),
    some: database.prepare('SELECT id FROM documents WHERE source_id = ? LIMIT ?'),
    touch: database.prepare('UPDATE documents SET size_bytes = ?, mtime_ms = ? WHERE id = ?'),
    remove: database.prepare('DELETE FROM documents WHERE id = ?'),
    orphan: database.prepare(`INSERT OR IGNORE INTO orphaned_vectors ${ofDocument}`),
    removeEmbedded: database.prepare(`DELETE FROM embedded WHERE chunk_id IN (${ofDocument})`),
    removeTerms: database.prepare(`DELETE FROM chunk_terms WHERE rowid IN (${ofDocument})`),
    resetLastId: database.prepare('REPLACE INTO temp.last_id (id) VALUES (1)'),
    removeChunks: database.prepare('DELETE FROM chunks WHERE document_id = ?'),
    // `chunk_count` is left alone: what comes back is the count of chunks that still have to go.
    put: database.prepare(
      `INSERT INTO documents (source_id, relative_path, status, reason, size_bytes, mtime_ms, sha256, ingest_version,
        format, language, title, line_count, run)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (source_id, relative_path) DO UPDATE SET status = excluded.status, reason = excluded.reason,
        size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms, sha256 = excluded.sha256,
        ingest_version = excluded.ingest_version, format = excluded.format, language = excluded.language,
        title = excluded.title, line_count = excluded.line_count, run = excluded.run
      RETURNING id, chunk_count`,
    ),
    setChunkCount: database.prepare('UPDATE documents SET chunk_count = ? WHERE id = ?'),
    insertChunk: database.prepare(
      `INSERT INTO chunks (document_id, ordinal, text, start_line, end_line, page, heading, symbol, symbol_kind)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertTerms: database.prepare('INSERT INTO chunk_terms (rowid, body, symbol, path) VALUES (?, ?, ?, ?)'),
  };
}
