import { describe, expect, it } from 'vitest';
import { CandidateCollector } from '../../../../src/main/knowledge/search/candidates.ts';

const everything = () => true;
const ids = (chunks: { chunkId: number }[]) => chunks.map(({ chunkId }) => chunkId).sort((a, b) => a - b);

describe('CandidateCollector', () => {
  it('sums the weights of the terms each chunk holds and keeps the largest sums', () => {
    const collector = new CandidateCollector();
    const postings = [
      { chunkIds: [1, 2, 3], weight: 1 },
      { chunkIds: [2, 4], weight: 5 },
      { chunkIds: [3, 4], weight: 2 },
    ];
    expect(collector.collect(postings, 2, everything)).toEqual(
      expect.arrayContaining([
        { chunkId: 4, score: 7 },
        { chunkId: 2, score: 6 },
      ]),
    );
  });

  it('returns exactly as many as asked for when chunks at the threshold are level', () => {
    const collector = new CandidateCollector();
    expect(collector.collect([{ chunkIds: [5, 6, 7, 8], weight: 1 }], 3, everything)).toHaveLength(3);
  });

  it('chooses among the allowed chunks, not before the filter', () => {
    const collector = new CandidateCollector();
    const postings = [
      { chunkIds: [1, 2, 3, 4, 5, 6], weight: 1 },
      { chunkIds: [1, 2, 3], weight: 9 },
    ];
    expect(ids(collector.collect(postings, 2, (chunkId) => chunkId > 4))).toEqual([5, 6]);
  });

  it('remembers nothing of the search before', () => {
    const collector = new CandidateCollector();
    collector.collect([{ chunkIds: [1, 2, 9_000], weight: 3 }], 1, everything);
    expect(collector.collect([{ chunkIds: [2], weight: 1 }], 5, everything)).toEqual([
      { chunkId: 2, score: 1 },
    ]);
  });

  it('finds nothing in empty postings', () => {
    expect(new CandidateCollector().collect([{ chunkIds: [], weight: 1 }], 5, everything)).toEqual([]);
  });
});
