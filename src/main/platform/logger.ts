import { join } from 'node:path';
import pino from 'pino';
import { LogFile } from './log-file.ts';

/** What a log entry may carry. Document text, questions and answers never belong in it. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

export interface Logger {
  info(event: string, fields?: LogFields): void;
  /** A failure nobody expected; `error` is written without text that could quote a document. */
  bug(event: string, error: unknown, fields?: LogFields): void;
}

const maxMessageLength = 300;

/** The log of a data folder, `<dataDir>/logs/alcove.log`, one JSON object a line, at most about 3 MB in all. */
export function openLogger(dataDir: string): Logger {
  const file = new LogFile({ path: join(dataDir, 'logs', 'alcove.log') });
  const log = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, file);
  return {
    info: (event, fields) => log.info(fields ?? {}, event),
    bug: (event, error, fields) => log.error({ ...fields, ...describeError(error) }, event),
  };
}

/**
 * Name, shortened message and call stack of an error, and of its cause. A syntax error's message quotes what was
 * being parsed, so it is left out.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    message: error instanceof SyntaxError ? undefined : error.message.slice(0, maxMessageLength),
    stack: frames.slice(0, 20).join('\n'),
    ...(error.cause instanceof Error && { cause: `${error.cause.name}: ${causeMessage(error.cause)}` }),
  };
}

function causeMessage(cause: Error): string {
  return cause instanceof SyntaxError ? '' : cause.message.slice(0, maxMessageLength);
}
