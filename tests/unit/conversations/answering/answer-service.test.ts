import { describe, expect, it } from 'vitest';
import { AnswerService } from '../../../../src/main/conversations/answering/answer-service.ts';
import type { AnswerProgress } from '../../../../src/main/conversations/answering/answer-service.ts';
import { askOnce } from '../../../../src/main/conversations/ask-once.ts';
import type { ChatModel, Retriever } from '../../../../src/main/conversations/ports.ts';
import { AppError } from '../../../../src/main/platform/app-error.ts';
import { FixedRetriever, HeldModel, ScriptedModel, passage, provide } from '../doubles.ts';

const passages = [
  passage({ text: 'Parents get twelve weeks.', chunkId: 1, documentId: 1 }),
  passage({ text: 'Contractors get none.', chunkId: 2, documentId: 2, relativePath: 'b.md' }),
];

function setUp(model: ChatModel | null, retriever: Retriever = new FixedRetriever(passages)) {
  const progress: AnswerProgress[] = [];
  const answers = new AnswerService({ retriever, models: provide(model), passagesPerAnswer: () => 8 });
  const ask = (signal = new AbortController().signal) =>
    answers.answer(
      { question: 'How long is parental leave?', exchanges: [], sourceIds: null },
      { signal, onProgress: (event) => progress.push(event) },
    );
  return { answers, ask, progress };
}

describe('AnswerService', () => {
  it('streams what the model writes and resolves its citations', async () => {
    const { ask, progress } = setUp(new ScriptedModel(['Twelve', ' weeks [', '1, 9].']));
    const answer = await ask();
    expect(answer).toMatchObject({
      text: 'Twelve weeks [1].',
      mode: 'generated',
      modelName: 'Scripted',
      notice: null,
    });
    expect(answer.citations.map(({ n, relativePath }) => [n, relativePath])).toEqual([[1, 'leave.md']]);
    expect(answer.usage).toEqual({ promptTokens: 10, completionTokens: 3 });
    const told = progress.map((event) => (event.type === 'phase' ? event.phase : event.type));
    expect(told.filter((name) => name !== 'loading-model')).toEqual([
      'retrieving',
      'author',
      'reading',
      'citations',
      'writing',
      'delta',
      'delta',
      'delta',
    ]);
  });

  it('quotes the passages when there is no model, and calls none', async () => {
    const { ask, progress } = setUp(null);
    const answer = await ask();
    expect(answer).toMatchObject({ mode: 'extractive', modelName: null, usage: null });
    expect(answer.text).toContain('`leave.md`, line 1 [1]\n\n> Parents get twelve weeks.');
    expect(progress).toContainEqual({ type: 'delta', text: answer.text });
  });

  it('does not make up an answer when there is neither a model nor a passage', async () => {
    const answer = await setUp(null, new FixedRetriever([])).ask();
    expect(answer).toMatchObject({ mode: 'extractive', citations: [] });
    expect(answer.text).toContain('Add a folder');
  });

  it('searches the sources chosen, as many passages as set, with the topic of a follow-up', async () => {
    const retriever = new FixedRetriever(passages);
    const answers = new AnswerService({ retriever, models: provide(null), passagesPerAnswer: () => 1 });
    await answers.answer(
      {
        question: 'why?',
        exchanges: [{ question: 'How long is parental leave?', answer: 'Twelve weeks.' }],
        sourceIds: ['handbook'],
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(retriever.queries).toEqual([
      { query: 'why? long parental leave', limit: 1, mode: 'hybrid', filters: { sourceIds: ['handbook'] } },
    ]);
  });

  it('looks into no file when no source is chosen', async () => {
    const retriever = new FixedRetriever(passages);
    const model = new ScriptedModel(['From memory.']);
    const answers = new AnswerService({ retriever, models: provide(model), passagesPerAnswer: () => 8 });
    const answer = await answers.answer(
      { question: 'How long is parental leave?', exchanges: [], sourceIds: [] },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(retriever.queries).toEqual([]);
    expect(answer).toMatchObject({ text: 'From memory.', citations: [] });
  });

  it('tells which turns no longer fit', async () => {
    const model = new ScriptedModel(['Yes.']);
    model.contextSize = 700;
    const { answers } = setUp(model);
    const turn = { question: 'word '.repeat(90), answer: 'word '.repeat(200) };
    const answer = await answers.answer(
      { question: 'and?', exchanges: [turn, turn, turn], sourceIds: null },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(answer.notice).toMatch(/^The (2|3) oldest turns of this chat no longer fit/);
  });

  it('says so when the model was cut off and when it wrote nothing', async () => {
    const usage = { promptTokens: 1, completionTokens: 1 };
    const cut = new ScriptedModel(async (_, { onDelta }) => {
      onDelta('and so');
      return { usage, stopReason: 'length' };
    });
    expect((await setUp(cut).ask()).notice).toContain('cut off');
    expect((await setUp(new ScriptedModel([])).ask()).notice).toContain('wrote nothing');
  });

  it('hands the signal to the model', async () => {
    const model = new HeldModel();
    const controller = new AbortController();
    const answering = setUp(model).ask(controller.signal);
    const call = await model.nextCall();
    controller.abort();
    expect(call.signal.aborted).toBe(true);
    call.fail(controller.signal.reason);
    await expect(answering).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not search or load for a question already cancelled', async () => {
    const retriever = new FixedRetriever(passages);
    await expect(setUp(null, retriever).ask(AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(retriever.queries).toEqual([]);
  });

  it('passes on what retrieval throws', async () => {
    const failure = new AppError('index_unavailable', 'The index is being rebuilt.');
    const retriever: Retriever = { search: () => Promise.reject(failure), hasSources: async () => true };
    await expect(setUp(new ScriptedModel(['x']), retriever).ask()).rejects.toBe(failure);
  });
});

describe('askOnce', () => {
  it('gives the answer with its evidence, streaming on the way', async () => {
    const { answers } = setUp(new ScriptedModel(['Twelve ', 'weeks [1].']));
    let streamed = '';
    const result = await askOnce(answers, {
      question: 'How long is parental leave?',
      signal: new AbortController().signal,
      onDelta: (text) => (streamed += text),
    });
    expect(streamed).toBe('Twelve weeks [1].');
    expect(result).toMatchObject({ answer: 'Twelve weeks [1].', mode: 'generated', model: 'Scripted' });
    expect(result.citations).toHaveLength(1);
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
  });
});
