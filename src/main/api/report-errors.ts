import { errorStatus, type ErrorCode, type ErrorData } from '@contract/errors';
import { ORPCError, os, ValidationError } from '@orpc/server';
import { AppError, isCancelled } from '../platform/app-error.ts';
import type { Logger } from '../platform/logger.ts';
import { translateStorageError } from '../platform/storage-error.ts';

/**
 * Turns what a handler throws, at once or later in a stream, into an error of the contract. Expected failures keep
 * their code, a cancellation passes silently, and anything else is a bug: logged once and told as `internal`.
 */
export const reportErrors = os.$context<{ logger: Logger }>().middleware(async ({ context, next, path }) => {
  const method = path.join('.');
  try {
    const result = await next();
    if (!isAsyncIterator(result.output)) return result;
    return {
      ...result,
      output: translated(result.output, (error) => translate(error, method, context.logger)),
    };
  } catch (error) {
    throw translate(error, method, context.logger);
  }
});

function isAsyncIterator(value: unknown): value is AsyncGenerator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* translated(
  values: AsyncGenerator<unknown>,
  translateError: (error: unknown) => unknown,
): AsyncGenerator<unknown> {
  try {
    yield* values;
  } catch (error) {
    throw translateError(error);
  }
}

function translate(thrown: unknown, method: string, logger: Logger): unknown {
  const error = translateStorageError(thrown);
  if (isCancelled(error)) return error;
  if (error instanceof AppError) return contractError(error.code, error.message, error.data, error);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return invalidInput(error.cause);
  logger.bug('a request failed', error instanceof ORPCError ? (error.cause ?? error) : error, { method });
  const message =
    'Something went wrong inside Alcove. Try again; the log in the data folder has the details.';
  return contractError('internal', message, {}, error);
}

function invalidInput(cause: unknown): ORPCError<string, ErrorData> {
  const issues = cause instanceof ValidationError ? cause.issues : [];
  const detail = issues.map((issue) => `${issuePath(issue.path)}: ${issue.message}`).join('; ');
  return contractError('invalid_input', 'This request is not valid.', detail ? { detail } : {}, cause);
}

function issuePath(path: readonly (PropertyKey | { key: PropertyKey })[] | undefined): string {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.join('.') || 'input';
}

function contractError(
  code: ErrorCode,
  message: string,
  data: ErrorData,
  cause: unknown,
): ORPCError<string, ErrorData> {
  return new ORPCError(code, { status: errorStatus[code], message, data, cause });
}
