import { describe, expect, it } from 'vitest';
import { snippetOf } from '../../../src/main/conversations/conversation-search.ts';

const long = `${'before '.repeat(40)}the receipts go to accounting ${'after '.repeat(40)}`;

describe('snippetOf', () => {
  it('shows the words around the match and marks both cuts', () => {
    const snippet = snippetOf(long, ['receipt']);
    expect(snippet).toMatch(/^….*the receipts go to accounting.*…$/);
    expect(snippet.length).toBeLessThan(150);
  });

  it('gives a short text whole, on one line', () => {
    expect(snippetOf('Where do\n\nreceipts go?', ['receipts'])).toBe('Where do receipts go?');
  });

  it('prefers the beginning of a word to its middle', () => {
    const snippet = snippetOf(`${'remake '.repeat(30)}the make file`, ['make']);
    expect(snippet).toContain('the make file');
  });

  it('finds a word written with other accents or case', () => {
    expect(snippetOf(`${'x '.repeat(100)}Über Quittungen`, ['uber'])).toContain('Über Quittungen');
    expect(snippetOf(`${'x '.repeat(100)}uber Quittungen`, ['ÜBER'])).toContain('uber Quittungen');
  });

  it('shows the beginning when the match cannot be found again', () => {
    expect(snippetOf(long, ['absent'])).toMatch(/^before before/);
    expect(snippetOf(long, [])).toMatch(/^before before/);
  });

  it('never cuts through a character', () => {
    expect(snippetOf(`${'😀'.repeat(100)} receipts ${'😀'.repeat(101)}`, ['receipts'])).not.toMatch(
      /\p{Cs}/u,
    );
  });
});
