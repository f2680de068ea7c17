import { useQueries, useQuery } from '@tanstack/react-query';
import type { DocumentView } from '@contract/knowledge';
import { queries } from '../../client/alcove.ts';
import { highlight } from '../../components/highlight.ts';
import { grammarFor } from '../../components/languages.ts';
import type { CodeToken } from '../../components/tokenize.ts';
import { shownLine, windowInput, windowLines, windowOf } from './document-windows.ts';

export interface DocumentLine {
  text: string;
  tokens: readonly CodeToken[] | null;
}

/** Lines of the given windows of a document: text as it arrives, colours when they are ready. */
export function useDocumentLines(
  document: DocumentView,
  windows: readonly number[],
): (row: number) => DocumentLine | null {
  const { documentId, language } = document;
  const grammar = grammarFor(language);
  const loaded = useQueries({
    queries: windows.map((window) =>
      queries.knowledge.document.queryOptions({ input: windowInput(documentId, window), staleTime: 60_000 }),
    ),
  });
  const texts = windows.map((_, index) => loaded[index]?.data?.lines.map(shownLine) ?? null);
  const key = windows.filter((_, index) => texts[index] !== null);
  const colours = useQuery({
    queryKey: ['document-colours', documentId, grammar, key],
    enabled: grammar !== null && key.length > 0,
    staleTime: Infinity,
    placeholderData: (previous: Map<number, CodeToken[][]> | undefined) => previous,
    queryFn: async () => {
      const byWindow = new Map<number, CodeToken[][]>();
      for (const [index, window] of windows.entries()) {
        const lines = texts[index];
        const tokens = lines && grammar ? await highlight(lines.join('\n'), grammar) : null;
        if (tokens) byWindow.set(window, tokens);
      }
      return byWindow;
    },
  });
  return (row) => {
    const window = windowOf(row + 1);
    const offset = row - window * windowLines;
    const text = texts[windows.indexOf(window)]?.[offset];
    if (text === undefined) return null;
    const tokens = colours.data?.get(window)?.[offset] ?? null;
    // Colours of an earlier version of the file must not stand in for its text.
    const isSame = tokens !== null && tokens.map((token) => token.text).join('') === text;
    return { text, tokens: isSame ? tokens : null };
  };
}
