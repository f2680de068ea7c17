/**
 * BM25 as SQLite's FTS5 computes it, so that a score is the same whether FTS5 or our own code made it: the
 * occurrences of a term in the columns of a chunk are weighted and summed before they saturate, and a chunk's
 * length is its terms in all columns.
 *
 * Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); sqlite.org/fts5.html.
 */
export const columnWeights = { body: 1, symbol: 2, path: 0.5 } as const;

const saturation = 1.2;
const lengthShare = 0.75;
const leastIdf = 1e-6;

/** The `rank` argument that makes FTS5 use the same column weights. */
export const rankFunction = `bm25(${columnWeights.body.toFixed(1)}, ${columnWeights.symbol.toFixed(1)}, ${columnWeights.path.toFixed(1)})`;

/** Weight of a term that `matches` of `total` chunks hold; next to nothing once half of them do. */
export function inverseDocumentFrequency(matches: number, total: number): number {
  return Math.max(leastIdf, Math.log((total - matches + 0.5) / (matches + 0.5)));
}

/** What one term adds to a chunk's score. `relativeLength` is the chunk's length over the average length. */
export function termScore(idf: number, weightedCount: number, relativeLength: number): number {
  const damping = saturation * (1 - lengthShare + lengthShare * relativeLength);
  return (idf * weightedCount * (saturation + 1)) / (weightedCount + damping);
}
