import { AppError, isCancelled } from './app-error.ts';
import type { WireError } from './child-protocol.ts';
import { translateStorageError } from './storage-error.ts';

/** Turns anything thrown by a handler into data that crosses the pipe. */
export function toWireError(thrown: unknown): WireError {
  const error = translateStorageError(thrown);
  if (error instanceof AppError) {
    return { kind: 'app', code: error.code, message: error.message, data: error.data };
  }
  if (isCancelled(error)) return { kind: 'cancelled' };
  if (error instanceof Error) return { kind: 'bug', message: error.message, stack: error.stack ?? null };
  return { kind: 'bug', message: String(error), stack: null };
}

/** The error a caller sees: typed ones as they were thrown, bugs as `internal` with the remote stack as cause. */
export function fromWireError(error: WireError): Error {
  switch (error.kind) {
    case 'app':
      return new AppError(error.code, error.message, { data: error.data });
    case 'cancelled':
      return new DOMException('The request was cancelled.', 'AbortError');
    case 'bug': {
      const cause = new Error(error.message);
      if (error.stack !== null) cause.stack = error.stack;
      return new AppError('internal', `Something went wrong inside Alcove: ${error.message}`, { cause });
    }
  }
}
