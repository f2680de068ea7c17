import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextBatcher } from '../../../src/main/conversations/text-batcher.ts';

describe('TextBatcher', () => {
  const batches: string[] = [];
  const errors: unknown[] = [];
  const batcher = (onBatch = (text: string) => void batches.push(text)) =>
    new TextBatcher({ intervalMs: 20, maxCharacters: 10, onBatch, onError: (error) => errors.push(error) });

  beforeEach(() => {
    vi.useFakeTimers();
    batches.length = errors.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  it('joins what comes within the interval, in order', () => {
    const text = batcher();
    text.push('a');
    text.push('b');
    vi.advanceTimersByTime(19);
    expect(batches).toEqual([]);
    vi.advanceTimersByTime(1);
    text.push('c');
    vi.advanceTimersByTime(20);
    expect(batches).toEqual(['ab', 'c']);
  });

  it('hands on at once what grows too long, and not a second time', () => {
    batcher().push('0123456789');
    expect(batches).toEqual(['0123456789']);
    vi.runAllTimers();
    expect(batches).toHaveLength(1);
  });

  it('gives the rest on flush and nothing after discard', () => {
    const text = batcher();
    text.push('kept');
    text.flush();
    text.push('lost');
    text.discard();
    vi.runAllTimers();
    expect(batches).toEqual(['kept']);
  });

  it('reports a failure of the timer, where nobody could catch it', () => {
    batcher(() => {
      throw new Error('disk');
    }).push('a');
    vi.advanceTimersByTime(20);
    expect(errors).toEqual([new Error('disk')]);
  });
});
