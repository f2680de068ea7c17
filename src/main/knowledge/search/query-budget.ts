/** Longest query whose terms are all searched without a look at how common they are. */
const maxTermsUnchecked = 12;
/** A pasted page has more; its first terms say what it is about. */
const maxTermsConsidered = 200;
const maxTerms = 32;
/** Common terms of a long query are dropped once the rarer ones match this many chunks together. */
const maxMatches = 60_000;
const leastTerms = 4;

/**
 * Terms worth searching: all of a question; of a long text the rarest, which decide the ranking anyway, as many as the
 * time for one search allows.
 */
export function chooseTerms(terms: readonly string[], countMatches: (term: string) => number): string[] {
  if (terms.length <= maxTermsUnchecked) return [...terms];
  const counted = terms
    .slice(0, maxTermsConsidered)
    .map((term) => ({ term, matches: countMatches(term) }))
    .filter(({ matches }) => matches > 0)
    .sort((left, right) => left.matches - right.matches);
  const chosen: string[] = [];
  let total = 0;
  for (const { term, matches } of counted) {
    total += matches;
    if (chosen.length >= maxTerms || (chosen.length >= leastTerms && total > maxMatches)) break;
    chosen.push(term);
  }
  return chosen;
}

export interface WeighedTerm {
  term: string;
  /** Chunks that hold it. */
  matches: number;
  weight: number;
}

/** Row lists up to this many rows together are read to choose candidates. */
const maxRowsForCandidates = 25_000;
const leastDecisiveTerms = 2;

/**
 * Terms that choose the candidates of a search: the rarer ones. What is left out is so common that it hardly tells
 * chunks apart; the exact score of the candidates counts it again.
 */
export function decisiveTerms(terms: readonly WeighedTerm[]): WeighedTerm[] {
  const found = terms
    .filter(({ matches }) => matches > 0)
    .sort((left, right) => left.matches - right.matches);
  const chosen: WeighedTerm[] = [];
  let rows = 0;
  for (const term of found) {
    rows += term.matches;
    if (chosen.length >= leastDecisiveTerms && rows > maxRowsForCandidates) break;
    chosen.push(term);
  }
  return chosen;
}
