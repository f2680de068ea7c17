import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingProgress } from '@contract/knowledge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingBackfill } from '../../../src/main/knowledge/vectors/embedding-backfill.ts';
import { EmbeddingLedger } from '../../../src/main/knowledge/vectors/embedding-ledger.ts';
import { VectorStore } from '../../../src/main/knowledge/vectors/vector-store.ts';
import { createIndexFixture } from '../search/index-fixture.ts';
import type { IndexFixture } from '../search/index-fixture.ts';
import { HashingEmbedder } from './hashing-embedder.ts';

let fixture: IndexFixture;
let vectors: VectorStore;
let embedder: HashingEmbedder;
let rebuilds: string[];
let progress: EmbeddingProgress[];
let backfill: EmbeddingBackfill;

const vectorsFolder = () => join(fixture.folder, 'vectors');
const newBackfill = () =>
  new EmbeddingBackfill({
    database: fixture.database,
    vectors,
    onProgress: (state) => progress.push(state),
    onRebuild: (reason) => rebuilds.push(reason),
  });
const addChunks = (count: number) =>
  fixture.add(Array.from({ length: count }, (_, index) => ({ path: `${index}.md`, text: `text ${index}` })));
const embedAll = async () => {
  await backfill.setEmbedder(embedder);
  await backfill.settled();
};
/** As after an end of the process: a new store and a new backfill over the same folder. */
const restart = async () => {
  await vectors.close();
  vectors = new VectorStore(vectorsFolder());
  backfill = newBackfill();
};
const recorded = () => new EmbeddingLedger(fixture.database).countEmbedded(embedder.key);

beforeEach(() => {
  fixture = createIndexFixture();
  vectors = new VectorStore(vectorsFolder());
  embedder = new HashingEmbedder();
  rebuilds = [];
  progress = [];
  backfill = newBackfill();
});
afterEach(async () => {
  await backfill.stop();
  await vectors.close();
  fixture.close();
});

