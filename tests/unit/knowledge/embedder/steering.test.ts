import { describe, expect, it } from 'vitest';
import { dot } from '../../../../src/main/knowledge/embedder/dot.ts';
import { steer, steeredCorpus, SteeredSimilarity } from '../../../../src/main/knowledge/embedder/steering.ts';

function unit(...values: number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

/** Sixty texts about one subject (the first axis), each with a matter of its own. */
const vectors = Array.from({ length: 60 }, (_, index) =>
  unit(5, Math.cos(index), Math.sin(index * 1.7), Math.cos(index * 2.3), 0.5 * Math.sin(index * 3.1)),
);
const query = unit(5, 1, 0.2, -0.5, 0.3);

describe('steering queries away from what a corpus shares', () => {
  const corpus = steeredCorpus(vectors);

  it('finds directions of unit length at right angles, the first being the common subject', () => {
    const { directions } = corpus;
    expect(directions).toHaveLength(3);
    for (const [index, one] of directions.entries()) {
      expect(dot(one, one)).toBeCloseTo(1, 5);
      for (const other of directions.slice(0, index)) expect(dot(one, other)).toBeCloseTo(0, 4);
    }
    expect(directions[0]?.[0]).toBeGreaterThan(0.95);
  });

  it('removes the directions at strength 1, leaves the query at 0, and keeps unit length', () => {
    const turned = steer(query, corpus.directions, 1);
    for (const direction of corpus.directions) expect(dot(turned, direction)).toBeCloseTo(0, 4);
    expect(dot(turned, turned)).toBeCloseTo(1, 5);
    expect(steer(query, corpus.directions, 0)).toBe(query);
  });

  it.each([0, 0.5, 1])('ranks by strength %d as the steered query itself does', (strength) => {
    const turned = steer(query, corpus.directions, strength);
    const nearest = new SteeredSimilarity(query, corpus).nearest(strength, 10);
    const expected = vectors
      .map((vector, id) => ({ id, score: dot(turned, vector) }))
      .sort((a, b) => b.score - a.score);
    expect(nearest.map(({ id }) => id)).toEqual(expected.slice(0, 10).map(({ id }) => id));
    for (const [place, { score }] of nearest.entries())
      expect(score).toBeCloseTo(expected[place]?.score ?? 0, 4);
  });

  it('keeps a query that is nothing but the common subject', () => {
    const common = corpus.directions[0] ?? query;
    expect(steer(common, corpus.directions, 1).every(Number.isFinite)).toBe(true);
  });

  it('has nothing to remove from a corpus of equal texts but their one direction', () => {
    const same = steeredCorpus(Array.from({ length: 10 }, () => query));
    expect(same.directions).toHaveLength(1);
    expect(steeredCorpus([]).directions).toHaveLength(0);
  });
});
