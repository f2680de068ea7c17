import { describe, expect, it } from 'vitest';
import { fuseLegs } from '../../../../src/main/knowledge/embedder/fusion-rule.ts';
import type { ScoredItem } from '../../../../src/main/knowledge/embedder/fusion-rule.ts';

const words: ScoredItem[] = [
  { id: 1, score: 12 },
  { id: 2, score: 6 },
  { id: 3, score: 4 },
];
const near: ScoredItem[] = [
  { id: 4, score: 0.8 },
  { id: 2, score: 0.7 },
  { id: 1, score: 0.2 },
];
const order = (items: ScoredItem[]) => items.map(({ id }) => id);
const balanced = { weight: 0.5, floor: 0 };

describe('fusing the lists of two legs', () => {
  it('keeps the lexical order at weight 0 and the order of meaning at weight 1', () => {
    expect(order(fuseLegs(words, near, { weight: 0, floor: 0 })).slice(0, 3)).toEqual([1, 2, 3]);
    expect(order(fuseLegs(words, near, { weight: 1, floor: 0 })).slice(0, 3)).toEqual([4, 2, 1]);
  });

  it('puts what both legs find above what one leg alone finds', () => {
    expect(order(fuseLegs(words, near, balanced))[0]).toBe(2);
  });

  it('returns each item of either list once', () => {
    expect(order(fuseLegs(words, near, balanced)).toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('does not depend on the scale of either leg', () => {
    const scaled = words.map(({ id, score }) => ({ id, score: score * 1000 }));
    expect(order(fuseLegs(scaled, near, balanced))).toEqual(order(fuseLegs(words, near, balanced)));
  });

  it('spreads cosines that lie close together when it starts at the floor', () => {
    const narrow = near.map(({ id, score }) => ({ id, score: 0.9 + score / 10 }));
    expect(order(fuseLegs(words, narrow, { weight: 0.5, floor: 0.9 }))).toEqual(
      order(fuseLegs(words, near, balanced)),
    );
  });

  it.each([
    ['no lexical list', [], near, [4, 2, 1]],
    ['no list of meaning', words, [], [1, 2, 3]],
    ['no list', [], [], []],
  ])('copes with %s', (_, lexical, meaning, expected) => {
    expect(order(fuseLegs(lexical, meaning, balanced))).toEqual(expected);
  });

  it('gives finite scores for lists of zeros and for cosines below the floor', () => {
    const zeros = words.map(({ id }) => ({ id, score: 0 }));
    const low = near.map(({ id, score }) => ({ id, score: score - 2 }));
    expect(
      fuseLegs(zeros, low, { weight: 0.5, floor: 0.3 }).every(({ score }) => Number.isFinite(score)),
    ).toBe(true);
  });
});
