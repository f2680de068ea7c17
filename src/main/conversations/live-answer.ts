import type { ConversationEvent, Message } from '@contract/conversations';
import type { AnswerProgress } from './answering/answer-service.ts';
import { TextBatcher } from './text-batcher.ts';

/** About one batch per frame: what a window can draw. */
const deltaIntervalMs = 20;
const maxDeltaCharacters = 2_048;
/** What a kill can cost. */
const saveIntervalMs = 500;
const maxUnsavedCharacters = 4_096;

type PhaseEvent = Extract<ConversationEvent, { type: 'phase' }>;

export interface LiveAnswerOptions {
  /** The durable, still empty message. */
  message: Message;
  emit: (event: ConversationEvent) => void;
  /** The message has changed in a way that has no event of its own. */
  onChange: () => void;
  saveText: (messageId: string, text: string) => void;
}

/**
 * An answer while it is being written: tells watchers, saves the text now and then, and can be aborted. The answer is
 * the main side's, not a watcher's: it goes on when nobody looks.
 */
export class LiveAnswer {
  readonly #abort = new AbortController();
  readonly #options: LiveAnswerOptions;
  readonly #deltas: TextBatcher;
  readonly #saves: TextBatcher;
  /** As watchers know it: its text is what has been emitted. */
  #message: Message;
  #text = '';
  #phase: PhaseEvent | null = null;
  #isFinished = false;

  constructor(options: LiveAnswerOptions) {
    this.#options = options;
    this.#message = options.message;
    const onError = (error: unknown) => this.#abort.abort(error);
    this.#deltas = new TextBatcher({
      intervalMs: deltaIntervalMs,
      maxCharacters: maxDeltaCharacters,
      onBatch: (text) => this.#emitDelta(text),
      onError,
    });
    this.#saves = new TextBatcher({
      intervalMs: saveIntervalMs,
      maxCharacters: maxUnsavedCharacters,
      onBatch: () => options.saveText(this.#message.id, this.#text),
      onError,
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The message as watchers know it: with the deltas they have heard, without those still to come. */
  get message(): Message {
    return this.#message;
  }

  /** All text received so far. */
  get text(): string {
    return this.#text;
  }

  /** What it is doing, for a watcher that comes late. */
  get phase(): PhaseEvent | null {
    return this.#phase;
  }

  abort(reason?: unknown): void {
    this.#abort.abort(reason);
  }

  /** Takes in what the pipeline reports. After `finish` nothing is taken in: a stopped model may still send. */
  readonly accept = (progress: AnswerProgress): void => {
    if (this.#isFinished) return;
    switch (progress.type) {
      case 'phase':
        this.#phase = { type: 'phase', messageId: this.#message.id, phase: progress.phase };
        this.#options.emit(this.#phase);
        break;
      case 'author':
        this.#message = { ...this.#message, mode: progress.mode, modelName: progress.modelName };
        this.#options.onChange();
        break;
      case 'citations':
        this.#message = { ...this.#message, citations: progress.citations };
        this.#options.emit({
          type: 'citations',
          messageId: this.#message.id,
          citations: progress.citations,
        });
        break;
      case 'delta':
        this.#text += progress.text;
        this.#deltas.push(progress.text);
        this.#saves.push(progress.text);
        break;
    }
  };

  /** Emits the deltas that wait and takes in no more. The final message is the caller's to save and emit. */
  finish(): void {
    this.#isFinished = true;
    this.#saves.discard();
    this.#deltas.flush();
  }

  #emitDelta(text: string): void {
    this.#message = { ...this.#message, text: this.#message.text + text };
    this.#options.emit({ type: 'delta', messageId: this.#message.id, text });
  }
}
