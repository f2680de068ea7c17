import type { FileRow, FileStatus } from '@contract/knowledge';
import type { Database } from '../platform/database.ts';

export interface FileListInput {
  sourceId: string;
  status?: FileStatus | undefined;
  query?: string | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

interface Row extends Omit<FileRow, 'documentId'> {
  documentId: number;
}

/** Indexed by an earlier run than the source's last one: that one did not need to read the file. */
const shownStatus = `CASE WHEN status = 'indexed' AND documents.run < sources.run THEN 'unchanged' ELSE status END`;

/** Files of a source by path, each with how it ended. Skipped ones have no id to open them by. */
export function listFiles(database: Database, input: FileListInput): { files: FileRow[]; total: number } {
  const { sourceId, status = null, query = '', offset = 0, limit = 100 } = input;
  const from = `FROM documents JOIN sources ON sources.id = source_id
    WHERE source_id = ?1 AND (?2 IS NULL OR ${shownStatus} = ?2)
      AND (?3 = '' OR instr(lower(relative_path), lower(?3)) > 0)`;
  const { total } = database.prepare(`SELECT count(*) AS total ${from}`).get(sourceId, status, query) as {
    total: number;
  };
  const rows = database
    .prepare(
      `SELECT documents.id AS documentId, relative_path AS relativePath, ${shownStatus} AS status, reason,
        size_bytes AS sizeBytes, chunk_count AS chunks, language ${from} ORDER BY relative_path LIMIT ?4 OFFSET ?5`,
    )
    .all(sourceId, status, query, limit, offset) as Row[];
  const files = rows.map((row) => ({ ...row, documentId: row.status === 'skipped' ? null : row.documentId }));
  return { files, total };
}
