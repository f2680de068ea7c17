import { AppError } from './app-error.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const sqlite = { perm: 3, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;
/** The shared-memory file beside the database could not grow: to a user, the disk is full. */
const shmSizeFailed = 4_874;

/**
 * Turns what SQLite says about the disk into an error with a next step: `disk_full`, `data_damaged` or
 * `data_folder_denied`. Anything else passes as it is.
 */
export function translateStorageError(error: unknown, path?: string): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  const options = { cause: error, ...(path !== undefined && { data: { path } }) };
  const what = path ?? 'Alcove’s data folder';
  if (code === shmSizeFailed) return diskFull(options);
  switch (code & 0xff) {
    case sqlite.full:
      return diskFull(options);
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return dataDamaged(path, error);
    case sqlite.perm:
    case sqlite.readOnly:
    case sqlite.cannotOpen:
      return new AppError(
        'data_folder_denied',
        `Alcove cannot write to ${what}. Change its permissions, or choose another data folder with --data-dir.`,
        options,
      );
    default:
      return error;
  }
}

function diskFull(options: ErrorOptions): AppError {
  return new AppError(
    'disk_full',
    'The disk that holds Alcove’s data is full. What was saved before is kept. Free some space and try again.',
    options,
  );
}

/** Whether an error is what `translateStorageError` makes of damage. */
export function isDataDamaged(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'data_damaged';
}

export function dataDamaged(path: string | undefined, cause: unknown): AppError {
  const message =
    path === undefined
      ? 'A database of Alcove is damaged. To find out which one and what helps, run: alcove doctor'
      : `${path} is damaged and was left as it is. Move it away with the files whose names begin like it, ` +
        'put a backup in its place (one may end in .bak), or start Alcove without it: a new one is made.';
  return new AppError('data_damaged', message, { cause, ...(path !== undefined && { data: { path } }) });
}

/** SQLite's extended result code, null for an error that is none of SQLite's. */
function resultCode(error: unknown): number | null {
  const isSqlite = error instanceof Error && 'sqliteExtendedCode' in error;
  return isSqlite && typeof error.sqliteExtendedCode === 'number' ? error.sqliteExtendedCode : null;
}
