import { describe, expect, it } from 'vitest';
import { markTerms } from '../../../../src/renderer/components/mark-terms.ts';

const marked = (text: string, query: string) =>
  markTerms(text, query)
    .filter((part) => part.isMatch)
    .map((part) => part.text);

describe('markTerms', () => {
  it('marks other endings of the words that were searched', () => {
    expect(marked('Indexes are indexed while indexing.', 'indexing')).toEqual([
      'Indexes',
      'indexed',
      'indexing',
    ]);
  });

  it('marks words, not letters inside other words', () => {
    expect(marked('The start of art', 'art')).toEqual(['art']);
  });

  it('marks within a sentence of a script without spaces, beside words with them', () => {
    expect(marked('员工可以休十二周的育儿假 and leave', '育儿假 leave')).toEqual(['育儿假', 'leave']);
    expect(marked('十二周的育儿假', '育儿假有多长')).toEqual(['育儿']);
  });

  it('gives the whole text back whatever the query holds', () => {
    for (const query of ['', '(', '[a-z]+', 'c++ \\d', 'über']) {
      expect(
        markTerms('Über (c++) [a-z]+', query)
          .map((part) => part.text)
          .join(''),
      ).toBe('Über (c++) [a-z]+');
    }
  });

  it('does not run away on a long text', () => {
    expect(marked('ab '.repeat(50_000), 'ab')).toHaveLength(50_000);
  });
});
