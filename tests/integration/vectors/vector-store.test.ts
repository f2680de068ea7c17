import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VectorStore } from '../../../src/main/knowledge/vectors/vector-store.ts';
import { seededRandom } from '../search/index-fixture.ts';

let folder: string;
let store: VectorStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alcove-vectors-it's-"));
  store = new VectorStore(join(folder, 'vectors'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (chunkId: number, vector: number[], sourceId = 'notes') => {
  const length = Math.hypot(...vector);
  return { chunkId, sourceId, vector: Float32Array.from(vector, (value) => value / length) };
};
const east = Float32Array.of(1, 0, 0);
const nearest = async (limit: number, filter: Parameters<VectorStore['search']>[3] = null) =>
  (await store.search('model', east, limit, filter)).map(({ chunkId }) => chunkId);

describe('VectorStore', () => {
  it('finds the nearest rows with their cosine', async () => {
    await store.upsert('model', [row(1, [0, 1, 0]), row(2, [1, 0, 0]), row(3, [1, 1, 0])]);
    const found = await store.search('model', east, 2, null);
    expect(found.map(({ chunkId }) => chunkId)).toEqual([2, 3]);
    expect(found[0]?.similarity).toBeCloseTo(1, 5);
    expect(found[1]?.similarity).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it('replaces the row of a chunk that is written again', async () => {
    await store.upsert('model', [row(1, [0, 1, 0]), row(2, [0, 0, 1])]);
    await store.upsert('model', [row(1, [1, 0, 0]), row(3, [0, 1, 0])]);
    expect(await store.count('model')).toBe(3);
    expect(await nearest(1)).toEqual([1]);
  });

  it('keeps models apart, whatever their keys', async () => {
    await store.upsert('model', [row(1, [1, 0, 0])]);
    await store.upsert("../other model's", [row(7, [1, 0])]);
    expect(await nearest(5)).toEqual([1]);
    expect(await store.dimensions("../other model's")).toBe(2);
    await store.dropOthers('model');
    expect(await store.count("../other model's")).toBeNull();
    expect(await store.count('model')).toBe(1);
  });

  it('has nothing to find for a model it does not know', async () => {
    expect(await store.count('model')).toBeNull();
    expect(await nearest(5)).toEqual([]);
  });

  it('removes rows from every model, and a table left empty with its files', async () => {
    await store.upsert('model', [row(1, [1, 0, 0]), row(2, [0, 1, 0])]);
    await store.upsert('other', [row(1, [1, 0])]);
    await store.deleteEverywhere([1, 99]);
    expect(await nearest(5)).toEqual([2]);
    expect(await store.count('other')).toBeNull();
    expect(readdirSync(join(folder, 'vectors'))).toHaveLength(1);
  });

  it('filters by chunk before it takes the nearest', async () => {
    await store.upsert('model', [row(1, [1, 0, 0]), row(2, [0.9, 0.1, 0]), row(3, [0, 1, 0])]);
    expect(await nearest(1, { chunkIds: new Set([3]) })).toEqual([3]);
    expect(await nearest(1, { chunkIds: new Set() })).toEqual([]);
  });

  it('widens the search until a filter with many chunks is served', async () => {
    const angle = (index: number) => [Math.cos(index / 3_000), Math.sin(index / 3_000), 0];
    await store.upsert(
      'model',
      Array.from({ length: 3_000 }, (_, index) =>
        row(index + 1, angle(index), index < 1_500 ? 'near' : 'far'),
      ),
    );
    const far = new Set(Array.from({ length: 1_500 }, (_, index) => index + 1_501));
    expect(await nearest(3, { chunkIds: far })).toEqual([1_501, 1_502, 1_503]);
    expect(await nearest(3, { chunkIds: far, sourceIds: ['far'] })).toEqual([1_501, 1_502, 1_503]);
  });

  it('answers from an index above a size, still finds a planted neighbour, and includes rows added after', async () => {
    const random = seededRandom(3);
    const dimensions = 512;
    const randomRow = (chunkId: number) =>
      row(
        chunkId,
        Array.from({ length: dimensions }, () => random() - 0.5),
      );
    for (let start = 0; start < 16_000; start += 2_000) {
      await store.upsert(
        'model',
        Array.from({ length: 2_000 }, (_, index) => randomRow(start + index + 1)),
      );
    }
    await store.optimize('model');
    expect(store.health).toEqual({ optimizeFailures: 0, lastOptimizeFailure: null, unindexedRows: 0 });
    const [planted, late] = [randomRow(50_000), randomRow(50_001)];
    await store.upsert('model', [planted]);
    await store.optimize('model');
    await store.upsert('model', [late]);
    expect((await store.search('model', planted.vector, 1, null))[0]?.chunkId).toBe(50_000);
    expect((await store.search('model', late.vector, 1, null))[0]?.chunkId).toBe(50_001);
  });

  it('counts a failed optimize where it can be seen, instead of failing', async () => {
    await store.upsert('model', [row(1, [1, 0, 0])]);
    await store.upsert('model', [row(2, [1, 0, 0])]);
    const [table = ''] = readdirSync(join(folder, 'vectors'));
    rmSync(join(folder, 'vectors', table, 'data'), { recursive: true });
    await store.optimize('model');
    expect(store.health.optimizeFailures).toBe(1);
    expect(store.health.lastOptimizeFailure).not.toBeNull();
  });

  it('does not swell when it is written to in many small batches', async () => {
    for (let batch = 0; batch < 30; batch++) await store.upsert('model', [row(batch + 1, [1, batch, 0])]);
    await store.optimize('model');
    const [table = ''] = readdirSync(join(folder, 'vectors'));
    expect(readdirSync(join(folder, 'vectors', table, 'data')).length).toBeLessThan(5);
    expect(await store.count('model')).toBe(30);
  });
});
