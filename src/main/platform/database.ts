import { existsSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { AppError } from './app-error.ts';
import { translateStorageError } from './storage-error.ts';

export type Database = DatabaseSyncInstance;

/** One schema step. Its position in the list, counted from 1, is the `user_version` it leads to. */
export type Migration = (database: Database) => void;

export interface OpenDatabaseOptions {
  path: string;
  migrations: readonly Migration[];
  /**
   * `full` waits for the disk on each commit and survives power loss; `normal` survives kill -9 but may lose the
   * newest commits on power loss. Use `normal` only for what can be derived again.
   */
  durability: 'full' | 'normal';
}

/**
 * Opens (creating if absent) a SQLite file in WAL mode and brings its schema up to date. Before migrating a file
 * that already holds data, a backup is kept beside it as `<path>.v<version>.bak`.
 *
 * @throws AppError `data_folder_newer` when a newer Alcove has already migrated the file, else `data_damaged`,
 *   `data_folder_denied` or `disk_full`.
 */
export function openDatabase({ path, migrations, durability }: OpenDatabaseOptions): Database {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 5_000 });
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; PRAGMA foreign_keys = ON;`);
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw translateStorageError(error, path);
  }
}

function migrate(database: Database, path: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(database);
  if (version > migrations.length) {
    throw new AppError(
      'data_folder_newer',
      'This data was written by a newer Alcove. Update Alcove, or start it with another data folder.',
      { data: { path } },
    );
  }
  if (version === migrations.length) return;
  if (version > 0) backUp(database, `${path}.v${version}.bak`);
  for (let next = version; next < migrations.length; next++) {
    const migration = migrations[next];
    if (!migration) break;
    transaction(database, () => {
      migration(database);
      database.exec(`PRAGMA user_version = ${next + 1}`);
    });
  }
}

/** `VACUUM INTO` refuses an existing target: a backup left by an interrupted migration is still good. */
function backUp(database: Database, target: string): void {
  if (!existsSync(target)) database.prepare('VACUUM INTO ?').run(target);
}

export function schemaVersion(database: Database): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}

/**
 * Runs `work` in one immediate transaction: all of it is kept, or none. Not re-entrant.
 * @throws AppError `disk_full`, `data_damaged` or `data_folder_denied` for what the disk does; errors of `work` as they are.
 */
export function transaction<Result>(database: Database, work: () => Result): Result {
  begin(database);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw translateStorageError(error);
  }
}

function begin(database: Database): void {
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    throw translateStorageError(error);
  }
}
