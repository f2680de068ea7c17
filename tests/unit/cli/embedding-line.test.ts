import { expect, test } from 'vitest';
import { embeddingLine } from '../../../src/main/cli/embed-index.ts';

test.each([
  [null, 'Embedding: 1,204 of 3,980 passages'],
  [0.2, 'Embedding: 1,204 of 3,980 passages, about 1 s left'],
  [42.4, 'Embedding: 1,204 of 3,980 passages, about 42 s left'],
  [118, 'Embedding: 1,204 of 3,980 passages, about 2 min left'],
  [7_300, 'Embedding: 1,204 of 3,980 passages, about 2 h left'],
])('with %s seconds left the progress of embedding reads as a person would say it', (secondsLeft, line) => {
  expect(embeddingLine({ done: 1_204, total: 3_980, secondsLeft })).toBe(line);
});
