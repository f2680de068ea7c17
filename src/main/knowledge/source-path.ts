import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { AppError } from '../platform/app-error.ts';
import { errorCode } from './file-error.ts';

/**
 * The real absolute path of a folder a user named, links resolved.
 * @throws AppError `source_path_missing` or `source_path_denied`.
 */
export function resolveSourcePath(path: string): string {
  const absolute = resolve(path);
  try {
    const real = realpathSync.native(absolute);
    if (!statSync(real).isDirectory()) {
      throw new AppError('source_path_missing', `${absolute} is a file. Choose the folder it is in.`, {
        data: { path: absolute },
      });
    }
    accessSync(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    throw describePathError(absolute, error);
  }
}

/** True while the folder can be listed. */
export function isReachable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A failure to list the folder of a source, in words for the user. */
export function describePathError(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof AppError) return error;
  const options = { data: { path }, cause: error };
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      'source_path_denied',
      `Alcove may not read ${path}. Allow it to, then try again.`,
      options,
    );
  }
  return new AppError(
    'source_path_missing',
    `The folder ${path} cannot be found. If it is on a drive, connect it and try again.`,
    options,
  );
}

/** @throws AppError `source_overlaps` when one of the folders lies in the other. */
export function assertNoOverlap(path: string, existing: readonly string[]): void {
  for (const other of existing) {
    const isInner = lies(path, other);
    if (!isInner && !lies(other, path)) continue;
    const message = isInner
      ? `${path} is already searched as part of ${other}.`
      : `${path} contains ${other}, which is already added. Remove that one first to add the larger folder.`;
    throw new AppError('source_overlaps', message, { data: { path: other } });
  }
}

function lies(inner: string, outer: string): boolean {
  return inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}
