import type { Grammar } from './languages.ts';
import { type CodeToken, tokenize } from './tokenize.ts';

export interface HighlightRequest {
  id: number;
  text: string;
  grammar: Grammar;
}

export interface HighlightAnswer {
  id: number;
  /** Null for what is too large to colour, or cannot be. */
  lines: CodeToken[][] | null;
}

// Loading a grammar takes up to seconds; in a worker the window never waits for it.
self.addEventListener('message', (event: MessageEvent<HighlightRequest>) => {
  const { id, text, grammar } = event.data;
  const answer = (lines: CodeToken[][] | null): void =>
    self.postMessage({ id, lines } satisfies HighlightAnswer);
  tokenize(text, grammar).then(answer, () => answer(null));
});
