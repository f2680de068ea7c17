import { join } from 'node:path';
import type { SearchInput } from '@contract/knowledge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Searcher } from '../../../src/main/knowledge/search/searcher.ts';
import type { Embedder } from '../../../src/main/knowledge/vectors/embedder.ts';
import { EmbeddingBackfill } from '../../../src/main/knowledge/vectors/embedding-backfill.ts';
import { VectorStore } from '../../../src/main/knowledge/vectors/vector-store.ts';
import { HashingEmbedder } from '../vectors/hashing-embedder.ts';
import { createIndexFixture } from './index-fixture.ts';
import type { IndexFixture } from './index-fixture.ts';

let fixture: IndexFixture;
let vectors: VectorStore;
let embedder: HashingEmbedder;
let failures: unknown[];

const ask = (query: string, change: Partial<SearchInput> = {}): SearchInput => ({
  query,
  limit: 10,
  mode: 'hybrid',
  filters: {},
  ...change,
});
const searcherWith = (current: Embedder | null) =>
  new Searcher({
    database: fixture.database,
    vectors,
    getEmbedder: () => current,
    onVectorFailure: (error) => failures.push(error),
  });
const embedAll = async () => {
  const backfill = new EmbeddingBackfill({ database: fixture.database, vectors });
  await backfill.setEmbedder(embedder);
  await backfill.settled();
};

beforeEach(() => {
  fixture = createIndexFixture();
  vectors = new VectorStore(join(fixture.folder, 'vectors'));
  embedder = new HashingEmbedder();
  failures = [];
  fixture.add([
    { path: 'animals/walrus.md', text: 'The walrus has tusks.', source: 'zoo' },
    { path: 'plants.md', text: 'Moss grows on stones.', source: 'garden' },
    { path: 'stones.md', text: 'Granite and basalt.', source: 'garden' },
  ]);
});
afterEach(async () => {
  await vectors.close();
  fixture.close();
});

describe('Searcher', () => {
  it('returns whole passages with their place', async () => {
    const { hits } = await searcherWith(null).search(ask('tusks'));
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      sourceId: 'zoo',
      path: join('/given/zoo', 'animals/walrus.md'),
      relativePath: 'animals/walrus.md',
      text: 'The walrus has tusks.',
      startLine: 1,
      language: 'markdown',
    });
  });

  it('orders what words found by meaning while there is no embedding model or no vector', async () => {
    fixture.add([
      { path: 'a.py', text: 'def check(path):\n    return path.count(path)', source: 'zoo' },
      { path: 'b.py', text: 'def remove(path):\n    os.unlink(path)', source: 'zoo' },
    ]);
    for (const searcher of [searcherWith(null), searcherWith(embedder)]) {
      const query = 'delete the file at this path';
      expect((await searcher.search(ask(query, { mode: 'lexical' }))).hits[0]?.relativePath).toBe('a.py');
      const { mode, hits } = await searcher.search(ask(query, { mode: 'vector' }));
      expect([mode, hits[0]?.relativePath]).toEqual(['vector', 'b.py']);
      expect((await searcher.search(ask(query))).mode).toBe('hybrid');
    }
    expect(failures).toEqual([]);
  });

  it('does not search a table of vectors that is only begun', async () => {
    await embedAll();
    fixture.add(
      Array.from({ length: 8 }, (_, n) => ({ path: `${n}.md`, text: `Pebble ${n}`, source: 'zoo' })),
    );
    embedder.beforeBatch = () => expect.unreachable('the vectors do not cover the index');
    const { mode, hits } = await searcherWith(embedder).search(ask('pebble'));
    expect([mode, hits.length]).toEqual(['hybrid', 8]);
  });

  it('searches words alone, and says so, when the built-in embedder cannot be read', async () => {
    const searcher = new Searcher({
      database: fixture.database,
      vectors,
      getEmbedder: () => null,
      builtInWeightsPath: join(fixture.folder, 'none.bin'),
    });
    const result = await searcher.search(ask('moss'));
    expect(result).toMatchObject({ mode: 'lexical', hits: [{ relativePath: 'plants.md' }] });
  });

  it('finds by meaning what shares no term with the query', async () => {
    await embedAll();
    const searcher = searcherWith(embedder);
    // Stop words are no terms; to the hashing embedder they are words like others.
    const query = 'the has';
    const byMeaning = await searcher.search(ask(query, { mode: 'vector', limit: 1 }));
    expect(byMeaning).toMatchObject({ mode: 'vector', hits: [{ relativePath: 'animals/walrus.md' }] });
    const fused = await searcher.search(ask(query));
    expect(fused.mode).toBe('hybrid');
    expect(fused.hits).toHaveLength(3);
    expect(fused.hits[0]?.relativePath).toBe('animals/walrus.md');
  });

  it('applies filters to both legs', async () => {
    await embedAll();
    const { hits } = await searcherWith(embedder).search(
      ask('walrus', { filters: { sourceIds: ['garden'] } }),
    );
    expect(hits.map((hit) => hit.sourceId)).toEqual(['garden', 'garden']);
  });

  it('goes on with words when the embedder fails, and tells', async () => {
    await embedAll();
    embedder.beforeBatch = () => {
      throw new Error('The engine is gone.');
    };
    const result = await searcherWith(embedder).search(ask('moss'));
    expect(result).toMatchObject({ mode: 'hybrid', hits: [{ relativePath: 'plants.md' }] });
    expect(failures).toHaveLength(1);
  });

  it('leaves out a vector whose chunk is gone', async () => {
    await embedAll();
    fixture.remove(1);
    const { hits } = await searcherWith(embedder).search(ask('walrus tusks', { mode: 'vector' }));
    expect(hits.map((hit) => hit.relativePath).sort()).toEqual(['plants.md', 'stones.md']);
  });

  it('ends with the abort of its signal, not with a fallback', async () => {
    await embedAll();
    const abort = new AbortController();
    embedder.beforeBatch = () => abort.abort();
    const search = searcherWith(embedder).search(ask('moss'), abort.signal);
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
    expect(failures).toEqual([]);
  });

  it('returns nothing for a query without words', async () => {
    expect((await searcherWith(null).search(ask(' \n'))).hits).toEqual([]);
  });
});
