/** A chunk one leg of the search found; scores of different legs have different scales. */
export interface ScoredChunk {
  chunkId: number;
  score: number;
}

/** Best first; equal scores keep the order of the documents, so that a search repeats itself exactly. */
export function bestFirst(left: ScoredChunk, right: ScoredChunk): number {
  return right.score - left.score || left.chunkId - right.chunkId;
}
