import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import type { ReadingOptions } from '../../../src/main/knowledge/reading-pools.ts';

const defaultMaxFileBytes = 1_048_576;

export interface Workspace {
  /** The user's folder. */
  folder: string;
  dataDir: string;
  write(path: string, content: string | Uint8Array): string;
  remove(): void;
}

/** A folder to index and an empty data folder, in a temporary place. */
export function createWorkspace(files: Record<string, string> = {}): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'alcove-knowledge-')));
  const folder = join(root, 'folder');
  mkdirSync(folder);
  const write = (path: string, content: string | Uint8Array) => {
    const absolute = join(folder, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    return absolute;
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    folder,
    dataDir: join(root, 'data'),
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function openKnowledge(
  workspace: Workspace,
  reading: Partial<ReadingOptions>,
  maxFileBytes = defaultMaxFileBytes,
): Knowledge {
  return Knowledge.open({ dataDir: workspace.dataDir, settings: { maxFileBytes }, reading });
}

/** Adds the workspace's folder if need be, indexes it and returns how that went. */
export async function indexFolder(knowledge: Knowledge, workspace: Workspace) {
  const source = await knowledge.ensureSource(workspace.folder);
  const { durationMs: _, ...summary } = await knowledge.indexSource(source.id);
  return summary;
}

/** Relative paths of what a search finds. */
export async function find(knowledge: Knowledge, query: string): Promise<string[]> {
  const { hits } = await knowledge.search({ query, limit: 50, mode: 'lexical', filters: {} });
  return hits.map((hit) => hit.relativePath).sort();
}

/** All that the index says, without ids and times: equal for two indexes of the same files. */
export function dumpIndex(dataDir: string): unknown[] {
  const database = new DatabaseSync(join(dataDir, 'knowledge.db'), { readOnly: true });
  try {
    return database
      .prepare(
        `SELECT relative_path, status, reason, documents.sha256, chunk_count, ordinal, text, start_line, end_line,
          EXISTS (SELECT 1 FROM chunk_terms WHERE chunk_terms.rowid = chunks.id) AS has_terms
        FROM documents LEFT JOIN chunks ON document_id = documents.id ORDER BY relative_path, ordinal`,
      )
      .all() as unknown[];
  } finally {
    database.close();
  }
}

/** Rows that should not be there: chunks and terms without their document. */
export function countStrays(dataDir: string): number {
  const database = new DatabaseSync(join(dataDir, 'knowledge.db'), { readOnly: true });
  const { count } = database
    .prepare(
      `SELECT (SELECT count(*) FROM chunks WHERE document_id NOT IN (SELECT id FROM documents))
        + (SELECT count(*) FROM chunk_terms WHERE rowid NOT IN (SELECT id FROM chunks))
        + (SELECT count(*) FROM documents WHERE chunk_count <>
            (SELECT count(*) FROM chunks WHERE document_id = documents.id)) AS count`,
    )
    .get() as { count: number };
  database.close();
  return count;
}
