import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../../src/main/platform/app-error.ts';
import { nodeChildAdapter } from '../../../src/main/platform/node-child-adapter.ts';
import { ProcessHost, type ProcessHostOptions, type NoApi } from '../../../src/main/platform/process-host.ts';
import { buildChild } from '../../fixtures/processes/build-child.ts';
import type { ForkedTestApi } from '../../fixtures/processes/test-child.ts';

let childEntry = '';
let parentEntry = '';
const hosts: ProcessHost<ForkedTestApi>[] = [];

beforeAll(async () => {
  childEntry = await buildChild('tests/fixtures/processes/test-child.ts');
  parentEntry = await buildChild('tests/fixtures/processes/test-parent.ts');
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

function forkedHost(options: Partial<ProcessHostOptions<NoApi>> = {}): ProcessHost<ForkedTestApi> {
  const host = new ProcessHost<ForkedTestApi>({
    name: 'test',
    entry: childEntry,
    adapter: nodeChildAdapter,
    handlers: {},
    restarts: { firstDelayMs: 1 },
    ...options,
  });
  hosts.push(host);
  return host;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as AppError,
  );

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a forked child', () => {
  it('exchanges plain data and typed arrays', async () => {
    const host = forkedHost();
    const value = { text: 'é\u{1F600}', vector: Float32Array.of(1, 2, 3), at: new Date(0), empty: null };
    expect(await host.request('echo', value)).toEqual(value);
  });

  it('exchanges payloads of many megabytes', async () => {
    const vector = new Float32Array(4_000_000).fill(0.25);
    const answer = (await forkedHost().request('echo', vector)) as Float32Array;
    expect(Buffer.compare(Buffer.from(answer.buffer), Buffer.from(vector.buffer))).toBe(0);
  });

  it('rejects a payload that cannot be cloned and serves the next', async () => {
    const host = forkedHost();
    await expect(host.request('echo', () => 1)).rejects.toThrow();
    expect(await host.request('echo', 1)).toBe(1);
  });

  it('sees only the allowed part of the environment, and nothing on its command line', async () => {
    vi.stubEnv('SECRET_API_KEY', 'do not leak');
    const host = forkedHost({ env: { TEST_EXTRA: 'given' } });
    const environment = await host.request('environment', null);
    vi.unstubAllEnvs();
    expect(environment['SECRET_API_KEY']).toBeUndefined();
    expect(environment['TEST_EXTRA']).toBe('given');
    expect(environment['PATH']).toBe(process.env['PATH']);
    expect(await host.request('arguments', null)).toEqual([]);
  });
});

describe('a child that dies', () => {
  it('settles its request as child_crashed when it is killed with SIGKILL, and the next request works', async () => {
    const host = forkedHost();
    await host.start();
    const pending = failure(host.request('hang', null));
    await host.request('echo', 1);
    process.kill(host.pid ?? 0, 'SIGKILL');
    expect(await pending).toMatchObject({
      code: 'child_crashed',
      message: expect.stringContaining('SIGKILL') as string,
    });
    expect(await host.request('echo', 'again')).toBe('again');
  });

  it('settles as child_crashed with the stack when it throws outside of a request', async () => {
    const error = await failure(forkedHost().request('throwLater', null));
    expect(error).toMatchObject({ code: 'child_crashed' });
    expect(error?.data.detail).toContain('thrown outside of any request');
  });

  it('reports what it wrote when it exits at start', async () => {
    const error = await failure(forkedHost({ env: { TEST_CHILD_MODE: 'exit' } }).request('echo', 1));
    expect(error).toMatchObject({
      code: 'child_crashed',
      message: expect.stringContaining('exit code 3') as string,
    });
    expect(error?.data.detail).toContain('cannot start');
  });

  it('settles as child_crashed when its entry does not exist', async () => {
    const error = await failure(forkedHost({ entry: `${childEntry}.missing` }).request('echo', 1));
    expect(error).toMatchObject({ code: 'child_crashed' });
  });

  it('is given up when it never says that it is ready', async () => {
    const host = forkedHost({ env: { TEST_CHILD_MODE: 'silent' }, readyTimeoutMs: 300 });
    expect(await failure(host.request('echo', 1))).toMatchObject({ code: 'child_unavailable' });
  });
});

describe('a child that misbehaves', () => {
  it('may flood its output: answers still come, and only the end is kept', async () => {
    const host = forkedHost({ outputTailChars: 2_048 });
    await host.request('flood', 32);
    expect(await host.request('echo', 1)).toBe(1);
    await expect.poll(() => host.outputTail.endsWith('end of flood\n'), { timeout: 20_000 }).toBe(true);
    expect(host.outputTail).toHaveLength(2_048);
  });

  it('is killed when it does not stop, even with its event loop blocked', async () => {
    const host = forkedHost({ graceMs: 200 });
    await host.start();
    const { pid } = host;
    const pending = failure(host.request('block', null));
    await host.stop();
    expect(await pending).toMatchObject({ code: 'child_unavailable' });
    expect(isRunning(pid)).toBe(false);
  });
});

describe('a parent that dies', () => {
  it('takes its child with it', async () => {
    const parent = fork(parentEntry, [childEntry], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const [line] = (await once(parent.stdout ?? parent, 'data')) as [Buffer];
    const childPid = Number(line.toString());
    expect(isRunning(childPid)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => isRunning(childPid), { timeout: 10_000 }).toBe(false);
  });
});
