import { copyFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatTurn, EngineApi } from '../../../src/main/inference/engine-api.ts';
import type { AppError } from '../../../src/main/platform/app-error.ts';
import type { ProcessHost } from '../../../src/main/platform/process-host.ts';
import { writeBertEmbedder, writeBertReranker } from '../../fixtures/gguf/bert-models.ts';
import { str, writeGguf } from '../../fixtures/gguf/gguf-writer.ts';
import { writeMixtral, writeRandomLlama } from '../../fixtures/gguf/llama-models.ts';
import { citedAnswer, writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';
import { engineHost } from '../../fixtures/processes/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'alcove-engine-'));
const file = (name: string) => join(folder, name);
const question: ChatTurn[] = [
  { role: 'system', content: 'Answer from the passages.' },
  { role: 'user', content: 'What do they say?' },
];
let host: ProcessHost<EngineApi>;

beforeAll(async () => {
  writeScriptedModel(file('cited.gguf'), { text: citedAnswer });
  writeScriptedModel(file('endless.gguf'), { text: 'on and on it goes ', isEndless: true });
  writeScriptedModel(file('plain.gguf'), { text: 'No template, no problem.', chatTemplate: null });
  writeScriptedModel(file('small.gguf'), { text: 'Short.', contextLength: 256 });
  writeMixtral(file('mixture.gguf'));
  writeRandomLlama(file('random.gguf'));
  writeBertEmbedder(file('embedder.gguf'), { words: ['the', 'cat', 'dog', 'sat', 'mat', 'taxes'] });
  writeBertReranker(file('reranker.gguf'));
  host = await engineHost();
});
afterEach(async () => {
  await host.request('unload', { modelPath: file('endless.gguf') });
});
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

function generate(
  modelPath: string,
  options: {
    maxTokens?: number;
    messages?: ChatTurn[];
    signal?: AbortSignal;
    onText?: (text: string) => void;
  } = {},
) {
  const { maxTokens = 200, messages = question, signal, onText } = options;
  const input = { modelPath, messages, maxTokens, temperature: 0 };
  return host.request('generate', input, { signal, onDelta: ({ text }) => onText?.(text) });
}

async function answer(modelPath: string, maxTokens = 200): Promise<string> {
  let text = '';
  await generate(modelPath, { maxTokens, onText: (piece) => (text += piece) });
  return text;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as AppError,
  );
const dot = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
/** By index, so that a missing vector fails a test with words. */
const vectorOf = (vectors: Float32Array[], index: number) => vectors[index] ?? new Float32Array();

describe('describe', () => {
  it('names the backend, and why it is the CPU', async () => {
    const description = await host.request('describe', null);
    expect(description).toMatchObject({ backend: 'cpu', deviceNames: [], threads: 1 });
    expect(description.reason).toContain('ALCOVE_GPU');
  });
});

describe('generate', () => {
  it('streams the exact text, in several pieces, with its usage', async () => {
    const pieces: string[] = [];
    const { usage, stopReason } = await generate(file('cited.gguf'), { onText: (text) => pieces.push(text) });
    expect(pieces.join('')).toBe(citedAnswer);
    expect(pieces.length).toBeGreaterThan(3);
    expect(stopReason).toBe('end');
    expect(usage.completionTokens).toBeGreaterThanOrEqual(pieces.length);
    expect(usage.promptTokens).toBeGreaterThan(question.map(({ content }) => content).join('').length / 2);
  });

  it('says the same again, and after other turns', async () => {
    expect(await answer(file('cited.gguf'))).toBe(citedAnswer);
    let text = '';
    const messages: ChatTurn[] = [
      ...question,
      { role: 'assistant', content: 'Something.' },
      { role: 'user', content: 'And?' },
    ];
    await generate(file('cited.gguf'), { messages, onText: (piece) => (text += piece) });
    expect(text).toBe(citedAnswer);
  });

  it('works with a model that has no chat template', async () => {
    expect(await answer(file('plain.gguf'))).toBe('No template, no problem.');
  });

  it('stops at the token limit and says so', async () => {
    const { usage, stopReason } = await generate(file('endless.gguf'), { maxTokens: 12 });
    expect(stopReason).toBe('length');
    expect(usage.completionTokens).toBe(12);
  });

  it('stops where the context is full instead of forgetting the prompt', async () => {
    writeScriptedModel(file('full.gguf'), { text: 'round and round ', isEndless: true, contextLength: 256 });
    const { usage, stopReason } = await generate(file('full.gguf'), { maxTokens: 10_000 });
    expect(stopReason).toBe('length');
    expect(usage.promptTokens + usage.completionTokens).toBeLessThanOrEqual(256);
  });

  it('refuses a prompt that leaves no room for an answer', async () => {
    const messages: ChatTurn[] = [{ role: 'user', content: 'long '.repeat(100) }];
    const error = await failure(generate(file('small.gguf'), { messages }));
    expect(error).toMatchObject({ code: 'context_too_small' });
  });

  it('loads and runs a mixture of experts', async () => {
    const { usage } = await generate(file('mixture.gguf'), { maxTokens: 8 });
    expect(usage.completionTokens).toBeGreaterThan(0);
  });

  it('answers two requests made at once, each in full', async () => {
    expect(await Promise.all([answer(file('cited.gguf')), answer(file('cited.gguf'))])).toEqual([
      citedAnswer,
      citedAnswer,
    ]);
  });

  it('answers two requests for different models made at once', async () => {
    expect(await Promise.all([answer(file('cited.gguf')), answer(file('plain.gguf'))])).toEqual([
      citedAnswer,
      'No template, no problem.',
    ]);
  });
});

describe('cancelling', () => {
  it('stops the native work: the next request is served long before the answer would have ended', async () => {
    const controller = new AbortController();
    let pieces = 0;
    const work = failure(
      generate(file('endless.gguf'), {
        maxTokens: 8_000,
        signal: controller.signal,
        onText: () => {
          pieces += 1;
          if (pieces === 20) controller.abort();
        },
      }),
    );
    expect(await work).toMatchObject({ name: 'AbortError' });
    const seen = pieces;
    await generate(file('endless.gguf'), { maxTokens: 1 });
    expect(pieces).toBe(seen);
    expect(seen).toBeLessThan(100);
  });

  it('drops a request that waits for another', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const running = failure(generate(file('endless.gguf'), { maxTokens: 8_000, signal: first.signal }));
    const waiting = failure(generate(file('cited.gguf'), { signal: second.signal }));
    second.abort();
    expect(await waiting).toMatchObject({ name: 'AbortError' });
    first.abort();
    expect(await running).toMatchObject({ name: 'AbortError' });
    expect(await answer(file('cited.gguf'))).toBe(citedAnswer);
  });
});

