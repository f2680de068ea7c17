import { AppError } from '../platform/app-error.ts';

const sqliteFull = 13;
/** The shared-memory file beside the database could not grow. */
const sqliteIoErrorShmSize = 4_874;

/** Turns the database's word for a full disk into one the user can act on; other errors pass as they are. */
export function translateStorageError(error: unknown): unknown {
  if (!(error instanceof Error) || !('sqliteExtendedCode' in error)) return error;
  const code = error.sqliteExtendedCode;
  if (code !== sqliteFull && code !== sqliteIoErrorShmSize) return error;
  return new AppError(
    'disk_full',
    'The disk that holds Alcove’s data is full. What was indexed so far is kept. Free some space, then refresh the folder.',
    { cause: error },
  );
}
