import { describe, expect, it } from 'vitest';
import { fuse } from '../../../../src/main/knowledge/search/fusion.ts';

const list = (...scores: [number, number][]) => scores.map(([chunkId, score]) => ({ chunkId, score }));
const order = (chunks: { chunkId: number }[]) => chunks.map(({ chunkId }) => chunkId);

const weighing = (weight: number) => ({ weight, floor: 0 });

describe('fuse', () => {
  it('returns the other list when one leg found nothing', () => {
    const lexical = list([1, 3], [2, 1]);
    expect(fuse(lexical, [], weighing(0.5))).toEqual(lexical);
    expect(fuse([], lexical, weighing(0.5))).toEqual(lexical);
  });

  it('puts a chunk both legs like before one that a single leg likes as much', () => {
    const lexical = list([1, 10], [2, 9], [3, 1]);
    const vector = list([2, 0.9], [4, 0.8], [5, 0.1]);
    expect(order(fuse(lexical, vector, weighing(0.5)))[0]).toBe(2);
  });

  it('leaves the order of the words alone when the embedder was found to be worth nothing', () => {
    const lexical = list([1, 10], [2, 5], [3, 1]);
    const vector = list([9, 0.95], [3, 0.9], [2, 0.5], [1, 0.1]);
    expect(order(fuse(lexical, vector, weighing(0))).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('keeps a clear lexical winner in front of an undecided vector leg, where rank fusion would not', () => {
    const lexical = list([1, 30], [2, 8], [3, 7], [4, 6], [5, 5]);
    const vector = list([5, 0.61], [4, 0.605], [3, 0.6], [2, 0.595]);
    expect(order(fuse(lexical, vector, weighing(0.4)))[0]).toBe(1);
  });

  it('makes no NaN of equal scores, single hits or cosines below the floor', () => {
    const fused = fuse(list([1, 2]), list([2, -0.5], [3, -0.5]), { weight: 0.5, floor: 0.2 });
    expect(fused.every(({ score }) => Number.isFinite(score))).toBe(true);
    expect(fused).toHaveLength(3);
  });
});
