import { describe, expect, it } from 'vitest';
import { markdownParts } from '../../../../src/main/conversations/answering/markdown-parts.ts';

const code = (text: string) =>
  markdownParts(text)
    .filter((part) => part.isCode)
    .map((part) => part.text);

describe('markdownParts', () => {
  it.each([
    'plain',
    'a `b` c\n',
    '```\nx\n```\ny',
    '```\nnever closed',
    '``a ` b`` c `',
    '',
    '\n\n~~~~\n```\n~~~~\n',
    '> ```\n> x\n> ```\nafter',
  ])('gives back every character of %j', (text) => {
    expect(
      markdownParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('ends a fence only with as many marks of its kind', () => {
    expect(code('````\n```\nx\n````\n[1]')).toEqual(['````\n```\nx\n````\n']);
    expect(code('~~~\n```\nx\n~~~\n[1]')).toEqual(['~~~\n```\nx\n~~~\n']);
  });

  it('takes an unclosed fence to run to the end', () => {
    expect(code('a\n```js\nx[1]')).toEqual(['```js\nx[1]']);
  });

  it('finds inline code, and no code in a lone backtick', () => {
    expect(code('use `a[1]` or ``b`[2]`` here')).toEqual(['`a[1]`', '``b`[2]``']);
    expect(code('a ` b [1]')).toEqual([]);
  });
});
