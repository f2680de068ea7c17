import type { EmbeddingProgress } from '@contract/knowledge';

/** Where embedding stands while there is no embedder. */
export const offProgress: EmbeddingProgress = {
  modelName: null,
  phase: 'off',
  done: 0,
  total: 0,
  chunksPerSecond: null,
  secondsLeft: null,
  failure: null,
};
