import type { Message } from '@contract/conversations';
import { AppError, isCancelled } from '../platform/app-error.ts';
import type { Answer } from './answering/answer-service.ts';
import { resolveCitations } from './answering/citations.ts';
import type { LiveAnswer } from './live-answer.ts';

/** Why answers end when Alcove closes; they count as interrupted, not as stopped by the user. */
export class AlcoveClosing extends Error {
  override readonly name = 'AlcoveClosing';
}

/** Settles with `work`, or rejects with the signal's reason the moment it aborts, whether `work` listens or not. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

export function completedMessage(message: Message, answer: Answer, durationMs: number): Message {
  const { text, mode, modelName, citations, usage, notice } = answer;
  return { ...message, status: 'complete', text, mode, modelName, citations, usage, notice, durationMs };
}

/** The message of an answer that ended early: all that had arrived, and why it ended. */
export function endedMessage(live: LiveAnswer, error: unknown, durationMs: number): Message {
  const { text, citations } = resolveCitations(live.text, live.message.citations);
  const message = { ...live.message, text, citations, durationMs };
  if (error instanceof AlcoveClosing) return { ...message, status: 'interrupted' };
  if (isCancelled(error)) return { ...message, status: 'stopped' };
  return { ...message, status: 'failed', failure: failureOf(error) };
}

/** The words of a failure for the user, and its code. */
export function failureOf(error: unknown): NonNullable<Message['failure']> {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return {
    code: 'internal',
    message:
      'Alcove ran into a problem it did not expect while answering. Ask again; the log has the details.',
  };
}
