import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { AppError } from '../platform/app-error.ts';
import { ensureDataDir } from '../platform/data-folder.ts';
import { openDatabase, schemaVersion } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';
import { isDataDamaged, translateStorageError } from '../platform/storage-error.ts';
import { indexDamaged, isIndexNotedDamaged, replaceDamagedIndex } from './damaged-index.ts';
import { knowledgeMigrations } from './schema.ts';

/**
 * Opens `knowledge.db` of a data folder; for writing, a damaged one is replaced, as all of it can be derived again.
 * Read-only beside a running app, it fails while there is nothing to read.
 * @throws AppError `index_unavailable`, `index_damaged` (read-only), `data_folder_newer` or `data_folder_denied`.
 */
export function openKnowledgeDatabase(dataDir: string, isReadOnly: boolean): Database {
  if (isReadOnly) return openForReading(dataDir);
  ensureDataDir(dataDir);
  const open = () => openForWriting(dataDir);
  if (isIndexNotedDamaged(dataDir)) return replaceDamagedIndex(dataDir, open);
  try {
    return open();
  } catch (error) {
    if (isDataDamaged(error)) return replaceDamagedIndex(dataDir, open);
    throw error;
  }
}

function openForWriting(dataDir: string): Database {
  const path = join(dataDir, 'knowledge.db');
  const database = openDatabase({ path, migrations: knowledgeMigrations, durability: 'normal' });
  // What is deleted is overwritten: the text of a removed folder must not stay behind in free pages.
  database.exec('PRAGMA secure_delete = ON');
  return database;
}

function openForReading(dataDir: string): Database {
  const path = join(dataDir, 'knowledge.db');
  if (!existsSync(path)) throw nothingIndexed();
  const { database, version } = openExisting(dataDir, path);
  if (version === knowledgeMigrations.length) return database;
  database.close();
  if (version > knowledgeMigrations.length) {
    throw new AppError('data_folder_newer', 'This index was written by a newer Alcove. Update Alcove.');
  }
  throw version === 0 ? nothingIndexed() : needsUpgrade();
}

function openExisting(dataDir: string, path: string): { database: Database; version: number } {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    return { database, version: schemaVersion(database) };
  } catch (error) {
    database?.close();
    const translated = translateStorageError(error, path);
    throw isDataDamaged(translated) ? indexDamaged(dataDir, error) : translated;
  }
}

function nothingIndexed(): AppError {
  return new AppError(
    'index_unavailable',
    'Nothing is indexed yet. Add a folder in Alcove, or run: alcove index <folder>',
  );
}

function needsUpgrade(): AppError {
  return new AppError(
    'index_unavailable',
    'This index was written by an older Alcove. Start Alcove once, or run: alcove index <folder>',
  );
}
