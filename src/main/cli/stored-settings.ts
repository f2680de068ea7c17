import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

// Straight from their rows: loading the settings and the model library would cost a light command more than its work.

const defaultMaxFileMegabytes = 50;

/** The largest file to index, as chosen in the window. */
export function readMaxFileBytes(dataDir: string): number {
  const megabytes = Number(readValue(dataDir, `SELECT value FROM settings WHERE key = 'maxFileMegabytes'`));
  return (Number.isInteger(megabytes) && megabytes > 0 ? megabytes : defaultMaxFileMegabytes) * 1_048_576;
}

/**
 * Whether the user chose an embedding model; `open` where the first fitting one of the library serves, `none` where
 * there cannot be any or none is wanted.
 */
export function readEmbeddingChoice(dataDir: string): 'chosen' | 'open' | 'none' {
  const choice = readValue(
    dataDir,
    `SELECT ifnull(model_id, '') AS value FROM model_defaults WHERE role = 'embedding'`,
  );
  if (choice !== null) return choice === '' ? 'none' : 'chosen';
  const added = `SELECT path AS value FROM model_files
    UNION ALL SELECT value FROM settings WHERE key = 'modelsFolder' AND value <> 'null' LIMIT 1`;
  return existsSync(join(dataDir, 'models')) || readValue(dataDir, added) !== null ? 'open' : 'none';
}

/** The user's own folder of models; null for none. */
export function readModelsFolder(dataDir: string): string | null {
  const stored = readValue(dataDir, `SELECT value FROM settings WHERE key = 'modelsFolder'`);
  const folder: unknown = stored === null ? null : JSON.parse(stored);
  return typeof folder === 'string' ? folder : null;
}

/** The column `value` of the first row; null where there is none, or no such table. */
function readValue(dataDir: string, sql: string): string | null {
  const path = join(dataDir, 'alcove.db');
  if (!existsSync(path)) return null;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const row = database.prepare(sql).get() as { value: string } | undefined;
    return row?.value ?? null;
  } catch {
    return null; // a database without the table has nothing chosen in it
  } finally {
    database.close();
  }
}
