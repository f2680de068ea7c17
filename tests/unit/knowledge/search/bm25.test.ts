import { describe, expect, it } from 'vitest';
import { inverseDocumentFrequency, termScore } from '../../../../src/main/knowledge/search/bm25.ts';

describe('BM25', () => {
  it('weighs rare terms more, and never negatively', () => {
    expect(inverseDocumentFrequency(1, 1_000)).toBeGreaterThan(inverseDocumentFrequency(100, 1_000));
    expect(inverseDocumentFrequency(900, 1_000)).toBeGreaterThan(0);
  });

  it('gives a term of weight 1 in a chunk of average length the value of its idf', () => {
    expect(termScore(3, 1, 1)).toBeCloseTo(3, 10);
  });

  it('saturates with repetition and favours shorter chunks', () => {
    expect(termScore(1, 1_000, 1)).toBeLessThan(2.2);
    expect(termScore(1, 2, 1)).toBeGreaterThan(termScore(1, 1, 1));
    expect(termScore(1, 1, 0.5)).toBeGreaterThan(termScore(1, 1, 2));
  });
});
