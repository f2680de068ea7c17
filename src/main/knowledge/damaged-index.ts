import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { AppError } from '../platform/app-error.ts';
import { transaction } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';
import { isDataDamaged, translateStorageError } from '../platform/storage-error.ts';

/** What is known of a folder whose index was lost. */
interface FolderRow {
  id: string;
  path: string;
  added_at: number;
  is_paused: number;
  index_state: string;
}

/**
 * Notes that the index in this data folder is damaged, so that the next start builds it again. Damage inside the file
 * shows only when that part is read: opening does not find it.
 */
export function noteDamagedIndex(dataDir: string): void {
  try {
    writeFileSync(notePath(dataDir), '');
  } catch {
    // A folder that cannot be written to cannot hold a new index either; the damage is met, and told, again.
  }
}

export function isIndexNotedDamaged(dataDir: string): boolean {
  return existsSync(notePath(dataDir));
}

/** Like `translateStorageError` for an open index: damage is noted, and becomes `index_damaged`. */
export function translateIndexDamage(error: unknown, database: Database): unknown {
  const path = database.location();
  const translated = translateStorageError(error);
  if (path === null || !isDataDamaged(translated)) return translated;
  noteDamagedIndex(dirname(path));
  return indexDamaged(dirname(path), error);
}

export function indexDamaged(dataDir: string, cause: unknown): AppError {
  return new AppError(
    'index_damaged',
    'The index is damaged. Alcove builds it again from your folders when it is next started, or with: alcove index <folder>',
    { data: { path: indexPath(dataDir) }, cause },
  );
}

/**
 * Makes room for a new index: keeps the damaged file as `knowledge.db.damaged-<time>` and drops the vectors, which
 * belong to its chunks. What can still be read of its folders is put into the database that `open` makes.
 */
export function replaceDamagedIndex(dataDir: string, open: () => Database): Database {
  const keptPath = setAside(dataDir);
  rmSync(join(dataDir, 'vectors'), { recursive: true, force: true });
  const database = open();
  restoreFolders(database, readFolders(keptPath));
  rmSync(notePath(dataDir), { force: true });
  return database;
}

/** Whether a name in the data folder is that of a damaged index that was set aside. */
export function isKeptDamagedFile(name: string): boolean {
  return name.startsWith('knowledge.db.damaged-');
}

function setAside(dataDir: string): string {
  const path = indexPath(dataDir);
  const keptPath = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  // The log first: without it the file still opens, and a new file never meets an old log.
  for (const suffix of ['-wal', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, keptPath + suffix);
  }
  rmSync(`${path}-shm`, { force: true });
  return keptPath;
}

function readFolders(path: string): FolderRow[] {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const select = `SELECT id, path, added_at, is_paused, index_state FROM sources WHERE index_state <> 'removing'`;
    return database.prepare(select).all() as FolderRow[];
  } catch {
    return []; // the list of folders is damaged too: the user adds them again
  } finally {
    database?.close();
  }
}

/** With their ids, which conversations know them by. */
function restoreFolders(database: Database, folders: readonly FolderRow[]): void {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO sources (id, path, added_at, is_paused, index_state) VALUES (?, ?, ?, ?, ?)',
  );
  transaction(database, () => {
    for (const { id, path, added_at, is_paused, index_state } of folders) {
      insert.run(id, path, added_at, is_paused, index_state === 'cancelled' ? 'cancelled' : 'unfinished');
    }
  });
}

function indexPath(dataDir: string): string {
  return join(dataDir, 'knowledge.db');
}

function notePath(dataDir: string): string {
  return join(dataDir, 'knowledge.db.is-damaged');
}
