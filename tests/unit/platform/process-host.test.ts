import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/main/platform/app-error.ts';
import { serveChild } from '../../../src/main/platform/child-server.ts';
import {
  ProcessHost,
  type HostState,
  type ProcessHostOptions,
} from '../../../src/main/platform/process-host.ts';
import { memoryAdapter, type MemoryChild } from '../../fixtures/processes/memory-child.ts';

type TestApi = {
  echo: { input: unknown; output: unknown };
  fail: { input: 'app' | 'bug'; output: null };
  wait: { input: null; output: null };
  count: { input: number; output: number; delta: number };
  askParent: { input: string; output: string };
};
type TestParentApi = { shout: { input: string; output: string } };

const aborted: string[] = [];

function serveTestApi(child: MemoryChild): void {
  serveChild<TestApi, TestParentApi>({
    link: child.link,
    handlers: {
      echo: (input) => input,
      fail: (kind) => {
        if (kind === 'bug') throw new TypeError('x is not a function');
        throw new AppError('source_not_found', 'No such folder.', { data: { path: '/a' } });
      },
      wait: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push('wait');
            reject(signal.reason as Error);
          });
        }),
      count: (upTo, { sendDelta }) => {
        for (let n = 1; n <= upTo; n++) sendDelta(n);
        return upTo;
      },
      askParent: (text, { parent, signal }) => parent.request('shout', text, { signal }),
    },
  });
}

function testHost(start = serveTestApi, options: Partial<ProcessHostOptions<TestParentApi>> = {}) {
  const adapter = memoryAdapter(start);
  const host = new ProcessHost<TestApi, TestParentApi>({
    name: 'test',
    entry: 'test-child',
    adapter,
    handlers: { shout: (text) => text.toUpperCase() },
    ...options,
  });
  const states: HostState[] = [];
  host.onStateChange((state) => states.push(state));
  return { host, adapter, states };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as AppError,
  );

