import { join } from 'node:path';
import type { DocumentView } from '@contract/knowledge';
import { AppError } from '../platform/app-error.ts';
import type { Database } from '../platform/database.ts';
import {
  FileTooLarge,
  NotASourceFile,
  readSourceFile,
  readSourceFileRange,
  statSourceFile,
} from './source-file.ts';
import type { FileContent } from './source-file.ts';
import { describe, errorCode } from './walker.ts';

interface DocumentRow {
  id: number;
  source_id: string;
  root: string;
  relative_path: string;
  format: string | null;
  language: string | null;
  sha256: string | null;
}

interface ExtractedText {
  /** The bytes it came from. */
  sha256: string;
  lines: string[];
}

export interface LineWindow {
  firstLine: number;
  lineCount: number;
}

/** Shows indexed files as they are on disk now. Never reads what is outside their source. */
export class DocumentReader {
  readonly #database: Database;
  readonly #maxFileBytes: () => number;
  /** The document shown last: a viewer asks for many windows of one file. */
  #shown: (ExtractedText & { documentId: number }) | null = null;

  constructor(database: Database, maxFileBytes: () => number) {
    this.#database = database;
    this.#maxFileBytes = maxFileBytes;
  }

  /** Lines of the extracted text. @throws AppError `document_not_found`, `document_missing`, `document_unreadable`. */
  async view(documentId: number, { firstLine, lineCount }: LineWindow): Promise<DocumentView> {
    const row = this.#find(documentId);
    const content = this.#access(row, () =>
      readSourceFile(row.root, row.relative_path, { maxFileBytes: this.#maxFileBytes() }),
    );
    const { lines } = await this.#extract(row, content);
    return {
      documentId,
      sourceId: row.source_id,
      path: join(row.root, row.relative_path),
      relativePath: row.relative_path,
      format: row.format ?? 'text',
      language: row.language,
      sizeBytes: content.sizeBytes,
      isStale: content.sha256 !== row.sha256,
      firstLine,
      lines: lines.slice(firstLine - 1, firstLine - 1 + lineCount),
      totalLines: lines.length,
    };
  }

  /** A range of the file's own bytes. */
  bytes(
    documentId: number,
    range: { offset: number; length: number },
  ): { base64: string; sizeBytes: number } {
    const row = this.#find(documentId);
    const { bytes, sizeBytes } = this.#access(row, () =>
      readSourceFileRange(row.root, row.relative_path, range),
    );
    return { base64: bytes.toString('base64'), sizeBytes };
  }

  /** Absolute path of a document whose file is there now. */
  path(documentId: number): string {
    const row = this.#find(documentId);
    this.#access(row, () => statSourceFile(row.root, row.relative_path));
    return join(row.root, row.relative_path);
  }

  async #extract(row: DocumentRow, content: FileContent): Promise<ExtractedText> {
    const shown = this.#shown;
    if (shown?.documentId === row.id && shown.sha256 === content.sha256) return shown;
    const { ingest } = await import('./ingest.ts');
    const { text } = await ingest({ path: row.relative_path, bytes: content.bytes });
    this.#shown = { documentId: row.id, sha256: content.sha256, lines: text.split('\n') };
    return this.#shown;
  }

  #find(documentId: number): DocumentRow {
    const row = this.#database
      .prepare(
        `SELECT documents.id, source_id, sources.path AS root, relative_path, format, language, sha256
        FROM documents JOIN sources ON sources.id = source_id WHERE documents.id = ?`,
      )
      .get(documentId) as DocumentRow | undefined;
    if (row !== undefined) return row;
    throw new AppError(
      'document_not_found',
      'This document is no longer in the index. Search again to find it.',
    );
  }

  #access<Result>(row: DocumentRow, read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      throw describeAccess(join(row.root, row.relative_path), error);
    }
  }
}

function describeAccess(path: string, error: unknown): unknown {
  const options = { data: { path }, cause: error };
  const code = errorCode(error);
  if (error instanceof FileTooLarge) {
    return new AppError(
      'document_unreadable',
      'This file has grown beyond the limit set in Settings.',
      options,
    );
  }
  if (error instanceof NotASourceFile || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
    return new AppError('document_missing', `${path} is gone or was moved. Refresh its folder.`, options);
  }
  return code === undefined ? error : new AppError('document_unreadable', describe(error, 'file'), options);
}
