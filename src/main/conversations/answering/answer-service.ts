import { randomBytes } from 'node:crypto';
import type { Citation, Usage } from '@contract/conversations';
import type { Passage } from '@contract/knowledge';
import type { Exchange } from '../branches.ts';
import type { ChatModel, ChatModelProvider, Retriever } from '../ports.ts';
import { resolveCitations } from './citations.ts';
import { extractiveAnswer, nothingFound } from './extractive-answer.ts';
import { fitPrompt } from './fit-prompt.ts';
import { retrievalQuery } from './retrieval-query.ts';

/** Low: answers stay close to their passages. */
const temperature = 0.3;

export interface AnswerRequest {
  question: string;
  /** What was said before on this branch, oldest first. */
  exchanges: readonly Exchange[];
  /** Sources to search; null means all, an empty list none. */
  sourceIds: readonly string[] | null;
  /** The default chat model when absent. */
  modelId?: string | undefined;
}

export type AnswerMode = 'generated' | 'extractive';

/** What happens while an answer is made, in this order; phases repeat none and may be left out. */
export type AnswerProgress =
  | { type: 'phase'; phase: 'retrieving' | 'loading-model' | 'reading' | 'writing' }
  | { type: 'author'; mode: AnswerMode; modelName: string | null }
  | { type: 'citations'; citations: Citation[] }
  | { type: 'delta'; text: string };

export interface Answer {
  /** The whole text; its citations are tidied, so it may differ from the deltas joined. */
  text: string;
  mode: AnswerMode;
  modelName: string | null;
  citations: Citation[];
  usage: Usage | null;
  notice: string | null;
}

export interface AnswerOptions {
  signal: AbortSignal;
  onProgress: (progress: AnswerProgress) => void;
}

export interface AnswerServiceOptions {
  retriever: Retriever;
  models: ChatModelProvider;
  /** How many passages an answer may draw on, read for each answer. */
  passagesPerAnswer: () => number;
}

/** Makes answers: finds passages, has the model write from them, or quotes them when there is no model. Keeps nothing. */
export class AnswerService {
  readonly #options: AnswerServiceOptions;

  constructor(options: AnswerServiceOptions) {
    this.#options = options;
  }

  /**
   * Answers a question. The signal reaches the search, the loading of the model and the writing.
   *
   * @throws AppError what retrieval and model throw, and `context_too_small`; the signal's reason when aborted.
   */
  async answer(request: AnswerRequest, options: AnswerOptions): Promise<Answer> {
    const { signal, onProgress } = options;
    signal.throwIfAborted();
    onProgress({ type: 'phase', phase: 'retrieving' });
    const [passages, model] = await this.#prepare(request, options);
    signal.throwIfAborted();
    return model ? write(request, { passages, model }, options) : this.#quote(request, passages, options);
  }

  /** Searches while the model loads. */
  async #prepare(
    request: AnswerRequest,
    { signal, onProgress }: AnswerOptions,
  ): Promise<[Passage[], ChatModel | null]> {
    let isModelReady = false;
    const loading = this.#options.models.current({ modelId: request.modelId, signal }).finally(() => {
      isModelReady = true;
    });
    const retrieving = this.#retrieve(request, signal).then((passages) => {
      if (!isModelReady) onProgress({ type: 'phase', phase: 'loading-model' });
      return passages;
    });
    return Promise.all([retrieving, loading]);
  }

  async #retrieve(
    { question, exchanges, sourceIds }: AnswerRequest,
    signal: AbortSignal,
  ): Promise<Passage[]> {
    if (sourceIds?.length === 0) return [];
    const { retriever, passagesPerAnswer } = this.#options;
    const earlier = exchanges.map((exchange) => exchange.question);
    const result = await retriever.search(
      {
        query: retrievalQuery(question, earlier),
        limit: passagesPerAnswer(),
        mode: 'hybrid',
        filters: sourceIds === null ? {} : { sourceIds: [...sourceIds] },
      },
      signal,
    );
    return result.hits.map(({ score: _, ...passage }) => passage);
  }

  async #quote(
    { question }: AnswerRequest,
    passages: Passage[],
    { signal, onProgress }: AnswerOptions,
  ): Promise<Answer> {
    const { text, citations } =
      passages.length > 0
        ? extractiveAnswer(question, passages)
        : { text: nothingFound(await this.#options.retriever.hasSources(signal)), citations: [] };
    onProgress({ type: 'author', mode: 'extractive', modelName: null });
    onProgress({ type: 'citations', citations });
    onProgress({ type: 'delta', text });
    return { text, mode: 'extractive', modelName: null, citations, usage: null, notice: null };
  }
}

/** Has the model write the answer from the passages that fit its context. */
async function write(
  { question, exchanges }: AnswerRequest,
  { passages, model }: { passages: Passage[]; model: ChatModel },
  { signal, onProgress }: AnswerOptions,
): Promise<Answer> {
  onProgress({ type: 'author', mode: 'generated', modelName: model.name });
  onProgress({ type: 'phase', phase: 'reading' });
  const prompt = await fitPrompt({
    question,
    exchanges,
    passages: passages.map((passage, index) => ({ ...passage, n: index + 1 })),
    contextSize: model.contextSize,
    fenceKey: randomBytes(6).toString('hex'),
    countTokens: (texts) => model.countTokens(texts, signal),
  });
  signal.throwIfAborted();
  onProgress({ type: 'citations', citations: prompt.passages });
  const written = new AnswerText(onProgress);
  const { usage, stopReason } = await model.generate(
    { messages: prompt.messages, maxTokens: prompt.maxTokens, temperature },
    { signal, onDelta: (text) => written.append(text) },
  );
  const { text, citations } = resolveCitations(written.text, prompt.passages);
  const notice = noticeOf({ droppedExchanges: prompt.droppedExchanges, stopReason, isEmpty: text === '' });
  return { text, mode: 'generated', modelName: model.name, citations, usage, notice };
}

/** The text as it comes; its first piece begins the writing phase. */
class AnswerText {
  text = '';
  readonly #onProgress: AnswerOptions['onProgress'];

  constructor(onProgress: AnswerOptions['onProgress']) {
    this.#onProgress = onProgress;
  }

  append(delta: string): void {
    if (delta === '') return;
    if (this.text === '') this.#onProgress({ type: 'phase', phase: 'writing' });
    this.text += delta;
    this.#onProgress({ type: 'delta', text: delta });
  }
}

interface Remarks {
  droppedExchanges: number;
  stopReason: 'end' | 'length';
  isEmpty: boolean;
}

function noticeOf({ droppedExchanges, stopReason, isEmpty }: Remarks): string | null {
  const remarks: string[] = [];
  if (droppedExchanges > 0) remarks.push(droppedTurns(droppedExchanges));
  if (stopReason === 'length') remarks.push('The answer was cut off at the end of the model’s context.');
  else if (isEmpty) remarks.push('The model wrote nothing. Ask again, or choose another model.');
  return remarks.length > 0 ? remarks.join(' ') : null;
}

function droppedTurns(count: number): string {
  return count === 1
    ? 'The oldest turn of this chat no longer fits the model’s context and was left out.'
    : `The ${count} oldest turns of this chat no longer fit the model’s context and were left out.`;
}
