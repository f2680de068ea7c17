import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/main/inference/engine/embedding-model.ts';
import { SerialQueue } from '../../../src/main/inference/engine/serial-queue.ts';
import { spellingFrom } from '../../../src/main/inference/engine/spelling.ts';
import { computeThreads, countCores } from '../../../src/main/inference/engine/threads.ts';
import { uniquePieces } from '../../fixtures/gguf/scripted-model.ts';

describe('computeThreads', () => {
  it('leaves a core free and counts hardware threads that share a core once', () => {
    expect(computeThreads(undefined, { logical: 2, physical: 2 })).toBe(1);
    expect(computeThreads(undefined, { logical: 16, physical: 8 })).toBe(8);
    expect(computeThreads(undefined, { logical: 8, physical: null })).toBe(7);
    expect(computeThreads(undefined, { logical: 1, physical: 1 })).toBe(1);
  });

  it('obeys ALCOVE_THREADS unless it makes no sense', () => {
    const cores = { logical: 8, physical: 4 };
    expect(computeThreads('3', cores)).toBe(3);
    for (const nonsense of ['', '0', '-1', 'many', '1.5']) expect(computeThreads(nonsense, cores)).toBe(4);
  });

  it('counts cores, not hardware threads', () => {
    const processor = (id: number, core: number) =>
      `processor\t: ${id}\nphysical id\t: 0\ncore id\t\t: ${core}`;
    expect(
      countCores([processor(0, 0), processor(1, 0), processor(2, 1), processor(3, 1)].join('\n\n')),
    ).toBe(2);
    expect(countCores('processor : 0\n')).toBeNull();
  });
});

describe('SerialQueue', () => {
  it('runs one piece of work at a time, in order, also after a failure', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      queue.run(async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('never runs work that was cancelled while it waited', async () => {
    const queue = new SerialQueue();
    const controller = new AbortController();
    let hasRun = false;
    const first = queue.run(async () => controller.abort());
    const second = queue.run(async () => (hasRun = true), controller.signal);
    await first;
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(hasRun).toBe(false);
  });
});

describe('normalise', () => {
  it('scales to length 1 and turns what has no direction into zeros', () => {
    expect([...normalise(Float32Array.of(3, 4))].map((value) => value.toFixed(3))).toEqual([
      '0.600',
      '0.800',
    ]);
    expect([...normalise(Float32Array.of(0, 0))]).toEqual([0, 0]);
    expect([...normalise(Float32Array.of(NaN, 1))]).toEqual([0, 0]);
  });
});

describe('spellingFrom', () => {
  it('keeps the characters a vocabulary has and blanks the others', () => {
    expect(spellingFrom(['a', 'b', '<s>', '▁'])('ab#\u{1F600}a')).toBe('ab  a');
  });
});

describe('uniquePieces, of the scripted fixture', () => {
  it('cuts any text into distinct pieces that join to the text', () => {
    for (const text of [
      'a a a a',
      'the cat and the dog',
      'one',
      ' lead and trail ',
      'x\ny\nx\ny',
      'a a',
      '',
    ]) {
      const pieces = uniquePieces(text);
      expect(pieces.join('')).toBe(text);
      expect(new Set(pieces).size).toBe(pieces.length);
    }
  });
});
