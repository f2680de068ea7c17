import type { IndexProgress, Source } from '@contract/knowledge';

export function aSource(change: Partial<Source> = {}): Source {
  return {
    id: 's',
    path: '/home/ada/handbook',
    name: 'handbook',
    addedAt: 0,
    lastIndexedAt: null,
    isPaused: false,
    isReachable: true,
    counts: { indexed: 1_204, skipped: 12, failed: 3, chunks: 9_000, sizeBytes: 1_000 },
    ...change,
  };
}

export function someProgress(change: Partial<IndexProgress> = {}): IndexProgress {
  return {
    sourceId: 's',
    phase: 'indexing',
    filesDone: 1_204,
    filesTotal: 3_980,
    chunks: 9_000,
    currentFile: null,
    filesPerSecond: 30,
    secondsLeft: 118,
    failure: null,
    ...change,
  };
}
