import { DatabaseSync } from '@photostructure/sqlite';
import type { AppError } from './app-error.ts';
import type { Database } from './database.ts';
import { dataDamaged, isDataDamaged, translateStorageError } from './storage-error.ts';

/** Reads all of a database file, which may be in use, and tells what is damaged in it: null for a sound one. */
export function findDamage(path: string): AppError | null {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    return row.quick_check === 'ok' ? null : dataDamaged(path, new Error(row.quick_check));
  } catch (error) {
    const translated = translateStorageError(error, path);
    if (isDataDamaged(translated)) return translated;
    throw translated;
  } finally {
    database?.close();
  }
}
