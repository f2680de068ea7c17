import { AppError } from '../platform/app-error.ts';

const sqliteFull = 13;

/** Turns "the disk is full" into an error with a next step; anything else passes as it is. */
export function translateStorageError(error: unknown): unknown {
  if (!isDiskFull(error)) return error;
  return new AppError(
    'disk_full',
    'The disk is full, so this could not be saved. Free some space and try again.',
    {
      cause: error,
    },
  );
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteFull;
}
