import type { ErrorCode, ErrorData } from '@contract/errors';

/**
 * An expected failure. `message` says what happened and what to do next, in words fit for the user; clients
 * branch on `code`, never on the message. Anything else that is thrown is a bug and crosses as `internal`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
  }
}

/** True for the error an aborted signal produces; a cancellation is never logged or shown as a failure. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
