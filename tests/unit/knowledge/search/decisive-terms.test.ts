import { describe, expect, it } from 'vitest';
import { decisiveTerms } from '../../../../src/main/knowledge/search/query-budget.ts';

const weighed = (matches: Record<string, number>) =>
  Object.entries(matches).map(([term, count]) => ({ term, matches: count, weight: 1 }));
const chosen = (matches: Record<string, number>) => decisiveTerms(weighed(matches)).map(({ term }) => term);

describe('decisiveTerms', () => {
  it('lets the rarer terms choose and leaves out what is in half of the index', () => {
    expect(chosen({ get: 24_000, walrus: 3, value: 20_000, tusk: 40 })).toEqual(['walrus', 'tusk', 'value']);
  });

  it('keeps two terms of a question that has only common ones', () => {
    expect(chosen({ get: 40_000, value: 30_000, list: 35_000 })).toEqual(['value', 'list']);
  });

  it('leaves out terms that match nothing', () => {
    expect(chosen({ nothing: 0, walrus: 3 })).toEqual(['walrus']);
  });
});
