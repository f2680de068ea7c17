import type { Citation } from '@contract/conversations';
import { markdownParts } from './markdown-parts.ts';

/**
 * What models write for a citation: [1], [1, 2], [1-3], 【1】, [passage 1], [^1]. Never a link `[1](...)` or an escaped
 * bracket. The spaces before it belong to the match, so that nothing is left of one that is removed.
 */
const marker =
  /(?<![ \t])([ \t]*)(?<!\\)(?:\[|【) ?\^?(?:passages?|sources?)? ?([1-9]\d{0,2}(?: ?[,;、–-] ?[1-9]\d{0,2})*) ?(?:\](?!\()|】)/giu;

const longestRange = 20;

export interface CitedAnswer {
  /** The text with every citation written `[n]` (several as `[1][2]`) and unknown numbers removed. */
  text: string;
  /** The passages cited, in the order of their first mention; all that were given when none is cited. */
  citations: Citation[];
}

/**
 * Matches the citations in an answer with the passages the model was given. Numbers stay as they were given, so that
 * what was shown while streaming stays true. Brackets in code are left alone, and all of them when no passage was given.
 */
export function resolveCitations(text: string, given: readonly Citation[]): CitedAnswer {
  if (given.length === 0) return { text: text.trim(), citations: [] };
  const known = new Map(given.map((citation) => [citation.n, citation]));
  const cited = new Map<number, Citation>();
  const resolved = markdownParts(text).map((part) =>
    part.isCode ? part.text : rewriteMarkers(part.text, known, cited),
  );
  return {
    text: resolved.join('').trim(),
    citations: cited.size > 0 ? [...cited.values()] : [...given],
  };
}

function rewriteMarkers(
  prose: string,
  known: ReadonlyMap<number, Citation>,
  cited: Map<number, Citation>,
): string {
  return prose.replace(marker, (_whole, space: string, numbers: string) => {
    const kept = numbersOf(numbers).filter((n) => known.has(n));
    for (const n of kept) {
      const citation = known.get(n);
      if (citation) cited.set(n, citation);
    }
    return kept.length === 0 ? '' : space + kept.map((n) => `[${n}]`).join('');
  });
}

function numbersOf(list: string): number[] {
  const numbers = list.split(/[,;、]/).flatMap((item) => {
    const [first = 0, last = first] = item.split(/[–-]/).map(Number);
    if (last < first || last - first >= longestRange) return [first, last];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(numbers)];
}

/** An earlier answer without its citations: their numbers meant other passages. */
export function withoutCitations(text: string): string {
  return markdownParts(text)
    .map((part) => (part.isCode ? part.text : part.text.replace(marker, '')))
    .join('');
}
