import { describe, expect, it } from 'vitest';
import {
  resolveCitations,
  withoutCitations,
} from '../../../../src/main/conversations/answering/citations.ts';
import { citation } from '../doubles.ts';

const given = [citation(1), citation(2), citation(3), citation(4)];
const resolve = (text: string) => {
  const { text: resolved, citations } = resolveCitations(text, given);
  return { text: resolved, cited: citations.map(({ n }) => n) };
};

describe('resolveCitations', () => {
  it.each([
    ['Twelve weeks [2].', 'Twelve weeks [2].', [2]],
    ['Twelve weeks [3, 1].', 'Twelve weeks [3][1].', [3, 1]],
    ['Twelve weeks [1][2].', 'Twelve weeks [1][2].', [1, 2]],
    ['Twelve weeks [2-4].', 'Twelve weeks [2][3][4].', [2, 3, 4]],
    ['十二周【1】。', '十二周[1]。', [1]],
    ['Twelve weeks [passage 1; 2].', 'Twelve weeks [1][2].', [1, 2]],
    ['Twelve weeks [^4].', 'Twelve weeks [4].', [4]],
  ])('reads %s', (text, expected, cited) => {
    expect(resolve(text)).toEqual({ text: expected, cited });
  });

  it('lists passages in the order of their first mention, each once', () => {
    expect(resolve('a [4] b [1] c [4]').cited).toEqual([4, 1]);
  });

  it('removes numbers that no passage has, with the space before them', () => {
    expect(resolve('Twelve weeks [9]. Paid [1, 7].')).toEqual({
      text: 'Twelve weeks. Paid [1].',
      cited: [1],
    });
  });

  it('keeps all passages as evidence when none is cited', () => {
    expect(resolve('Twelve weeks.').cited).toEqual([1, 2, 3, 4]);
  });

  it('takes brackets in code for code', () => {
    const text = 'Use `row[9]`:\n```js\nconst [9] = list[9];\n```\nas in [1]';
    expect(resolve(text)).toEqual({ text, cited: [1] });
  });

  it('leaves links, escaped brackets, years and zero alone', () => {
    const text = 'See [9](https://example.org), \\[9], [2024], item [0] [1]';
    expect(resolve(text).text).toBe(text);
  });

  it('does not expand an absurd range', () => {
    expect(resolve('all [1-999] of it').cited).toEqual([1]);
  });

  it('changes nothing when no passage was given', () => {
    expect(resolveCitations('The matrix [1, 2] is', [])).toEqual({
      text: 'The matrix [1, 2] is',
      citations: [],
    });
  });

  it('is quick on text made to be slow', () => {
    const hostile = ['['.repeat(50_000), ' '.repeat(50_000), '[1' + ', 1'.repeat(30_000), '`'.repeat(50_000)];
    for (const text of hostile) expect(resolve(text).cited.length).toBeGreaterThan(0);
  });
});

describe('withoutCitations', () => {
  it('drops the markers of an earlier answer, whose numbers meant other passages', () => {
    expect(withoutCitations('Twelve weeks [1, 2], see `a[1]` [3].')).toBe('Twelve weeks, see `a[1]`.');
  });
});
