import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { AppError } from '../platform/app-error.ts';
import { ensureDataDir } from '../platform/data-folder.ts';
import { openDatabase, schemaVersion } from '../platform/database.ts';
import type { Database } from '../platform/database.ts';
import { knowledgeMigrations } from './schema.ts';

/**
 * Opens `knowledge.db` of a data folder. Read-only beside a running app, it fails while there is nothing to read.
 * @throws AppError `index_unavailable` or `data_folder_newer`.
 */
export function openKnowledgeDatabase(dataDir: string, isReadOnly: boolean): Database {
  const path = join(dataDir, 'knowledge.db');
  if (isReadOnly) return openForReading(path);
  ensureDataDir(dataDir);
  const database = openDatabase({ path, migrations: knowledgeMigrations, durability: 'normal' });
  // What is deleted is overwritten: the text of a removed folder must not stay behind in free pages.
  database.exec('PRAGMA secure_delete = ON');
  return database;
}

function openForReading(path: string): Database {
  if (!existsSync(path)) throw nothingIndexed();
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  const version = schemaVersion(database);
  if (version === knowledgeMigrations.length) return database;
  database.close();
  if (version > knowledgeMigrations.length) {
    throw new AppError('data_folder_newer', 'This index was written by a newer Alcove. Update Alcove.');
  }
  throw version === 0 ? nothingIndexed() : needsUpgrade();
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
