import type { Connection, OptimizeStats, Table } from '@lancedb/lancedb';
import { rowFilter } from './row-filter.ts';

export interface VectorRow {
  chunkId: number;
  sourceId: string;
  vector: Float32Array;
}

export interface Neighbour {
  chunkId: number;
  /** Cosine of the angle to the query: 1 is the same direction. */
  similarity: number;
}

export interface VectorFilter {
  /** Every chunk that may be returned. */
  chunkIds: ReadonlySet<number>;
  /** Set when these sources are part of the filter. */
  sourceIds?: readonly string[] | undefined;
}

/**
 * Comparing a query with every row reads all of them: about 25 ms for 20 million numbers on two cores. Above this
 * many numbers an index answers from part of them.
 */
const numbersWorthAnIndex = 8_000_000;
/** Share of the index's partitions that a search reads. */
const searchedShare = 1 / 4;

/** A longer list of ids takes LanceDB longer to read than to search. */
const maxIdsInFilter = 1_000;
const idsPerDeletion = 1_000;
const widestSearch = 10_000;

/** The vectors of one embedding model. */
export class VectorTable {
  readonly #table: Table;
  readonly #dimensions: number;

  private constructor(table: Table, dimensions: number) {
    this.#table = table;
    this.#dimensions = dimensions;
  }

  static async create(connection: Connection, name: string, dimensions: number): Promise<VectorTable> {
    const { Field, FixedSizeList, Float32, Int64, Schema, Utf8 } = await import('apache-arrow');
    const schema = new Schema([
      new Field('chunk_id', new Int64(), false),
      new Field('source_id', new Utf8(), false),
      new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), false)), false),
    ]);
    return new VectorTable(await connection.createEmptyTable(name, schema), dimensions);
  }

  static async open(connection: Connection, name: string): Promise<VectorTable> {
    const table = await connection.openTable(name);
    const vector = (await table.schema()).fields.find((field) => field.name === 'vector');
    const type = vector?.type as { listSize?: number } | undefined;
    return new VectorTable(table, type?.listSize ?? 0);
  }

  get dimensions(): number {
    return this.#dimensions;
  }

  async count(): Promise<number> {
    return this.#table.countRows();
  }

  /** Adds rows; a row of a chunk that is already there replaces it, so writing a batch again changes nothing. */
  async upsert(rows: readonly VectorRow[]): Promise<void> {
    await this.#table
      .mergeInsert('chunk_id')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute(
        rows.map(({ chunkId, sourceId, vector }) => ({ chunk_id: chunkId, source_id: sourceId, vector })),
      );
  }

  async delete(chunkIds: readonly number[]): Promise<void> {
    for (let start = 0; start < chunkIds.length; start += idsPerDeletion) {
      const filter = rowFilter({ chunkIds: chunkIds.slice(start, start + idsPerDeletion) });
      if (filter !== undefined) await this.#table.delete(filter);
    }
  }

  async listChunkIds(): Promise<number[]> {
    const rows = (await this.#table.query().select(['chunk_id']).toArray()) as {
      chunk_id: bigint | number;
    }[];
    return rows.map((row) => Number(row.chunk_id));
  }

  /** Nearest chunks, nearest first; at most `limit`. */
  async search(vector: Float32Array, limit: number, filter: VectorFilter | null): Promise<Neighbour[]> {
    if (filter === null) return this.#nearest(vector, limit, undefined);
    const { chunkIds, sourceIds } = filter;
    if (chunkIds.size === 0) return [];
    if (chunkIds.size <= maxIdsInFilter) {
      return this.#nearest(vector, limit, rowFilter({ chunkIds: [...chunkIds] }));
    }
    const where = rowFilter(sourceIds === undefined ? {} : { sourceIds });
    for (let width = limit; ; width *= 4) {
      const found = await this.#nearest(vector, width, where);
      const allowed = found.filter(({ chunkId }) => chunkIds.has(chunkId));
      if (allowed.length >= limit || found.length < width || width >= widestSearch)
        return allowed.slice(0, limit);
    }
  }

  async #nearest(vector: Float32Array, limit: number, where: string | undefined): Promise<Neighbour[]> {
    const query = this.#table
      .query()
      .nearestTo(vector)
      .distanceType('dot')
      .nprobes(await this.#partitionsToSearch())
      .select(['chunk_id', '_distance'])
      .limit(limit);
    const rows = (await (where === undefined ? query : query.where(where)).toArray()) as {
      chunk_id: bigint | number;
      _distance: number;
    }[];
    return rows.map((row) => ({ chunkId: Number(row.chunk_id), similarity: 1 - row._distance }));
  }

  async #partitionsToSearch(): Promise<number> {
    return Math.max(1, Math.ceil(partitionCount(await this.count()) * searchedShare));
  }

  /** Merges small files, deletes versions nobody reads any more and brings the index up to date. */
  async optimize(): Promise<void> {
    const rows = await this.count();
    const isIndexed = (await this.#table.listIndices()).length > 0;
    if (!isIndexed && rows * this.#dimensions > numbersWorthAnIndex) await this.#createIndex(rows);
    const { compaction } = await this.#tidy();
    // The files that were merged belong to the version just replaced, which only the next round may delete.
    if (compaction.filesRemoved > 0) await this.#tidy();
  }

  #tidy(): Promise<OptimizeStats> {
    return this.#table.optimize({ cleanupOlderThan: new Date() });
  }

  async #createIndex(rows: number): Promise<void> {
    const { Index } = await import('@lancedb/lancedb');
    const config = Index.ivfFlat({ numPartitions: partitionCount(rows), distanceType: 'dot' });
    await this.#table.createIndex('vector', { config });
  }

  /** Rows a search compares one by one because the index does not hold them yet; 0 without an index. */
  async countUnindexed(): Promise<number> {
    const [index] = await this.#table.listIndices();
    if (index === undefined) return 0;
    return (await this.#table.indexStats(index.name))?.numUnindexedRows ?? 0;
  }

  close(): void {
    this.#table.close();
  }
}

function partitionCount(rows: number): number {
  return Math.max(1, Math.min(1_024, Math.round(Math.sqrt(rows) / 4)));
}
