import type { Passage } from '@contract/knowledge';

export function aPassage(change: Partial<Passage> = {}): Passage {
  return {
    chunkId: 1,
    documentId: 1,
    sourceId: 's',
    path: '/home/ada/handbook/leave.md',
    relativePath: 'leave.md',
    startLine: 1,
    endLine: 3,
    page: null,
    heading: null,
    symbol: null,
    language: 'markdown',
    text: 'Parents may take up to 26 weeks.',
    ...change,
  };
}