describe('a killed engine', () => {
  it('settles a running answer as child_crashed, and answers the next question', async () => {
    let text = '';
    const work = failure(
      generate(file('endless.gguf'), {
        maxTokens: 8_000,
        onText: (piece) => {
          if (text === '') process.kill(host.pid ?? 0, 'SIGKILL');
          text += piece;
        },
      }),
    );
    expect(await work).toMatchObject({ code: 'child_crashed' });
    expect(await answer(file('cited.gguf'))).toBe(citedAnswer);
  });
});

describe('load', () => {
  it('reports the context: the default limit, what was asked for, and never more than the training', async () => {
    const load = async (name: string, contextSize?: number) =>
      (await host.request('load', { modelPath: file(name), role: 'chat', contextSize })).contextSize;
    expect(await load('random.gguf')).toBe(2_048);
    expect(await load('random.gguf', 512)).toBe(512);
    expect(await load('small.gguf')).toBe(256);
    expect(await load('cited.gguf')).toBe(8_192);
  });

  it('says what is wrong with files that cannot be used', async () => {
    writeFileSync(file('notes.gguf'), 'These are notes, not a model. They go on for a while.');
    copyFileSync(file('cited.gguf'), file('cut.gguf'));
    truncateSync(file('cut.gguf'), 400_000);
    const load = (name: string) => failure(host.request('load', { modelPath: file(name), role: 'chat' }));
    expect(await load('absent.gguf')).toMatchObject({ code: 'model_file_missing' });
    expect(await load('notes.gguf')).toMatchObject({ code: 'model_file_invalid' });
    expect(await load('cut.gguf')).toMatchObject({ code: 'model_file_invalid' });
    expect(await load('embedder.gguf')).toMatchObject({ code: 'model_role_mismatch' });
    expect(
      await failure(host.request('load', { modelPath: file('reranker.gguf'), role: 'reranker' })),
    ).toMatchObject({
      code: 'model_role_mismatch',
    });
    expect(await answer(file('cited.gguf'))).toBe(citedAnswer);
  });

  it('explains a model of an architecture that llama.cpp does not know', async () => {
    writeGguf(file('odd.gguf'), {
      metadata: { 'general.architecture': str('from-the-future') },
      tensors: [{ name: 'token_embd.weight', shape: [32], data: new Float32Array(32) }],
    });
    const error = await failure(host.request('load', { modelPath: file('odd.gguf'), role: 'chat' }));
    expect(error).toMatchObject({ code: 'model_load_failed' });
    expect(error?.message).toContain('newer');
  });

  it('loses one request, not more, to a model that makes llama.cpp abort', async () => {
    // Two experts are used per token, but there is only one.
    writeRandomLlama(file('broken.gguf'), { expertCount: 1 });
    const error = await failure(host.request('load', { modelPath: file('broken.gguf'), role: 'chat' }));
    expect(error).toMatchObject({ code: 'child_crashed' });
    expect(await answer(file('cited.gguf'))).toBe(citedAnswer);
  });
});

