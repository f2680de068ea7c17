import { useEffect, useState } from 'react';
import { highlight } from './highlight.ts';
import { grammarFor } from './languages.ts';
import type { CodeToken } from './tokenize.ts';

interface Highlighted {
  text: string;
  lines: CodeToken[][];
}

/** Coloured lines of a piece of code once they are ready; null until then, and for languages without a grammar. */
export function useHighlighted(text: string | null, language: string | null): CodeToken[][] | null {
  const [highlighted, setHighlighted] = useState<Highlighted | null>(null);
  const grammar = grammarFor(language);
  useEffect(() => {
    if (grammar === null || text === null) return;
    let isCurrent = true;
    const colour = async (): Promise<void> => {
      const lines = await highlight(text, grammar);
      if (isCurrent && lines) setHighlighted({ text, lines });
    };
    void colour();
    return () => {
      isCurrent = false;
    };
  }, [text, grammar]);
  return highlighted?.text === text ? highlighted.lines : null;
}
