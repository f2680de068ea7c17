import type { ErrorCode } from '@contract/errors';
import { ConnectionLostError } from './connection.ts';
import { failureWords } from './failure-words.ts';

/** Why something did not happen, ready to be shown. */
export interface Failure {
  code: ErrorCode | 'connection_lost';
  title: string;
  /** What to do next, or what exactly went wrong, as one or two sentences. */
  detail: string;
  path: string | null;
}

/** True when the user, or leaving the page, ended the request: nothing to show. */
export function isCancellation(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Words for any error a request may end with. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ConnectionLostError) {
    return { code: 'connection_lost', path: null, ...wordsOf('connection_lost') };
  }
  const code = codeOf(error);
  const words = wordsOf(code);
  const message = error instanceof Error && code !== 'internal' ? error.message : '';
  return { code, title: words.title, detail: message || words.detail, path: pathOf(error) };
}

/** Words for a code kept with a message, such as a failed answer's. */
export function failureOf(code: string, message: string): Failure {
  const known: ErrorCode = isErrorCode(code) ? code : 'internal';
  const words = wordsOf(known);
  return { code: known, title: words.title, detail: message || words.detail, path: null };
}

function wordsOf(code: Failure['code']): { title: string; detail: string } {
  if (code === 'connection_lost') {
    return { title: 'Alcove is not answering', detail: 'Connecting again. Try once more when it is back.' };
  }
  const words = failureWords[code];
  return { title: words.title, detail: words.nextStep };
}

function codeOf(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'BAD_REQUEST') return 'invalid_input';
  return typeof code === 'string' && isErrorCode(code) ? code : 'internal';
}

function pathOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('data' in error)) return null;
  const data = error.data;
  if (typeof data !== 'object' || data === null || !('path' in data)) return null;
  return typeof data.path === 'string' ? data.path : null;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(failureWords, code);
}
