import { describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../src/main/knowledge/run-tally.ts';
import { ProgressMeter, restingProgress } from '../../../src/main/knowledge/progress.ts';

const reading: RunProgress = {
  phase: 'indexing',
  filesDone: 0,
  filesTotal: 100,
  chunks: 0,
  currentFile: 'a.txt',
  readShare: 0,
  filesRead: 0,
};

describe('progress of a run', () => {
  it('has no speed while the folder is walked', () => {
    const meter = new ProgressMeter('source', () => 0);
    const shown = meter.measure({ ...reading, phase: 'scanning', filesTotal: null });
    expect(shown).toMatchObject({
      phase: 'scanning',
      filesTotal: null,
      filesPerSecond: null,
      secondsLeft: null,
    });
  });

  it('tells speed and time left from what was read, not from what did not need to be', () => {
    let nowMs = 0;
    const meter = new ProgressMeter('source', () => nowMs);
    meter.measure(reading);
    nowMs = 10_000;
    const shown = meter.measure({ ...reading, filesDone: 90, filesRead: 20, readShare: 0.25 });
    expect(shown.filesPerSecond).toBe(2);
    expect(shown.secondsLeft).toBe(30);
  });

  it('makes no guess in the first moments', () => {
    let nowMs = 0;
    const meter = new ProgressMeter('source', () => nowMs);
    meter.measure(reading);
    nowMs = 300;
    expect(meter.measure({ ...reading, filesRead: 1, readShare: 0.001 }).secondsLeft).toBeNull();
  });

  it('never shows a negative time when files grew meanwhile', () => {
    let nowMs = 0;
    const meter = new ProgressMeter('source', () => nowMs);
    meter.measure(reading);
    nowMs = 5_000;
    expect(meter.measure({ ...reading, filesRead: 9, readShare: 1.2 }).secondsLeft).toBe(0);
  });
});

describe('progress of a source at rest', () => {
  it('keeps the figures of its last run, without speed and current file', () => {
    const last = {
      ...restingProgress('source', 'idle', undefined),
      filesDone: 7,
      chunks: 9,
      currentFile: 'a.txt',
    };
    expect(restingProgress('source', 'paused', last)).toEqual({
      sourceId: 'source',
      phase: 'paused',
      filesDone: 7,
      filesTotal: null,
      chunks: 9,
      currentFile: null,
      filesPerSecond: null,
      secondsLeft: null,
      failure: null,
    });
  });
});
