import { join } from 'node:path';
import type { DocumentView } from '@contract/knowledge';
import { AppError } from '../platform/app-error.ts';
import type { Database } from '../platform/database.ts';
import { describeAccess, describeUnread, grownTooLarge } from './document-access.ts';
import { DocumentText } from './document-text.ts';
import type { DocumentTextOptions, ShownText } from './document-text.ts';
import { readSourceFileRange, statSourceFile } from './source-file.ts';

interface DocumentRow {
  id: number;
  source_id: string;
  root: string;
  relative_path: string;
  format: string | null;
  language: string | null;
  sha256: string | null;
}

export interface LineWindow {
  firstLine: number;
  lineCount: number;
}

/** Shows indexed files as they are on disk now. Never reads what is outside their source. */
export class DocumentReader {
  readonly #database: Database;
  readonly #maxFileBytes: () => number;
  readonly #text: DocumentText;

  constructor(database: Database, options: DocumentTextOptions) {
    this.#database = database;
    this.#maxFileBytes = options.maxFileBytes;
    this.#text = new DocumentText(options);
  }

  /** Lines of the extracted text. @throws AppError `document_not_found`, `document_missing`, `document_unreadable`. */
  async view(
    documentId: number,
    { firstLine, lineCount }: LineWindow,
    signal?: AbortSignal,
  ): Promise<DocumentView> {
    const row = this.#find(documentId);
    const { lines, sizeBytes, sha256 } = await this.#read(row, signal);
    return {
      documentId,
      sourceId: row.source_id,
      path: pathOf(row),
      relativePath: row.relative_path,
      format: row.format ?? 'text',
      language: row.language,
      sizeBytes,
      isStale: sha256 !== row.sha256,
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
    return pathOf(row);
  }

  /** Ends the thread that reads documents. */
  close(): Promise<void> {
    return this.#text.close();
  }

  async #read(row: DocumentRow, signal: AbortSignal | undefined): Promise<ShownText> {
    const { id: documentId, root, relative_path: relativePath } = row;
    const facts = this.#access(row, () => statSourceFile(root, relativePath));
    if (facts.sizeBytes > this.#maxFileBytes()) throw grownTooLarge(pathOf(row));
    const text = await this.#text.read({ documentId, root, relativePath, ...facts }, signal);
    if ('kind' in text) throw describeUnread(pathOf(row), text);
    return text;
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
      throw describeAccess(pathOf(row), error);
    }
  }
}

function pathOf({ root, relative_path }: DocumentRow): string {
  return join(root, relative_path);
}
