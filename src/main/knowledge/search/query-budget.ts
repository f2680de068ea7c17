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
