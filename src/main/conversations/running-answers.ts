import type { ConversationEvent, Message } from '@contract/conversations';
import { AppError, isCancelled } from '../platform/app-error.ts';
import type { Answer, AnswerRequest, AnswerService } from './answering/answer-service.ts';
import { AlcoveClosing, completedMessage, endedMessage, failureOf, untilAborted } from './answer-outcome.ts';
import type { ConversationStore } from './conversation-store.ts';
import { LiveAnswer } from './live-answer.ts';

export interface RunningAnswersOptions {
  store: ConversationStore;
  answers: AnswerService;
  onEvent: (conversationId: string, event: ConversationEvent) => void;
  /** A message has changed in a way that has no event of its own. */
  onChange: (conversationId: string) => void;
  onFinished: (conversationId: string) => void;
  onUnexpectedError: (error: unknown) => void;
  now: () => number;
}

interface RunningAnswer {
  live: LiveAnswer;
  /** Settles when the message is final; never rejects. */
  done: Promise<void>;
}

/** The answers being written, at most one per conversation, from their empty message to the final one. */
export class RunningAnswers {
  readonly #options: RunningAnswersOptions;
  readonly #byConversation = new Map<string, RunningAnswer>();

  constructor(options: RunningAnswersOptions) {
    this.#options = options;
  }

  has(conversationId: string): boolean {
    return this.#byConversation.has(conversationId);
  }

  live(conversationId: string): LiveAnswer | undefined {
    return this.#byConversation.get(conversationId)?.live;
  }

  /** Starts writing the answer of a durable, still empty message. */
  start(message: Message, request: AnswerRequest): void {
    const { conversationId } = message;
    const live = new LiveAnswer({
      message,
      emit: (event) => this.#options.onEvent(conversationId, event),
      onChange: () => this.#options.onChange(conversationId),
      saveText: (messageId, text) => this.#options.store.saveText(messageId, text),
    });
    // The first events wait for the caller to have told of the new message.
    const done = Promise.resolve().then(() => this.#run(live, request));
    this.#byConversation.set(conversationId, { live, done });
  }

  abort(conversationId: string): void {
    this.live(conversationId)?.abort();
  }

  /** Aborts the answer and waits until what has arrived is saved. */
  async stop(conversationId: string): Promise<void> {
    this.abort(conversationId);
    await this.#byConversation.get(conversationId)?.done;
  }

  /** Ends all answers as interrupted and waits until they are saved. */
  async close(): Promise<void> {
    const running = [...this.#byConversation.values()];
    for (const { live } of running) live.abort(new AlcoveClosing('Alcove is closing'));
    await Promise.all(running.map(({ done }) => done));
  }

  /** Every ending is a message. */
  async #run(live: LiveAnswer, request: AnswerRequest): Promise<void> {
    const startedAt = performance.now();
    const elapsedMs = () => Math.round(performance.now() - startedAt);
    let final: Message;
    try {
      const answer = await this.#answer(live, request);
      live.finish();
      final = completedMessage(live.message, answer, elapsedMs());
    } catch (error) {
      live.finish();
      final = endedMessage(live, error, elapsedMs());
      this.#report(error);
    }
    this.#finish(final);
  }

  #answer(live: LiveAnswer, request: AnswerRequest): Promise<Answer> {
    const { answers } = this.#options;
    const answering = answers.answer(request, { signal: live.signal, onProgress: live.accept });
    return untilAborted(answering, live.signal);
  }

  /** The answer is over even when its end cannot be saved; watchers are told so, and recovery finds the row later. */
  #finish(final: Message): void {
    let message = final;
    try {
      this.#options.store.finishMessage(final, this.#options.now());
    } catch (error) {
      this.#report(error);
      message = { ...final, status: 'failed', failure: failureOf(error) };
    }
    this.#byConversation.delete(final.conversationId);
    this.#options.onEvent(final.conversationId, { type: 'finished', message });
    this.#options.onFinished(final.conversationId);
  }

  #report(error: unknown): void {
    const isExpected = error instanceof AppError || error instanceof AlcoveClosing || isCancelled(error);
    if (!isExpected) this.#options.onUnexpectedError(error);
  }
}