describe('EmbeddingBackfill', () => {
  it('embeds every chunk once and says how far it is', async () => {
    addChunks(100);
    await embedAll();
    expect(backfill.progress).toMatchObject({ phase: 'done', modelName: 'Hashing', done: 100, total: 100 });
    expect(await vectors.count(embedder.key)).toBe(100);
    expect(embedder.count).toBe(100);
    expect(progress.some(({ phase, done }) => phase === 'working' && done > 0 && done < 100)).toBe(true);
  });

  it('embeds only what is new after more was indexed', async () => {
    addChunks(40);
    await embedAll();
    fixture.add([{ path: 'new.md', text: 'new' }]);
    backfill.start();
    await backfill.settled();
    expect(embedder.count).toBe(41);
    expect(await vectors.count(embedder.key)).toBe(41);
  });

  it('looks again when more is indexed while it works', async () => {
    addChunks(40);
    let isAdded = false;
    embedder.beforeBatch = () => {
      if (isAdded) return;
      isAdded = true;
      fixture.add([{ path: 'late.md', text: 'late' }]);
      backfill.start();
    };
    await embedAll();
    expect(await vectors.count(embedder.key)).toBe(41);
  });

  it('writes a row again, not twice, when the process died before SQLite recorded it', async () => {
    const [first = 0] = addChunks(40);
    const [vector = new Float32Array()] = await embedder.embed(['stale']);
    await vectors.upsert(embedder.key, [{ chunkId: first, sourceId: 'notes', vector }]);
    await restart();
    await embedAll();
    expect(await vectors.count(embedder.key)).toBe(40);
    expect(recorded()).toBe(40);
    expect(rebuilds).toEqual([]);
  });

  it('removes an unrecorded row whose chunk is gone by the next start', async () => {
    addChunks(3);
    await embedAll();
    const [vector = new Float32Array()] = await embedder.embed(['x']);
    await vectors.upsert(embedder.key, [{ chunkId: 999, sourceId: 'notes', vector }]);
    await restart();
    await embedAll();
    expect((await vectors.listChunkIds(embedder.key)).sort()).toEqual([1, 2, 3]);
  });

  it('removes the vectors of removed chunks, also without an embedder', async () => {
    const [first = 0, second = 0] = addChunks(5);
    await embedAll();
    fixture.remove(first);
    backfill.start();
    await backfill.settled();
    expect(await vectors.count(embedder.key)).toBe(4);
    fixture.remove(second);
    await backfill.setEmbedder(null);
    await backfill.settled();
    expect(await vectors.count(embedder.key)).toBe(3);
    expect(backfill.progress.phase).toBe('off');
  });

  it('leaves no vector of a chunk that is removed while it is being embedded', async () => {
    const [first = 0] = addChunks(40);
    let isRemoved = false;
    embedder.beforeBatch = () => {
      if (!isRemoved) fixture.remove(first);
      isRemoved = true;
    };
    await embedAll();
    backfill.start();
    await backfill.settled();
    expect(await vectors.listChunkIds(embedder.key)).not.toContain(first);
    expect(recorded()).toBe(39);
  });

  it('keeps what is embedded when it is paused, and goes on from there', async () => {
    addChunks(100);
    embedder.beforeBatch = () => {
      if (embedder.count >= 64) void backfill.pause();
    };
    await embedAll();
    await backfill.pause();
    expect(backfill.progress.phase).toBe('paused');
    expect(await vectors.count(embedder.key)).toBe(64);
    backfill.start();
    await backfill.settled();
    expect(recorded()).toBe(64);
    embedder.beforeBatch = () => undefined;
    backfill.resume();
    await backfill.settled();
    expect(embedder.count).toBe(100);
    expect(backfill.progress.phase).toBe('done');
  });

  it('says why it failed, keeps what it had, and tries again at the next start', async () => {
    addChunks(100);
    embedder.beforeBatch = () => {
      if (embedder.count >= 32) throw new Error('The model is gone.');
    };
    await embedAll();
    expect(backfill.progress.phase).toBe('failed');
    expect(backfill.progress.failure).toContain('The model is gone.');
    expect(recorded()).toBe(32);
    embedder.beforeBatch = () => undefined;
    backfill.start();
    await backfill.settled();
    expect(backfill.progress).toMatchObject({ phase: 'done', failure: null, done: 100 });
  });

  it('takes an embedder that returns vectors of the wrong size for a failure', async () => {
    addChunks(3);
    embedder.embed = async (texts) => texts.map(() => new Float32Array(3));
    await embedAll();
    expect(backfill.progress.phase).toBe('failed');
    expect(recorded()).toBe(0);
  });

  it('makes all vectors again when their folder is gone, and says so', async () => {
    addChunks(10);
    await embedAll();
    await vectors.close();
    rmSync(vectorsFolder(), { recursive: true });
    await restart();
    await embedAll();
    expect(rebuilds).toEqual([expect.stringContaining('missing')]);
    expect(await vectors.count(embedder.key)).toBe(10);
    expect(embedder.count).toBe(20);
  });

  it.each(['_versions', 'data'])(
    'makes all vectors again when files in %s are damaged, and says so',
    async (part) => {
      addChunks(10);
      await embedAll();
      await vectors.close();
      const table = readdirSync(vectorsFolder()).find((name) => name.endsWith('.lance')) ?? '';
      const damaged = join(vectorsFolder(), table, part);
      for (const file of readdirSync(damaged)) writeFileSync(join(damaged, file), 'damaged');
      await restart();
      await embedAll();
      expect(rebuilds).toHaveLength(1);
      expect(backfill.progress).toMatchObject({ phase: 'done', done: 10 });
      expect(await vectors.count(embedder.key)).toBe(10);
    },
  );

  it('fails in words when the folder cannot be made', async () => {
    addChunks(3);
    writeFileSync(vectorsFolder(), 'a file is in the way');
    await embedAll();
    expect(backfill.progress.phase).toBe('failed');
    rmSync(vectorsFolder());
    mkdirSync(vectorsFolder());
    backfill.start();
    await backfill.settled();
    expect(backfill.progress.phase).toBe('done');
  });

  it('replaces the vectors of an earlier model once its own are complete', async () => {
    addChunks(10);
    await embedAll();
    const next = new HashingEmbedder('next', 32);
    await backfill.setEmbedder(next);
    await backfill.settled();
    expect(await vectors.count('next')).toBe(10);
    expect(await vectors.count(embedder.key)).toBeNull();
    expect(recorded()).toBe(0);
  });
});
