import { describe, expect, test } from 'vitest';
import { latestValues, queuedValues } from '../../../src/main/api/subscription.ts';

/** A subscription whose values a test sends by hand. */
function source<Value>() {
  const listeners = new Set<(value: Value) => void>();
  return {
    listeners,
    subscribe: (listener: (value: Value) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: (value: Value) => listeners.forEach((listener) => listener(value)),
  };
}

describe('the newest of a subscription of states', () => {
  test('passes on each state to a client that keeps up', async () => {
    const { subscribe, emit } = source<number>();
    const values = latestValues(subscribe, undefined);
    const first = values.next();
    emit(1);
    expect((await first).value).toBe(1);
    emit(2);
    expect((await values.next()).value).toBe(2);
  });

  test('gives a slow client only the newest', async () => {
    const { subscribe, emit } = source<number>();
    const values = latestValues(subscribe, undefined);
    const first = values.next();
    emit(1);
    await first;
    for (let value = 2; value <= 1_000; value++) emit(value);
    expect((await values.next()).value).toBe(1_000);
  });

  test('passes on a state that is told while subscribing', async () => {
    const values = latestValues<string>((listener) => {
      listener('now');
      return () => undefined;
    }, undefined);
    expect((await values.next()).value).toBe('now');
  });

  test('ends and unsubscribes when the signal aborts while it waits', async () => {
    const { subscribe, listeners } = source<number>();
    const abort = new AbortController();
    const values = latestValues(subscribe, abort.signal);
    const next = values.next();
    expect(listeners.size).toBe(1);
    abort.abort();
    expect((await next).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  test('unsubscribes when the client leaves between two states', async () => {
    const { subscribe, emit, listeners } = source<number>();
    const values = latestValues(subscribe, undefined);
    const first = values.next();
    emit(1);
    await first;
    await values.return();
    expect(listeners.size).toBe(0);
  });
});

describe('the queue of a subscription of events', () => {
  test('keeps every event in order, falsy ones too', async () => {
    const { subscribe, emit } = source<number | null>();
    const values = queuedValues(subscribe, { signal: undefined, limit: 10, resync: () => -1 });
    const first = values.next();
    for (const value of [0, 1, null, 2]) emit(value);
    expect([(await first).value, ...(await take(values, 3))]).toEqual([0, 1, null, 2]);
  });

  test('replaces an overflowing queue by one value that stands for all', async () => {
    const { subscribe, emit } = source<string>();
    const values = queuedValues(subscribe, { signal: undefined, limit: 3, resync: () => 'snapshot' });
    const first = values.next();
    emit('a');
    await first;
    for (const value of ['b', 'c', 'd', 'e']) emit(value);
    expect(await take(values, 1)).toEqual(['snapshot']);
    emit('f');
    expect(await take(values, 1)).toEqual(['f']);
  });

  test('ends with the error of what stands for all', async () => {
    const { subscribe, emit, listeners } = source<string>();
    const resync = (): string => {
      throw new Error('gone');
    };
    const values = queuedValues(subscribe, { signal: undefined, limit: 1, resync });
    const first = values.next();
    emit('a');
    await first;
    for (const value of ['b', 'c']) emit(value);
    await expect(values.next()).rejects.toThrow('gone');
    expect(listeners.size).toBe(0);
  });
});

async function take<Value>(values: AsyncGenerator<Value, void>, count: number): Promise<Value[]> {
  const taken: Value[] = [];
  for (let index = 0; index < count; index++) {
    const { value, done } = await values.next();
    if (!done) taken.push(value);
  }
  return taken;
}
