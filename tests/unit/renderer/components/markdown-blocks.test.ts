import { describe, expect, it } from 'vitest';
import { splitMarkdown } from '../../../../src/renderer/components/markdown-blocks.ts';

describe('splitMarkdown', () => {
  it('cuts between paragraphs and headings', () => {
    expect(splitMarkdown('One\ntwo\n\n## Three\n\nFour')).toEqual(['One\ntwo\n', '## Three\n', 'Four']);
  });

  it('never cuts inside a fence, closed or still open', () => {
    const fence = '```python\na = 1\n\nb = 2\n```';
    expect(splitMarkdown(`Text\n\n${fence}\n\nMore`)).toEqual(['Text\n', `${fence}\n`, 'More']);
    expect(splitMarkdown('```\na\n\nb')).toEqual(['```\na\n\nb']);
    expect(splitMarkdown('````\n```\n\nstill code\n````')).toEqual(['````\n```\n\nstill code\n````']);
  });

  it('keeps a list with empty lines, its continuation and its numbering together', () => {
    const list = '1. One\n\n   more of one\n\n2. Two\n\n- nested';
    expect(splitMarkdown(list)).toEqual([list]);
  });

  it('keeps text with link definitions whole', () => {
    const text = 'See [the guide][g].\n\nMore.\n\n[g]: https://example.org';
    expect(splitMarkdown(text)).toEqual([text]);
  });

  it('leaves earlier blocks the same while the last one grows', () => {
    const text = 'One.\n\nTwo [1].\n\n```js\nx\n```\n\nThree goes on';
    const whole = splitMarkdown(text);
    for (let length = 1; length < text.length; length += 1) {
      const blocks = splitMarkdown(text.slice(0, length)).slice(0, -1);
      expect(whole.slice(0, blocks.length)).toEqual(blocks);
    }
  });
});
