import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { AppError } from './app-error.ts';
import { translateStorageError } from './storage-error.ts';

export interface DataFolderOptions {
  /** The value of `--data-dir`; wins over everything. */
  flag?: string | undefined;
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  home?: string;
}

/**
 * Absolute path of the data folder: `--data-dir`, else `ALCOVE_DATA_DIR`, else the platform's place for application
 * data. Computed without Electron, so that the window and the command line agree.
 */
export function resolveDataDir(options: DataFolderOptions = {}): string {
  const { flag, env = process.env, platform = process.platform, home = homedir() } = options;
  const chosen = flag ?? env['ALCOVE_DATA_DIR'];
  if (chosen) return resolve(chosen);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Alcove');
  // Not the roaming profile: an index is large and belongs to this machine's files.
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Alcove');
  return join(dataHome(env, home), 'alcove');
}

/** The XDG specification asks to ignore a relative `XDG_DATA_HOME`. */
function dataHome(env: NodeJS.ProcessEnv, home: string): string {
  const configured = env['XDG_DATA_HOME'];
  return configured && isAbsolute(configured) ? configured : join(home, '.local', 'share');
}

/** Creates the data folder, readable by its owner only. @throws AppError when that is not possible. */
export function ensureDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError(
      'invalid_input',
      `The data folder ${dataDir} cannot be created. Choose another with --data-dir or ALCOVE_DATA_DIR.`,
      { data: { path: dataDir }, cause: error },
    );
  }
}

/** The right to write to a data folder. */
export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the one writer's place of a data folder. It is an exclusive transaction on `lock.db`: the system releases it
 * with the process, however that ends, so there is nothing stale to clean up.
 *
 * @throws AppError `data_folder_in_use` while another process (or another lock of this one) holds it,
 *   `data_folder_denied` for a folder that cannot be written to.
 */
export function lockDataDir(dataDir: string): DataFolderLock {
  ensureDataDir(dataDir);
  const database = lockDatabase(dataDir);
  writeHolder(dataDir);
  return { release: () => database.close() };
}

function lockDatabase(dataDir: string): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | null = null;
  try {
    database = new DatabaseSync(join(dataDir, 'lock.db'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw inUse(dataDir, error);
    throw translateStorageError(error, dataDir);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /locked|busy/i.test(error.message);
}

function inUse(dataDir: string, cause: unknown): AppError {
  const pid = readHolder(dataDir);
  return new AppError(
    'data_folder_in_use',
    `Another Alcove${pid === null ? '' : ` (process ${pid})`} is using ${dataDir}. ` +
      'Close it, or choose another folder with --data-dir.',
    { data: { path: dataDir, ...(pid !== null && { detail: `pid ${pid}` }) }, cause },
  );
}

function writeHolder(dataDir: string): void {
  try {
    writeFileSync(holderPath(dataDir), String(process.pid));
  } catch {
    // Only a hint: on a full disk Alcove must still open, to show what is there.
  }
}

/** Who wrote the lock last. A hint for the message only: the lock itself never depends on it. */
function readHolder(dataDir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(holderPath(dataDir), 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null; // no hint is as good as an unreadable one
  }
}

function holderPath(dataDir: string): string {
  return join(dataDir, 'lock.pid');
}
