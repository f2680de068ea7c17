import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { HealthCheck } from '@contract/app';
import { AppError } from '../platform/app-error.ts';
import type { Database } from '../platform/database.ts';
import { translateStorageError } from '../platform/storage-error.ts';
import { indexDamaged, isDamage, isKeptDamagedFile, noteDamagedIndex } from './damaged-index.ts';

/** Reads all of the index to find damage, and notes it for the next start; says where an earlier damaged one is kept. */
export function checkIndex(dataDir: string): Pick<HealthCheck, 'state' | 'detail'> {
  const path = join(dataDir, 'knowledge.db');
  if (!existsSync(path)) return { state: 'ok', detail: 'Nothing is indexed yet.' };
  const problem = findDamage(path);
  if (problem !== null) {
    noteDamagedIndex(dataDir);
    return { state: 'failed', detail: indexDamaged(dataDir, problem).message };
  }
  const kept = readdirSync(dataDir).filter(isKeptDamagedFile);
  if (kept.length === 0) return { state: 'ok', detail: 'The index is sound.' };
  const detail = `The index was damaged and has been built anew. What is left of it can be deleted from ${dataDir}: ${kept.join(', ')}`;
  return { state: 'warning', detail };
}

/** What is wrong with the file, null for a sound one. */
function findDamage(path: string): unknown {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    return row.quick_check === 'ok' ? null : new AppError('data_damaged', row.quick_check);
  } catch (error) {
    if (isDamage(translateStorageError(error))) return error;
    throw error;
  } finally {
    database?.close();
  }
}
