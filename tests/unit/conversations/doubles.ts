import type { Citation, Message } from '@contract/conversations';
import type { Passage, SearchInput } from '@contract/knowledge';
import type {
  ChatModel,
  ChatModelProvider,
  GenerateOptions,
  GenerateRequest,
  Generation,
  Retriever,
} from '../../../src/main/conversations/ports.ts';

export function passage(given: Partial<Passage> & { text: string }): Passage {
  const startLine = given.startLine ?? 1;
  return {
    chunkId: 1,
    documentId: 1,
    sourceId: 'source',
    path: '/docs/leave.md',
    relativePath: 'leave.md',
    page: null,
    heading: null,
    symbol: null,
    language: 'markdown',
    ...given,
    startLine,
    endLine: given.endLine ?? startLine + given.text.split('\n').length - 1,
  };
}

export function citation(n: number, text = `passage ${n}`): Citation {
  return { ...passage({ text, chunkId: n }), n };
}

export function message(given: Partial<Message> & { id: string }): Message {
  return {
    conversationId: 'conversation',
    parentId: null,
    role: 'user',
    text: `text of ${given.id}`,
    createdAt: 0,
    status: 'complete',
    mode: null,
    modelName: null,
    citations: [],
    usage: null,
    durationMs: null,
    failure: null,
    notice: null,
    ...given,
  };
}

/** Gives the same passages to every query and remembers what it was asked. */
export class FixedRetriever implements Retriever {
  readonly queries: SearchInput[] = [];
  readonly #passages: readonly Passage[];

  constructor(passages: readonly Passage[] = []) {
    this.#passages = passages;
  }

  async search(input: SearchInput) {
    this.queries.push(input);
    const hits = this.#passages.slice(0, input.limit).map((found, index) => ({ ...found, score: -index }));
    return { hits, mode: 'lexical' as const, durationMs: 1 };
  }

  async hasSources() {
    return this.#passages.length > 0;
  }
}

/** One token per word: enough to reason about room. */
export async function countWords(texts: string[]): Promise<number[]> {
  return texts.map((text) => text.match(/\S+/g)?.length ?? 0);
}

type Write = (request: GenerateRequest, options: GenerateOptions) => Promise<Generation>;

/** A chat model whose writing is the test's. */
export class ScriptedModel implements ChatModel {
  readonly id = 'scripted';
  readonly name = 'Scripted';
  readonly requests: GenerateRequest[] = [];
  readonly #write: Write;
  contextSize = 4_096;

  constructor(write: Write | string[]) {
    this.#write = Array.isArray(write) ? writes(write) : write;
  }

  countTokens(texts: string[]) {
    return countWords(texts);
  }

  generate(request: GenerateRequest, options: GenerateOptions) {
    this.requests.push(request);
    return this.#write(request, options);
  }
}

function writes(deltas: string[]): Write {
  return async (_request, { onDelta }) => {
    for (const delta of deltas) onDelta(delta);
    return { usage: { promptTokens: 10, completionTokens: deltas.length }, stopReason: 'end' };
  };
}

export function provide(model: ChatModel | null): ChatModelProvider {
  return { current: async () => model };
}

/** What a test holds of one `generate` call that is under way. */
export interface HeldWriting {
  request: GenerateRequest;
  signal: AbortSignal;
  write(text: string): void;
  end(): void;
  fail(error: unknown): void;
}

/** A model that writes when the test says so. */
export class HeldModel extends ScriptedModel {
  readonly #calls: HeldWriting[] = [];
  readonly #waiting: ((writing: HeldWriting) => void)[] = [];

  constructor() {
    super(
      (request, { signal, onDelta }) =>
        new Promise((resolve, reject) => {
          this.#called({
            request,
            signal,
            write: onDelta,
            end: () => resolve({ usage: { promptTokens: 1, completionTokens: 1 }, stopReason: 'end' }),
            fail: reject,
          });
        }),
    );
  }

  /** The next call, as soon as it comes. */
  nextCall(): Promise<HeldWriting> {
    const call = this.#calls.shift();
    return call ? Promise.resolve(call) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #called(call: HeldWriting): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(call);
    else this.#calls.push(call);
  }
}
