import { describe, expect, it } from 'vitest';
import type { IndexSummary } from '../../../src/main/knowledge/run-tally.ts';
import { IndexScheduler } from '../../../src/main/knowledge/index-scheduler.ts';
import type { Runner } from '../../../src/main/knowledge/index-scheduler.ts';

const summary: IndexSummary = {
  indexed: 1,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  removed: 0,
  chunks: 1,
  failures: [],
  durationMs: 1,
};

/** Runs that end when the test says so. */
function controlledRuns() {
  const started: string[] = [];
  const endings = new Map<
    string,
    { resolve: (summary: IndexSummary) => void; reject: (error: unknown) => void }
  >();
  const runner: Runner = (sourceId, signal) => {
    started.push(sourceId);
    return new Promise((resolve, reject) => {
      endings.set(sourceId, { resolve, reject });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };
  const begun = async (sourceId: string) => {
    while (!started.includes(sourceId)) await new Promise(setImmediate);
  };
  return {
    runner,
    started,
    begun,
    end: (sourceId: string) => endings.get(sourceId)?.resolve(summary),
    endings,
  };
}

describe('the scheduler of index runs', () => {
  it('runs one source at a time, in the order asked for; the others wait', async () => {
    const runs = controlledRuns();
    const scheduler = new IndexScheduler(runs.runner, () => undefined);
    const both = [scheduler.run('a'), scheduler.run('b')];
    await runs.begun('a');
    expect(runs.started).toEqual(['a']);
    expect(scheduler.progressOf('b', false).phase).toBe('waiting');
    runs.end('a');
    await runs.begun('b');
    runs.end('b');
    expect(await Promise.all(both)).toEqual([summary, summary]);
    expect(scheduler.progressOf('b', false).phase).toBe('idle');
  });

  it('goes on with the next source after one failed, and shows why it failed until its next run', async () => {
    const runs = controlledRuns();
    const scheduler = new IndexScheduler(runs.runner, () => undefined);
    const failing = scheduler.run('a').catch((error: unknown) => error);
    const next = scheduler.run('b');
    await runs.begun('a');
    runs.endings.get('a')?.reject(new Error('The disk is full.'));
    expect(await failing).toBeInstanceOf(Error);
    expect(scheduler.progressOf('a', false)).toMatchObject({ phase: 'failed', failure: 'The disk is full.' });
    await runs.begun('b');
    runs.end('b');
    await next;
    void scheduler.run('a');
    expect(scheduler.progressOf('a', false)).toMatchObject({ phase: 'waiting', failure: null });
  });

  it('stops a run that works and one that only waits, without showing a failure', async () => {
    const runs = controlledRuns();
    const scheduler = new IndexScheduler(runs.runner, () => undefined);
    const outcomes = ['a', 'b'].map((id) => scheduler.run(id).catch((error: unknown) => error));
    await runs.begun('a');
    await scheduler.stopAll();
    for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ name: 'AbortError' });
    expect(runs.started).toEqual(['a']);
    expect(scheduler.progressOf('a', true)).toMatchObject({ phase: 'paused', failure: null });
    expect(scheduler.isBusy).toBe(false);
  });

  it('does not start a run whose caller has already given up', async () => {
    const runs = controlledRuns();
    const scheduler = new IndexScheduler(runs.runner, () => undefined);
    await expect(scheduler.run('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(runs.started).toEqual([]);
  });
});
