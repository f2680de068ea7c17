import type { ScoredChunk } from './scored-chunk.ts';

/** Chunks that hold a term, and what the term weighs. */
export interface Posting {
  chunkIds: readonly number[];
  weight: number;
}

/**
 * Sums the weights of the terms each chunk holds. Its array is indexed by chunk id and kept between searches: only
 * the cells a search touched are cleared after it.
 */
export class CandidateCollector {
  #weights = new Float64Array(0);

  /** The `count` chunks with the largest sum of weights, in no particular order. */
  collect(
    postings: readonly Posting[],
    count: number,
    isAllowed: (chunkId: number) => boolean,
  ): ScoredChunk[] {
    const touched = this.#accumulate(postings);
    const allowed = touched.filter(isAllowed).map((chunkId) => this.#weights[chunkId] ?? 0);
    const threshold = nthLargest(allowed, count);
    const above: ScoredChunk[] = [];
    const level: ScoredChunk[] = [];
    for (const chunkId of touched) {
      const score = this.#weights[chunkId] ?? 0;
      this.#weights[chunkId] = 0;
      if (score < threshold || !isAllowed(chunkId)) continue;
      (score > threshold ? above : level).push({ chunkId, score });
    }
    return above.concat(level.slice(0, Math.max(0, count - above.length)));
  }

  #accumulate(postings: readonly Posting[]): number[] {
    this.#makeRoom(postings);
    const weights = this.#weights;
    const touched: number[] = [];
    for (const { chunkIds, weight } of postings) {
      for (const chunkId of chunkIds) {
        const sum = weights[chunkId] ?? 0;
        if (sum === 0) touched.push(chunkId);
        weights[chunkId] = sum + weight;
      }
    }
    return touched;
  }

  /** Chunk ids of a posting rise, so its last is its largest. */
  #makeRoom(postings: readonly Posting[]): void {
    const largest = Math.max(0, ...postings.map(({ chunkIds }) => chunkIds.at(-1) ?? 0));
    if (largest < this.#weights.length) return;
    this.#weights = new Float64Array(Math.ceil((largest + 1) * 1.25));
  }
}

/** The `count`th largest value; with fewer values, one below all of them. */
function nthLargest(values: readonly number[], count: number): number {
  if (values.length <= count) return Number.NEGATIVE_INFINITY;
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length - count] ?? Number.NEGATIVE_INFINITY;
}
