import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

const defaultMaxFileMegabytes = 50;

/**
 * The largest file to index, as chosen in the window. Read straight from its row: loading the whole settings with their
 * schema would cost a light command more than its work.
 */
export function readMaxFileBytes(dataDir: string): number {
  return readMaxFileMegabytes(join(dataDir, 'alcove.db')) * 1_048_576;
}

function readMaxFileMegabytes(path: string): number {
  if (!existsSync(path)) return defaultMaxFileMegabytes;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const select = database.prepare(`SELECT value FROM settings WHERE key = 'maxFileMegabytes'`);
    const row = select.get() as { value: string } | undefined;
    const value = Number(row?.value);
    return Number.isInteger(value) && value > 0 ? value : defaultMaxFileMegabytes;
  } catch {
    return defaultMaxFileMegabytes; // a database without the table has nothing chosen in it
  } finally {
    database.close();
  }
}
