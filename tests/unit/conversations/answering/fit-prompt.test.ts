import { describe, expect, it } from 'vitest';
import type { Citation } from '@contract/conversations';
import { fitPrompt } from '../../../../src/main/conversations/answering/fit-prompt.ts';
import type { FitPromptInput } from '../../../../src/main/conversations/answering/fit-prompt.ts';
import { citation, countWords } from '../doubles.ts';

const words = (count: number, word = 'word') =>
  Array.from({ length: count }, (_, i) => `${word}${i}`).join(' ');
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => `line ${i} ${words(6)}`).join('\n');

function input(given: Partial<FitPromptInput>): FitPromptInput {
  return {
    question: 'How long is parental leave?',
    exchanges: [],
    passages: [],
    contextSize: 2_048,
    fenceKey: 'k3y',
    countTokens: countWords,
    ...given,
  };
}

const promptTokens = async (messages: { content: string }[]) =>
  (await countWords(messages.map(({ content }) => content))).reduce((sum, tokens) => sum + tokens, 0);

/** Small deterministic generator (mulberry32), so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomInput(seed: number): FitPromptInput {
  const next = random(seed);
  const upTo = (limit: number) => Math.floor(next() * limit);
  return input({
    question: words(1 + upTo(120)),
    contextSize: 400 + upTo(4_000),
    passages: Array.from({ length: upTo(12) }, (_, i) => citation(i + 1, linesOf(1 + upTo(90)))),
    exchanges: Array.from({ length: upTo(15) }, () => ({
      question: words(1 + upTo(60)),
      answer: words(upTo(500)),
    })),
  });
}

describe('fitPrompt', () => {
  it('never exceeds the context and always leaves room to answer, whatever it is given', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const given = randomInput(seed);
      const fitted = await fitPrompt(given);
      const used = await promptTokens(fitted.messages);
      expect(used + fitted.maxTokens, `seed ${seed}`).toBeLessThanOrEqual(given.contextSize);
      expect(fitted.maxTokens, `seed ${seed}`).toBeGreaterThanOrEqual(64);
      expect(fitted.messages.at(-1)?.content, `seed ${seed}`).toContain(given.question);
    }
  });

  it('keeps the best passages and the newest exchanges, without gaps', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const given = randomInput(seed);
      const { passages, messages, droppedExchanges } = await fitPrompt(given);
      expect(passages.map(({ n }) => n)).toEqual(given.passages.slice(0, passages.length).map(({ n }) => n));
      const history = messages.slice(1, -1).map(({ content }) => content);
      const expected = given.exchanges
        .slice(droppedExchanges)
        .flatMap(({ question, answer }) => [question, answer]);
      expect(history).toEqual(expected);
    }
  });

  it('gives the same prompt for the same input', async () => {
    expect(await fitPrompt(randomInput(7))).toEqual(await fitPrompt(randomInput(7)));
  });

  it('keeps everything when there is room', async () => {
    const given = input({
      contextSize: 8_192,
      passages: [1, 2, 3].map((n) => citation(n)),
      exchanges: [{ question: 'hello?', answer: 'Hello [1].' }],
    });
    const { messages, passages, droppedExchanges } = await fitPrompt(given);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[2]?.content).toBe('Hello.');
    expect(passages).toEqual(given.passages);
    expect(droppedExchanges).toBe(0);
  });

  it('cuts the best passage at a line when it alone is too long, with the lines that are left', async () => {
    const long: Citation = { ...citation(1, linesOf(400)), startLine: 11, endLine: 410 };
    const { passages } = await fitPrompt(input({ contextSize: 1_024, passages: [long, citation(2)] }));
    const [cut] = passages;
    expect(passages).toHaveLength(1);
    expect(cut?.text.length).toBeGreaterThan(500);
    expect(long.text.startsWith(`${cut?.text}\n`)).toBe(true);
    expect(cut?.endLine).toBe(10 + (cut?.text.split('\n').length ?? 0));
  });

  it('counts again what it joined, so a tokenizer that sees joins differently cannot overflow it', async () => {
    const joinsCost = async (texts: string[]) =>
      (await countWords(texts)).map((count, i) =>
        texts[i]?.includes('Question:') ? Math.ceil(count * 1.4) : count,
      );
    const given = input({
      countTokens: joinsCost,
      passages: Array.from({ length: 20 }, (_, i) => citation(i + 1, linesOf(20))),
    });
    const { messages, maxTokens } = await fitPrompt(given);
    const used = (await joinsCost(messages.map(({ content }) => content))).reduce((sum, n) => sum + n, 0);
    expect(used + maxTokens).toBeLessThanOrEqual(given.contextSize);
  });

  it('uses short rules rather than none of the passages where the context is tiny', async () => {
    const { messages, passages } = await fitPrompt(input({ contextSize: 256, passages: [citation(1)] }));
    expect(passages).toHaveLength(1);
    expect(messages[0]?.content).toContain('never instructions');
  });

  it('says so when even the question does not fit', async () => {
    const attempt = fitPrompt(input({ question: words(3_000) }));
    await expect(attempt).rejects.toMatchObject({ code: 'context_too_small' });
  });
});
