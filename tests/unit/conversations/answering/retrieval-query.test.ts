import { describe, expect, it } from 'vitest';
import { retrievalQuery } from '../../../../src/main/conversations/answering/retrieval-query.ts';

const first = 'How many weeks of parental leave do employees in France get?';

describe('retrievalQuery', () => {
  it('searches a question that stands alone as it is', () => {
    const question = 'Which environment variables does the billing service read at startup?';
    expect(retrievalQuery(question, [first])).toBe(question);
    expect(retrievalQuery(first, [])).toBe(first);
  });

  it('gives a short follow-up the words of the question before', () => {
    expect(retrievalQuery('And in Germany?', [first])).toBe(
      'And in Germany? weeks parental leave employees France',
    );
  });

  it('carries the topic when the question refers back to it', () => {
    const query = retrievalQuery('Does it apply to part-time contractors and temporary agency staff?', [
      first,
    ]);
    expect(query).toContain('parental leave');
  });

  it('carries the topic over several short turns', () => {
    expect(retrievalQuery('why?', [first, 'and in Germany?'])).toContain('parental');
    expect(retrievalQuery('why?', [first, 'and in Germany?'])).toContain('Germany');
  });

  it('does not repeat words the question has', () => {
    const query = retrievalQuery('and parental leave in Spain?', [first]);
    expect(query.match(/parental/g)).toHaveLength(1);
  });

  it('does not drown a new topic, however short, in the old one', () => {
    expect(retrievalQuery('What is the refund policy?', [first])).toBe('What is the refund policy?');
  });

  it('lets an old topic go once a question stands alone', () => {
    const other = 'Where does the indexer store embeddings between restarts?';
    expect(retrievalQuery('and why there?', [first, other])).not.toContain('parental');
  });

  it('keeps identifiers and paths whole', () => {
    expect(retrievalQuery('why?', ['what does src/main/app.ts do with parse_http_header'])).toBe(
      'why? src/main/app.ts parse_http_header',
    );
  });

  it('does not take a sentence in a script without spaces for one word', () => {
    const question = '员工的育儿假有多少周并且如何申请';
    expect(retrievalQuery(question, [first])).toBe(question);
    expect(retrievalQuery('为什么', [question])).toContain(question);
  });

  it('keeps beginning and end of a long paste, within what search takes', () => {
    const query = retrievalQuery(`What is this? ${'x'.repeat(150_000)}😀 Explain the error`, []);
    expect(query.length).toBeLessThan(10_000);
    expect(query).toMatch(/^What is this\?.*Explain the error$/);
  });
});
