import type { SearchFilters } from '@contract/knowledge';
import { AppError } from '../../platform/app-error.ts';
import type { Database } from '../../platform/database.ts';

const maxGlobLength = 1_000;

/** The chunks a search may return. */
export interface ChunkFilter {
  /** Ids of the documents let through, as a JSON array for `json_each`. */
  documentIdsJson: string;
  chunkIds: ReadonlySet<number>;
}

/** Resolves the filters of a search; null lets every chunk through. */
export async function resolveFilter(database: Database, filters: SearchFilters): Promise<ChunkFilter | null> {
  const { sourceIds, pathGlob, language } = filters;
  if (sourceIds === undefined && pathGlob === undefined && language === undefined) return null;
  const isMatch = pathGlob === undefined ? () => true : await compileGlob(pathGlob);
  const ids: number[] = [];
  for (const { id, path } of documentsWith(database, sourceIds, language)) if (isMatch(path)) ids.push(id);
  const documentIdsJson = JSON.stringify(ids);
  return { documentIdsJson, chunkIds: chunksOf(database, documentIdsJson) };
}

/** A glob without "/" (`*.md`) is about the file's name, wherever the file lies. */
async function compileGlob(glob: string): Promise<(path: string) => boolean> {
  if (glob.length > maxGlobLength) {
    throw new AppError(
      'invalid_input',
      `A path filter can have at most ${maxGlobLength} characters. Shorten it.`,
    );
  }
  const { default: picomatch } = await import('picomatch');
  return picomatch(glob, { dot: true, basename: !glob.includes('/') });
}

function documentsWith(
  database: Database,
  sourceIds: readonly string[] | undefined,
  language: string | undefined,
): { id: number; path: string }[] {
  return database
    .prepare(
      `SELECT id, relative_path AS path FROM documents
       WHERE status = 'indexed'
         AND (?1 IS NULL OR source_id IN (SELECT value FROM json_each(?1)))
         AND (?2 IS NULL OR language = lower(?2))`,
    )
    .all(sourceIds === undefined ? null : JSON.stringify(sourceIds), language ?? null) as {
    id: number;
    path: string;
  }[];
}

/** One string is far cheaper to hand over than a row for each chunk. */
function chunksOf(database: Database, documentIdsJson: string): Set<number> {
  const row = database
    .prepare(
      `SELECT json_group_array(id) AS ids FROM chunks
       WHERE document_id IN (SELECT value FROM json_each(?))`,
    )
    .get(documentIdsJson) as { ids: string };
  return new Set(JSON.parse(row.ids) as number[]);
}
