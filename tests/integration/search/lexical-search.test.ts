import { afterEach, describe, expect, it } from 'vitest';
import { resolveFilter } from '../../../src/main/knowledge/search/chunk-filter.ts';
import { rankFunction } from '../../../src/main/knowledge/search/bm25.ts';
import { readIndexStatistics } from '../../../src/main/knowledge/search/index-statistics.ts';
import { LexicalSearch } from '../../../src/main/knowledge/search/lexical-search.ts';
import { matchAny } from '../../../src/main/knowledge/search/match-expression.ts';
import { indexTerms, queryTerms } from '../../../src/main/knowledge/terms/terms.ts';
import { createIndexFixture, seededRandom } from './index-fixture.ts';
import type { IndexFixture } from './index-fixture.ts';

let fixture: IndexFixture;
const open = () => (fixture = createIndexFixture());
const search = (query: string, limit = 10) =>
  new LexicalSearch(fixture.database).search(queryTerms(query), limit, null);
const foundIds = (query: string, limit = 10) => search(query, limit).map(({ chunkId }) => chunkId);

afterEach(() => fixture.close());

describe('LexicalSearch', () => {
  it('finds what shares some words of a question, rarest words first', () => {
    const [, rare] = open().add([
      { path: 'a.md', text: 'The project has a server and a client.' },
      { path: 'b.md', text: 'Rotate the encryption keys of the server each month.' },
      { path: 'c.md', text: 'Cooking pasta needs salt.' },
      { path: 'd.md', text: 'Server logs are kept for a week.' },
      { path: 'e.md', text: 'Nothing of interest.' },
    ]);
    expect(foundIds('how often should I rotate the encryption of my server?')[0]).toBe(rare);
  });

  it('finds a symbol by its parts and by its whole name', () => {
    const [symbol] = open().add([
      { path: 'a.ts', text: 'return value;', symbol: 'parseHttpResponse', language: 'typescript' },
      { path: 'b.ts', text: 'parse the value of something', language: 'typescript' },
      { path: 'c.ts', text: 'nothing', language: 'typescript' },
      { path: 'd.ts', text: 'more nothing', language: 'typescript' },
    ]);
    expect(foundIds('parseHttpResponse')[0]).toBe(symbol);
    expect(foundIds('http response')[0]).toBe(symbol);
  });

  it('finds a document by the name of its file', () => {
    const [, byName] = open().add([
      { path: 'a.md', text: 'one' },
      { path: 'holiday-plans.md', text: 'two' },
      { path: 'c.md', text: 'three' },
    ]);
    expect(foundIds('holiday plans')).toEqual([byName]);
  });

  it('does not find a removed chunk', () => {
    const [gone = 0, stays] = open().add([
      { path: 'a.md', text: 'walrus' },
      { path: 'b.md', text: 'walrus' },
    ]);
    fixture.remove(gone);
    expect(foundIds('walrus')).toEqual([stays]);
  });

  it.each([
    '"',
    '*',
    'NEAR(',
    'body:',
    '^a',
    'a AND',
    'OR',
    'a" OR "b',
    '{body}: x',
    '\0',
    'a\0b',
    '--',
    '\ud800',
  ])('takes %j as text, never as query syntax', (query) => {
    open().add([{ path: 'a.md', text: 'a plain text' }]);
    expect(() => search(query)).not.toThrow();
  });

  it('survives a query of 10,000 different words and still finds the rare one', () => {
    const [, needle] = open().add([
      { path: 'a.md', text: Array.from({ length: 150 }, (_, index) => `word${index}x`).join(' ') },
      { path: 'b.md', text: 'xylophone' },
    ]);
    const query = `xylophone ${Array.from({ length: 10_000 }, (_, index) => `word${index}x`).join(' ')}`;
    expect(foundIds(query)).toContain(needle);
  });

  it('finds words of other scripts', () => {
    const [chinese, russian, accented] = open().add([
      { path: 'a.md', text: '我们在北京大学学习数学' },
      { path: 'b.md', text: 'Дневник путешествия по Сибири' },
      { path: 'c.md', text: 'Le café était fermé' },
    ]);
    expect(foundIds('北京大学')).toEqual([chinese]);
    expect(foundIds('сибири')).toEqual([russian]);
    expect(foundIds('cafe')).toEqual([accented]);
  });

  it('returns nothing for an empty query or an empty index', () => {
    open();
    expect(search('anything')).toEqual([]);
    fixture.add([{ path: 'a.md', text: 'something' }]);
    expect(search('')).toEqual([]);
    expect(search('  !?  ')).toEqual([]);
  });
});

