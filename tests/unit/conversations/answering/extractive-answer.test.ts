import { describe, expect, it } from 'vitest';
import {
  extractiveAnswer,
  nothingFound,
} from '../../../../src/main/conversations/answering/extractive-answer.ts';
import { passage } from '../doubles.ts';

const lines = (text: string, from: number, to: number) =>
  text
    .split('\n')
    .slice(from - 1, to)
    .join('\n');

/** A passage of a document, so that what is quoted can be held against the document's own lines. */
function fromDocument(document: string, startLine: number, endLine: number) {
  return passage({ text: lines(document, startLine, endLine), startLine, endLine });
}

describe('extractiveAnswer', () => {
  it('quotes prose word for word under its place and number', () => {
    const { text, citations } = extractiveAnswer('leave?', [
      passage({ text: 'Parents get twelve weeks.\nAll of them paid.', startLine: 4 }),
    ]);
    expect(text).toBe('`leave.md`, lines 4–5 [1]\n\n> Parents get twelve weeks.\n> All of them paid.');
    expect(citations).toMatchObject([{ n: 1, startLine: 4, endLine: 5 }]);
  });

  it('cuts a long passage to the lines about the question and cites just those', () => {
    const document = Array.from({ length: 60 }, (_, i) =>
      i === 40
        ? 'Contractors are reimbursed for travel within thirty days.'
        : `Filler line ${i} on something else.`,
    ).join('\n');
    const { citations } = extractiveAnswer('When are contractors reimbursed?', [
      fromDocument(document, 11, 55),
    ]);
    const [cited] = citations;
    expect(cited?.text).toContain('Contractors are reimbursed');
    expect(cited?.text).toBe(lines(document, cited?.startLine ?? 0, cited?.endLine ?? 0));
    expect(cited?.text.split('\n').length).toBeLessThanOrEqual(12);
  });

  it('prefers the lines that keep to the question over a header that mentions it once', () => {
    const imports =
      "import { refund } from './refund.ts';\n" + "import { other } from './other.ts';\n".repeat(20);
    const code = `${imports}function refund() {\n  return refundPolicy.refund;\n}`;
    const { citations } = extractiveAnswer('refund policy', [
      passage({ text: code, language: 'typescript' }),
    ]);
    expect(citations[0]?.text).toContain('refundPolicy.refund');
    expect(citations[0]?.endLine).toBe(24);
  });

  it('finds the lines about the question in a script without spaces', () => {
    const document = [...Array<string>(30).fill('这一行讲的是别的事情。'), '员工可以休十二周的育儿假。'].join(
      '\n',
    );
    const { citations } = extractiveAnswer('育儿假有多长', [passage({ text: document })]);
    expect(citations[0]?.text).toContain('十二周的育儿假');
  });

  it('cuts one huge line to its best sentences, unchanged', () => {
    const line = `${'Nothing to see here. '.repeat(300)}The invoice is due in May. ${'More of the same. '.repeat(300)}`;
    const { citations } = extractiveAnswer('when is the invoice due', [
      passage({ text: line, startLine: 7 }),
    ]);
    expect(citations[0]?.text).toContain('The invoice is due in May.');
    expect(line).toContain(citations[0]?.text);
    expect(citations[0]).toMatchObject({ startLine: 7, endLine: 7 });
    expect(citations[0]?.text.length).toBeLessThanOrEqual(600);
  });

  it('shows code fenced in its language, with a fence the code cannot close', () => {
    const { text } = extractiveAnswer('parse', [
      passage({ text: 'def parse():\n    """```[9]```"""', language: 'python', relativePath: 'a.py' }),
    ]);
    expect(text).toBe('`a.py`, lines 1–2 [1]\n\n````python\ndef parse():\n    """```[9]```"""\n````');
  });

  it('groups the passages of one document in reading order and numbers them as they come', () => {
    const { text, citations } = extractiveAnswer('x', [
      passage({ text: 'late', chunkId: 1, documentId: 1, startLine: 90 }),
      passage({ text: 'other', chunkId: 2, documentId: 2, relativePath: 'b.md' }),
      passage({ text: 'early', chunkId: 3, documentId: 1, startLine: 5 }),
    ]);
    expect(citations.map(({ n, text: quote }) => [n, quote])).toEqual([
      [1, 'early'],
      [2, 'late'],
      [3, 'other'],
    ]);
    expect(text.split('\n').filter((line) => /\[\d\]$/.test(line))).toEqual([
      '`leave.md`, line 5 [1]',
      'line 90 [2]',
      '`b.md`, line 1 [3]',
    ]);
  });

  it('quotes a place once, and at most five', () => {
    const same = [
      passage({ text: 'a\nb\nc', chunkId: 1, startLine: 1 }),
      passage({ text: 'b', chunkId: 2, startLine: 2 }),
    ];
    expect(extractiveAnswer('x', same).citations).toHaveLength(1);
    const many = Array.from({ length: 9 }, (_, i) => passage({ text: `t${i}`, chunkId: i, documentId: i }));
    expect(extractiveAnswer('x', many).citations).toHaveLength(5);
  });

  it('lets nothing in a quote act as markup, a citation or an end of the quote', () => {
    const text = '# Big\n![x](http://tracker/1.png)\n```\nnot closed\nas shown in [7] and <b>bold</b>';
    const prose = extractiveAnswer('shown', [passage({ text, language: 'text' })]).text;
    expect(prose).toContain('> \\# Big');
    expect(prose).toContain('!\\[x\\]'.replace('!', '\\!'));
    expect(prose).toContain('\\[7\\]');
    const markdown = extractiveAnswer('shown', [passage({ text, language: 'markdown' })]).text;
    expect(markdown).toContain('\n\n> **Big**\n>\n> !');
    expect(markdown).toContain('!\\[x]');
    expect(markdown).toContain('> \\```');
    expect(markdown).toContain('\\[7]');
  });

  it('shows headings of a markdown document as bold lines of their own', () => {
    const quote = (text: string) =>
      extractiveAnswer('x', [passage({ text, language: 'markdown' })])
        .text.split('\n')
        .slice(2);
    expect(quote('## Leave ##\nTwelve weeks.\n#hash\n')).toEqual([
      '> **Leave**',
      '>',
      '> Twelve weeks.',
      '> #hash',
    ]);
    expect(quote('Before\n# *All* leave')).toEqual(['> Before', '>', '> *All* leave']);
    expect(quote('#\nAfter')).toEqual(['> After']);
  });

  it('keeps a file name with backticks and newlines inside its code span', () => {
    const { text } = extractiveAnswer('x', [passage({ text: 'a', relativePath: 'we`ird\n# name.md' })]);
    expect(text.split('\n')[0]).toBe('`` we`ird # name.md ``, line 1 [1]');
  });

  it('places a passage of a paged document by its page', () => {
    const { text } = extractiveAnswer('x', [passage({ text: 'a', language: 'pdf', page: 7 })]);
    expect(text).toContain('`leave.md`, page 7 [1]');
  });
});

describe('nothingFound', () => {
  it('tells an empty index from a search without a match, each with a next step', () => {
    expect(nothingFound(false)).toContain('Add a folder');
    expect(nothingFound(true)).toContain('Nothing in your files matches');
  });
});
