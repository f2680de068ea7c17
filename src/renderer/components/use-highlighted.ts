import { useEffect, useState } from 'react';
import type { CodeToken } from './highlight.ts';
import { grammarFor } from './languages.ts';

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
      const { highlight } = await import('./highlight.ts');
      const lines = await highlight(text, grammar);
      if (isCurrent && lines) setHighlighted({ text, lines });
    };
    colour().catch(() => {
      // Uncoloured code is still readable; there is nothing to tell the user.
    });
    return () => {
      isCurrent = false;
    };
  }, [text, grammar]);
  return highlighted?.text === text ? highlighted.lines : null;
}
