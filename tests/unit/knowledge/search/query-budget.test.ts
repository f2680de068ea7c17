import { describe, expect, it } from 'vitest';
import { chooseTerms } from '../../../../src/main/knowledge/search/query-budget.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `term${index}`);

describe('chooseTerms', () => {
  it('keeps all terms of a question without counting matches', () => {
    const terms = numbered(12);
    const refuse = () => {
      throw new Error('must not count');
    };
    expect(chooseTerms(terms, refuse)).toEqual(terms);
  });

  it('keeps the rarest terms of a long text, rarest first, without those that match nothing', () => {
    const terms = numbered(100);
    const matches = (term: string) => 99 - Number(term.slice(4));
    const chosen = chooseTerms(terms, matches);
    expect(chosen).toHaveLength(32);
    expect(chosen[0]).toBe('term98');
    expect(chosen).not.toContain('term99');
  });

  it('stops adding common terms once the rarer ones match many chunks, but keeps a few', () => {
    expect(chooseTerms(numbered(40), () => 30_000)).toHaveLength(4);
  });

  it('looks at a bounded number of terms of a pasted page', () => {
    let counted = 0;
    chooseTerms(numbered(5_000), () => {
      counted++;
      return 1;
    });
    expect(counted).toBe(200);
  });
});
