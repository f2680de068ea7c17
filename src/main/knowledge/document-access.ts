import { AppError } from '../platform/app-error.ts';
import type { Unread } from './document-text.ts';
import { FileTooLarge, NotASourceFile } from './source-file.ts';
import { describe, errorCode } from './file-error.ts';

/** What it means to someone who looks at a document that its file cannot be opened. */
export function describeAccess(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof FileTooLarge) return grownTooLarge(path);
  if (error instanceof NotASourceFile || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
    return missing(path, error);
  }
  return code === undefined ? error : unreadable(path, describe(error, 'file'), error);
}

/** The same of a file that a thread could not read. */
export function describeUnread(path: string, result: Unread): AppError {
  switch (result.kind) {
    case 'vanished':
      return missing(path);
    case 'too-large':
      return grownTooLarge(path);
    case 'skipped':
    case 'failed':
      return unreadable(path, result.reason);
  }
}

export function grownTooLarge(path: string): AppError {
  return unreadable(path, 'This file has grown beyond the limit set in Settings.');
}

function missing(path: string, cause?: unknown): AppError {
  const message = `${path} is gone or was moved. Refresh its folder.`;
  return new AppError('document_missing', message, { data: { path }, cause });
}

function unreadable(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('document_unreadable', reason, { data: { path }, cause });
}
