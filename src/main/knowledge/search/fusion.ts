import { fallbackWeight, fuseLegs } from '../embedder/fusion-rule.ts';
import type { ScoredChunk } from './scored-chunk.ts';

/** How the legs are weighed against each other. */
export interface FusionWeights {
  /** Share of the vector leg, 0 (words decide alone) to 1. */
  weight: number;
  /** Cosine of chunks that have nothing to do with each other, where the vector leg's scale starts. */
  floor: number;
}

/** Used until the corpus has said what its embedder is worth. */
export const uncalibrated: FusionWeights = { weight: fallbackWeight, floor: 0 };

/**
 * Joins the lists of two legs into one, best first. Scores are fused, not ranks: they keep how far ahead a hit is,
 * which is what stops a weak embedder from pushing good lexical hits down.
 */
export function fuse(
  lexical: readonly ScoredChunk[],
  vector: readonly ScoredChunk[],
  weights: FusionWeights,
): ScoredChunk[] {
  if (vector.length === 0) return [...lexical];
  if (lexical.length === 0) return [...vector];
  const fused = fuseLegs(lexical.map(toItem), vector.map(toItem), weights);
  return fused.map(({ id, score }) => ({ chunkId: id, score }));
}

function toItem({ chunkId, score }: ScoredChunk): { id: number; score: number } {
  return { id: chunkId, score };
}
