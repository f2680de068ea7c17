import { bestFirst } from './scored-chunk.ts';
import type { ScoredChunk } from './scored-chunk.ts';

/**
 * Joins the lists of two legs into one, best first. Each list's scores are standardised (mean 0, deviation 1) and
 * summed, the vector leg with `vectorWeight` (0 to 1) and the lexical leg with the rest. A chunk that a leg did not
 * return gets that leg's lowest score: it is known to be no better.
 *
 * Standardised scores keep how far ahead a hit is. Rank fusion throws that away, which lets a weak embedder push good
 * lexical hits down.
 */
export function fuse(
  lexical: readonly ScoredChunk[],
  vector: readonly ScoredChunk[],
  vectorWeight: number,
): ScoredChunk[] {
  if (vector.length === 0) return [...lexical];
  if (lexical.length === 0) return [...vector];
  const lexicalScores = standardise(lexical);
  const vectorScores = standardise(vector);
  const chunkIds = new Set([...lexicalScores.byChunk.keys(), ...vectorScores.byChunk.keys()]);
  return [...chunkIds]
    .map((chunkId) => ({
      chunkId,
      score:
        (1 - vectorWeight) * (lexicalScores.byChunk.get(chunkId) ?? lexicalScores.lowest) +
        vectorWeight * (vectorScores.byChunk.get(chunkId) ?? vectorScores.lowest),
    }))
    .sort(bestFirst);
}

interface StandardisedScores {
  byChunk: ReadonlyMap<number, number>;
  lowest: number;
}

/** Equal scores all become 0: they say nothing about which chunk is better. */
function standardise(list: readonly ScoredChunk[]): StandardisedScores {
  const mean = list.reduce((sum, { score }) => sum + score, 0) / list.length;
  const variance = list.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / list.length;
  const deviation = Math.sqrt(variance) || 1;
  const byChunk = new Map(list.map(({ chunkId, score }) => [chunkId, (score - mean) / deviation]));
  return { byChunk, lowest: Math.min(...byChunk.values()) };
}