beforeEach(() => {
  vi.useFakeTimers();
  aborted.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('requests', () => {
  it('starts the child on the first request and answers from then on', async () => {
    const { host, adapter, states } = testHost();
    expect(adapter.children).toHaveLength(0);
    expect(await host.request('echo', { n: 1 })).toEqual({ n: 1 });
    expect(await host.request('echo', 'again')).toBe('again');
    expect(adapter.children).toHaveLength(1);
    expect(states).toEqual(['starting', 'ready']);
  });

  it('starts one child for requests made at once', async () => {
    const { host, adapter } = testHost();
    expect(await Promise.all([1, 2, 3].map((n) => host.request('echo', n)))).toEqual([1, 2, 3]);
    expect(adapter.children).toHaveLength(1);
  });

  it('carries typed arrays as they are', async () => {
    const { host } = testHost();
    expect(await host.request('echo', Float32Array.of(0.5, 2))).toEqual(Float32Array.of(0.5, 2));
  });

  it('delivers deltas in order and before the result', async () => {
    const { host } = testHost();
    const seen: number[] = [];
    expect(await host.request('count', 100, { onDelta: (n) => seen.push(n) })).toBe(100);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('rejects the one request whose payload cannot be cloned', async () => {
    const { host } = testHost();
    await expect(host.request('echo', () => 1)).rejects.toThrow(/could not be cloned/);
    expect(await host.request('echo', 2)).toBe(2);
  });

  it('rejects with the error of a delta listener and cancels the work', async () => {
    const { host } = testHost();
    const work = host.request('count', 3, {
      onDelta: () => {
        throw new Error('listener broke');
      },
    });
    await expect(work).rejects.toThrow('listener broke');
  });

  it('lets the child call its parent', async () => {
    const { host } = testHost();
    expect(await host.request('askParent', 'hello')).toBe('HELLO');
  });

  it('carries typed errors from the parent through the child and back', async () => {
    const shout = () => {
      throw new AppError('disk_full', 'The disk is full.');
    };
    const { host } = testHost(serveTestApi, { handlers: { shout } });
    expect(await failure(host.request('askParent', 'x'))).toMatchObject({ code: 'disk_full' });
  });
});

describe('errors', () => {
  it('keeps the code, message and data of an AppError', async () => {
    const { host } = testHost();
    const error = await failure(host.request('fail', 'app'));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'source_not_found',
      message: 'No such folder.',
      data: { path: '/a' },
    });
  });

  it('turns a bug into internal with the stack of the child as its cause', async () => {
    const { host } = testHost();
    const error = await failure(host.request('fail', 'bug'));
    expect(error).toMatchObject({ code: 'internal' });
    expect((error?.cause as Error).stack).toContain('x is not a function');
  });

  it('refuses a method the child does not have', async () => {
    const { host } = testHost();
    expect(await failure(host.request('nothing' as 'echo', 1))).toMatchObject({ code: 'internal' });
  });
});

describe('cancellation', () => {
  it('rejects at once and aborts the handler in the child', async () => {
    const { host } = testHost();
    await host.start();
    const controller = new AbortController();
    const work = failure(host.request('wait', null, { signal: controller.signal }));
    await host.request('echo', 1);
    controller.abort();
    expect(await work).toMatchObject({ name: 'AbortError' });
    await host.request('echo', 1);
    expect(aborted).toEqual(['wait']);
  });

  it('releases a caller that cancels while the child starts, without sending its request', async () => {
    const { host } = testHost();
    const controller = new AbortController();
    const work = failure(host.request('wait', null, { signal: controller.signal }));
    controller.abort();
    expect(await work).toMatchObject({ name: 'AbortError' });
    await host.request('echo', 1);
    expect(aborted).toEqual([]);
  });

  it('never starts a child for a request that was cancelled before', async () => {
    const { host, adapter } = testHost();
    await expect(host.request('echo', 1, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(adapter.children).toHaveLength(0);
  });
});

describe('crashes', () => {
  it('rejects every pending request with child_crashed and replays nothing', async () => {
    const { host, adapter } = testHost();
    await host.start();
    const pending = [host.request('wait', null), host.request('wait', null)].map(failure);
    await host.request('echo', 1);
    adapter.children[0]?.write('assertion failed in native code');
    adapter.children[0]?.crash({ code: null, signal: 'SIGSEGV' });
    for (const error of await Promise.all(pending)) {
      expect(error).toMatchObject({
        code: 'child_crashed',
        message: expect.stringContaining('SIGSEGV') as string,
      });
      expect(error?.data.detail).toContain('assertion failed');
    }
    await vi.runAllTimersAsync();
    expect(adapter.children).toHaveLength(1);
  });

  it('starts again with the next request, after a pause', async () => {
    const { host, adapter, states } = testHost();
    await host.start();
    adapter.children[0]?.crash();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.state).toBe('backing-off');
    const next = host.request('echo', 'back');
    await vi.advanceTimersByTimeAsync(199);
    expect(adapter.children).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await next).toBe('back');
    expect(states).toEqual(['starting', 'ready', 'backing-off', 'stopped', 'starting', 'ready']);
  });

  it('refuses with advice after too many crashes, and tries again when it has cooled down', async () => {
    let isBroken = true;
    const { host, adapter } = testHost((child) => (isBroken ? child.crash() : serveTestApi(child)));
    for (let attempt = 0; attempt < 5; attempt++) {
      const work = failure(host.request('echo', 1));
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await work).toMatchObject({ code: 'child_crashed' });
    }
    expect(host.state).toBe('broken');
    expect(await failure(host.request('echo', 1))).toMatchObject({
      code: 'child_unavailable',
      message: expect.stringContaining('try again') as string,
    });
    expect(adapter.children).toHaveLength(5);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await host.request('echo', 'fine')).toBe('fine');
  });

  it('gives up on a child that is not ready in time', async () => {
    const { host } = testHost(() => undefined, { readyTimeoutMs: 1_000 });
    const work = failure(host.request('echo', 1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await work).toMatchObject({ code: 'child_unavailable' });
    expect(host.state).toBe('backing-off');
  });

  it('keeps only the end of what the child writes', async () => {
    const { host, adapter } = testHost(serveTestApi, { outputTailChars: 10 });
    await host.start();
    for (let line = 0; line < 1_000; line++) adapter.children[0]?.write(`line ${line}\n`);
    expect(host.outputTail).toBe('\nline 999\n');
  });
});

describe('stop', () => {
  it('ends the child in order, rejects what is pending, and starts again on request', async () => {
    const { host, states } = testHost();
    await host.start();
    const pending = failure(host.request('wait', null));
    await host.stop();
    expect(await pending).toMatchObject({ code: 'child_unavailable' });
    expect(states).toEqual(['starting', 'ready', 'stopping', 'stopped']);
    expect(await host.request('echo', 1)).toBe(1);
  });

  it('kills a child that does not stop within the grace period', async () => {
    const deaf = (child: MemoryChild) => child.link.send({ type: 'ready' });
    const { host } = testHost(deaf, { graceMs: 500 });
    await host.start();
    const stopped = host.stop();
    await vi.advanceTimersByTimeAsync(499);
    expect(host.state).toBe('stopping');
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    expect(host.state).toBe('stopped');
  });

  it('refuses requests while it is stopping', async () => {
    const { host } = testHost((child) => child.link.send({ type: 'ready' }));
    await host.start();
    const stopped = host.stop();
    expect(await failure(host.request('echo', 1))).toMatchObject({ code: 'child_unavailable' });
    await vi.advanceTimersByTimeAsync(3_000);
    await stopped;
  });

  it('ends the pause after a crash', async () => {
    const { host, adapter } = testHost();
    await host.start();
    adapter.children[0]?.crash();
    await vi.advanceTimersByTimeAsync(0);
    await host.stop();
    expect(host.state).toBe('stopped');
    expect(vi.getTimerCount()).toBe(0);
  });
});
