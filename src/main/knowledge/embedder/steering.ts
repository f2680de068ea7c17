import { dot } from './dot.ts';

/** Directions that all of a corpus shares: its mean, then its broadest variations. */
const variations = 2;
const iterations = 12;
const mostVectors = 2_000;

/**
 * What every text of a corpus is about: the unit mean of its vectors and the two principal directions of what is left.
 * In a folder about one subject these outweigh what tells its chunks apart.
 */
function commonDirections(vectors: readonly Float32Array[]): Float32Array[] {
  const sample = vectors.slice(0, mostVectors);
  const dimensions = sample[0]?.length ?? 0;
  const mean = new Float64Array(dimensions);
  for (const vector of sample) addScaled(mean, vector, 1);
  const directions = [unit(mean)];
  for (let found = 0; found < variations; found++) directions.push(principal(sample, directions));
  return directions.filter((direction) => direction.some((value) => value !== 0));
}

/**
 * A query turned away from what its whole corpus shares, towards what tells its chunks apart. Only the query changes, so
 * stored vectors serve as they are.
 *
 * @param strength 0 leaves the query, 1 removes the directions entirely
 */
export function steer(
  query: Float32Array,
  directions: readonly Float32Array[],
  strength: number,
): Float32Array {
  if (strength === 0 || directions.length === 0) return query;
  const turned = Float64Array.from(query);
  for (const direction of directions) addScaled(turned, direction, -strength * dot(query, direction));
  const result = unit(turned);
  return result.some((value) => value !== 0) ? result : query;
}

/** How near one query is to each text of a corpus, at any strength of steering. */
export class SteeredSimilarity {
  private readonly plain: Float64Array;
  private readonly shares: readonly number[];
  private readonly along: readonly Float64Array[];

  constructor(query: Float32Array, corpus: SteeredCorpus) {
    this.plain = Float64Array.from(corpus.vectors, (vector) => dot(query, vector));
    this.shares = corpus.directions.map((direction) => dot(query, direction));
    this.along = corpus.along;
  }

  /** The `depth` nearest texts, best first: the cosines that `steer`ed vectors would have. */
  nearest(strength: number, depth: number): { id: number; score: number }[] {
    const kept = 1 - (2 - strength) * strength * this.shares.reduce((sum, share) => sum + share * share, 0);
    const length = Math.sqrt(Math.max(kept, 1e-9));
    const scores = this.plain.map((score, id) => {
      let shared = 0;
      for (const [index, share] of this.shares.entries()) shared += share * (this.along[index]?.[id] ?? 0);
      return (score - strength * shared) / length;
    });
    const least = scores.toSorted()[Math.max(0, scores.length - depth)] ?? 0;
    const found: { id: number; score: number }[] = [];
    for (const [id, score] of scores.entries()) if (score >= least) found.push({ id, score });
    return found.sort((a, b) => b.score - a.score).slice(0, depth);
  }
}

/** A corpus with its common directions and how far each of its texts lies along them. */
export interface SteeredCorpus {
  vectors: readonly Float32Array[];
  directions: readonly Float32Array[];
  along: readonly Float64Array[];
}

export function steeredCorpus(vectors: readonly Float32Array[]): SteeredCorpus {
  const directions = commonDirections(vectors);
  const along = directions.map((direction) => Float64Array.from(vectors, (vector) => dot(vector, direction)));
  return { vectors, directions, along };
}

/** Power iteration for the direction of most variation, at right angles to those found already. */
function principal(vectors: readonly Float32Array[], found: readonly Float32Array[]): Float32Array {
  let direction = unit(Float64Array.from(found[0] ?? [], (_, axis) => Math.cos(axis + found.length)));
  for (let step = 0; step < iterations; step++) {
    const next = new Float64Array(direction.length);
    for (const vector of vectors) addScaled(next, vector, dot(vector, direction));
    for (const known of found) addScaled(next, known, -dot(next, known));
    // Rounding leaves a little even where nothing varies: that is no direction.
    direction = unit(next, 1e-6 * vectors.length);
  }
  return direction;
}

function addScaled(sum: Float64Array, vector: Float32Array, scale: number): void {
  for (let axis = 0; axis < sum.length; axis++) sum[axis] = (sum[axis] ?? 0) + scale * (vector[axis] ?? 0);
}

/** The vector at unit length; zeros when it is shorter than `least`. */
function unit(vector: Float64Array, least = 1e-9): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => (length > least ? value / length : 0));
}
