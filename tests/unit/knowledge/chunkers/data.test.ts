import { describe, expect, it } from 'vitest';
import { ingestText } from '../ingest-text.ts';

describe('JSON', () => {
  it('keeps a small document whole, without a path', async () => {
    const { chunks } = await ingestText('a.json', '{ "name": "alcove", "scripts": { "test": "vitest" } }');
    expect(chunks).toMatchObject([{ heading: null, startLine: 1 }]);
  });

  it('opens long members and names the path of keys to them', async () => {
    const users = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `user${at}`,
        { mail: `${at}@example.org`, about: 'x'.repeat(90) },
      ]),
    );
    const text = JSON.stringify({ version: 1, settings: { people: users } }, null, 2);
    const { chunks } = await ingestText('a.json', text);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.slice(1).every(({ heading }) => heading?.startsWith('settings > people'))).toBe(true);
  });

  it('cuts minified arrays between elements', async () => {
    const text = JSON.stringify(
      Array.from({ length: 200 }, (_, id) => ({ id, text: 'some words, [and] "quotes" \\' })),
    );
    const { chunks } = await ingestText('a.json', text);
    expect(chunks.length).toBeGreaterThan(4);
    expect(chunks.slice(1).every(({ text: chunk }) => chunk.startsWith('{"id":'))).toBe(true);
  });

  it('cuts records of JSON lines between lines', async () => {
    const { chunks } = await ingestText(
      'a.jsonl',
      `${JSON.stringify({ text: 'words '.repeat(40) })}\n`.repeat(30),
    );
    expect(chunks.every(({ text }) => text.startsWith('{"text"') && text.endsWith('}'))).toBe(true);
  });

  it.each(['{', ']', '{"a"', '{"a":}', '"text"', '12', '// comment "\n{"a": [1,]}', '{}{}[', '\\"'])(
    'takes broken %j',
    async (text) => {
      expect((await ingestText('a.json', text)).chunks).toHaveLength(1);
    },
  );
});

describe('CSV', () => {
  const rows = Array.from(
    { length: 100 },
    (_, at) => `${at},"Name, with ""quotes""\nand a second line ${at}",Berlin`,
  ).join('\n');

  it('groups whole rows under the names of the columns', async () => {
    const { chunks } = await ingestText('a.csv', `id,name,city\n${rows}\n`);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.every(({ heading }) => heading === 'id, name, city')).toBe(true);
    expect(chunks.every(({ text }) => text.endsWith('Berlin'))).toBe(true);
    expect(chunks[1]?.text).toMatch(/^\d+,"Name/);
  });

  it.each([
    ['a.csv', 'name;city\nx;y\n', 'name, city'],
    ['a.csv', '"last, first"|city\nx|y\n', 'last, first, city'],
    ['a.tsv', 'name, full\tcity\nx\ty\n', 'name, full, city'],
    ['a.csv', '1,2,3\n4,5,6\n', null],
    ['a.csv', 'name,name\nx,y\n', null],
    ['a.csv', 'only one column\nx\n', null],
  ])('finds the columns of %s: %j', async (path, text, columns) => {
    expect((await ingestText(path, text)).chunks[0]?.heading).toBe(columns);
  });

  it('takes a quote inside a field as a quote', async () => {
    const { chunks } = await ingestText('a.csv', `name,size\n${'pipe,5" wide\n'.repeat(300)}`);
    expect(chunks.slice(1).every(({ text }) => text.startsWith('pipe'))).toBe(true);
  });
});