describe('embed', () => {
  const embed = (texts: string[], name = 'embedder.gguf') =>
    host.request('embed', { modelPath: file(name), texts });

  it('gives vectors of length 1, close for texts that share words', async () => {
    const vectors = await embed(['the cat sat', 'the dog sat', 'taxes']);
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    const closeness = (left: number, right: number) => dot(vectorOf(vectors, left), vectorOf(vectors, right));
    expect(closeness(0, 1)).toBeGreaterThan(closeness(0, 2) + 0.1);
  });

  it('gives the same vector alone and in a batch', async () => {
    const [alone] = await embed(['the cat sat']);
    const batch = await embed(['taxes', 'the cat sat', 'the mat']);
    expect(batch[1]).toEqual(alone);
  });

  it('gives zeros for texts without words, and reads long texts up to the end of the context', async () => {
    const [empty, blank, long] = await embed(['', ' \n\t', 'cat '.repeat(20_000)]);
    expect(empty).toEqual(new Float32Array(64));
    expect(blank).toEqual(new Float32Array(64));
    expect(dot(long ?? new Float32Array(), long ?? new Float32Array())).toBeCloseTo(1, 5);
  });

  it('works beside a chat model that is writing', async () => {
    const [text, vectors] = await Promise.all([answer(file('cited.gguf')), embed(['cat', 'dog'])]);
    expect(text).toBe(citedAnswer);
    expect(vectors).toHaveLength(2);
  });

  it('stops between texts when cancelled', async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 50_000 }, () => 'the cat sat on the mat');
    const input = { modelPath: file('embedder.gguf'), texts };
    const work = failure(host.request('embed', input, { signal: controller.signal }));
    await embed(['cat']);
    controller.abort();
    expect(await work).toMatchObject({ name: 'AbortError' });
    expect(await embed(['cat'])).toHaveLength(1);
  });
});

describe('countTokens', () => {
  it('counts each text', async () => {
    const counts = await host.request('countTokens', {
      modelPath: file('cited.gguf'),
      texts: ['', 'x', 'The first passage'],
    });
    expect(counts[0]).toBe(0);
    expect(counts[1]).toBe(1);
    expect(counts[2]).toBeGreaterThan(1);
  });
});

const realModels = resolve(import.meta.dirname, '../../../../shared/models');
const hasRealModels = existsSync(realModels);
if (!hasRealModels) console.log('Skipped: real language models, because ../shared/models is not there.');

describe.skipIf(!hasRealModels)('real models', () => {
  const real = (path: string) => join(realModels, path);

  it('writes a story with a real language model', async () => {
    for (const path of ['stories260K/stories260K-q8_0.gguf', 'tinystories656k/tinystories656k-q8_0.gguf']) {
      const text = await answer(real(path), 60);
      expect(text.match(/[a-z]{2,}/gi)?.length ?? 0).toBeGreaterThan(10);
    }
  });

  it('survives characters that a vocabulary without byte tokens cannot spell', async () => {
    const modelPath = real('tinystories656k/tinystories656k-q8_0.gguf');
    const messages: ChatTurn[] = [{ role: 'user', content: '# Notes [1]: 50 % of naïve \u{1F600} code' }];
    const { usage } = await generate(modelPath, { messages, maxTokens: 5 });
    expect(usage.promptTokens).toBeGreaterThan(5);
    expect(await host.request('countTokens', { modelPath, texts: ['#[]{}'] })).toHaveLength(1);
  });

  it('puts related words nearer to each other with real word vectors', async () => {
    const vectors = await host.request('embed', {
      modelPath: real('glove50-static/glove50-static-q8_0.gguf'),
      texts: ['the king and the queen', 'the royal prince', 'stock market prices fell'],
    });
    const closeness = (left: number, right: number) => dot(vectorOf(vectors, left), vectorOf(vectors, right));
    expect(closeness(0, 1)).toBeGreaterThan(closeness(0, 2) + 0.2);
  });
});