describe('filters', () => {
  const setUp = () =>
    open().add([
      { path: 'src/app.ts', text: 'walrus', source: 'code', language: 'typescript' },
      { path: 'docs/guide.md', text: 'walrus', source: 'code' },
      { path: 'docs/deep/walrus.md', text: 'walrus', source: "o'brien" },
      { path: '.hidden/note.md', text: 'walrus', source: "o'brien" },
    ]);
  const filtered = async (filters: Parameters<typeof resolveFilter>[1]) => {
    const filter = await resolveFilter(fixture.database, filters);
    return new LexicalSearch(fixture.database)
      .search(queryTerms('walrus'), 10, filter)
      .map(({ chunkId }) => chunkId);
  };

  it('narrows by source, also one with a quote in its id', async () => {
    const [, , third, fourth] = setUp();
    expect((await filtered({ sourceIds: ["o'brien"] })).sort()).toEqual([third, fourth]);
    expect(await filtered({ sourceIds: [] })).toEqual([]);
  });

  it('narrows by language, in any case', async () => {
    const [first] = setUp();
    expect(await filtered({ language: 'TypeScript' })).toEqual([first]);
  });

  it('matches a glob with "/" against the whole path and one without against the name', async () => {
    const [, second, third, fourth] = setUp();
    expect((await filtered({ pathGlob: 'docs/**' })).sort()).toEqual([second, third]);
    expect((await filtered({ pathGlob: '*.md' })).sort()).toEqual([second, third, fourth]);
    expect(await filtered({ pathGlob: 'src/*.ts', sourceIds: ["o'brien"] })).toEqual([]);
  });

  it('finds a hit that lies far below the best ones outside the filter', async () => {
    open().add(Array.from({ length: 300 }, (_, index) => ({ path: `a/${index}.md`, text: 'walrus walrus' })));
    const [last] = fixture.add([{ path: 'b/long.md', text: `walrus ${'other words follow '.repeat(40)}` }]);
    expect(await filtered({ pathGlob: 'b/**' })).toEqual([last]);
  });

  it('refuses an endless glob', async () => {
    setUp();
    await expect(filtered({ pathGlob: '*'.repeat(1_001) })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a large index', () => {
  const vocabulary = Array.from({ length: 2_000 }, (_, index) => `w${(index * 7_919).toString(36)}q`);

  /** Words by Zipf's law, so that some are in most chunks and most in few. */
  const writeText = (random: () => number) => {
    const length = 20 + Math.floor(random() * 60);
    return Array.from({ length }, () => vocabulary[Math.floor(2_000 ** random()) - 1] ?? '').join(' ');
  };

  it('scores in two stages as FTS5 ranks every row, and finds the same best chunks', () => {
    const random = seededRandom(7);
    open().add(
      Array.from({ length: 900 }, (_, index) => ({
        path: `folder/file-${index}.md`,
        text: Array.from({ length: 10 }, () => writeText(random)),
        symbol: writeText(random).slice(0, 12),
      })),
    );
    const everyRow = fixture.database.prepare(
      `SELECT rowid AS chunkId, -rank AS score FROM chunk_terms
       WHERE chunk_terms MATCH ? AND rank MATCH '${rankFunction}' ORDER BY rank LIMIT 1000`,
    );
    for (let run = 0; run < 10; run++) {
      const terms = queryTerms(`${vocabulary[3]} ${vocabulary[40 + run]} ${vocabulary[300 + run * 50]}`);
      const exact = everyRow.all(matchAny(terms)) as { chunkId: number; score: number }[];
      const scores = new Map(exact.map(({ chunkId, score }) => [chunkId, score]));
      const found = new LexicalSearch(fixture.database).search(terms, 10, null);
      expect(found).toHaveLength(10);
      for (const { chunkId, score } of found) expect(score).toBeCloseTo(scores.get(chunkId) ?? -1, 6);
      expect(found[0]?.score).toBeCloseTo(exact[0]?.score ?? -1, 6);
    }
  });

  it('applies filters before it chooses candidates', async () => {
    open().add(
      Array.from({ length: 820 }, (_, index) => ({
        path: `a/${index}.md`,
        text: Array.from({ length: 10 }, () => 'walrus tusk'),
      })),
    );
    const [last] = fixture.add([{ path: 'b/only.md', text: 'a walrus among other animals' }]);
    const filter = await resolveFilter(fixture.database, { pathGlob: 'b/**' });
    const found = new LexicalSearch(fixture.database).search(queryTerms('walrus tusk'), 10, filter);
    expect(found.map(({ chunkId }) => chunkId)).toEqual([last]);
  });
});

describe('readIndexStatistics', () => {
  it('counts the chunks there are, and averages over those there were', () => {
    const [first = 0] = open().add([
      { path: 'a.md', text: 'one walrus two walrus' },
      { path: 'b.md', text: 'tusk' },
    ]);
    const length = (text: string) => indexTerms(text).split(' ').length;
    const before = length('one walrus two walrus') + length('a.md') + length('tusk') + length('b.md');
    expect(readIndexStatistics(fixture.database)).toEqual({ chunkCount: 2, averageLength: before / 2 });
    fixture.remove(first);
    expect(readIndexStatistics(fixture.database)).toEqual({ chunkCount: 1, averageLength: before / 2 });
  });
});
