import type { Connection } from '@lancedb/lancedb';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CalibrationFile } from './calibration-file.ts';
import { VectorTable } from './vector-table.ts';
import type { Neighbour, VectorFilter, VectorRow } from './vector-table.ts';

export interface VectorStoreHealth {
  /** Failed attempts to tidy the store since it was opened. */
  optimizeFailures: number;
  lastOptimizeFailure: string | null;
  /** Rows of the last table tidied that its index does not hold. */
  unindexedRows: number;
}

/**
 * LanceDB tables of embeddings, one for each embedding model. All of it is derived from SQLite: whatever is damaged or
 * gone is dropped and made again. LanceDB itself is loaded by the first call.
 */
export class VectorStore {
  /** How far this store's vectors can be trusted in this corpus. */
  readonly calibration: CalibrationFile;
  readonly #folder: string;
  #connection: Promise<Connection> | null = null;
  readonly #tables = new Map<string, VectorTable>();
  readonly #health: VectorStoreHealth = { optimizeFailures: 0, lastOptimizeFailure: null, unindexedRows: 0 };

  constructor(folder: string) {
    // A relative path would be taken for the name of a database in LanceDB's cloud.
    this.#folder = resolve(folder);
    this.calibration = new CalibrationFile(join(this.#folder, 'calibration.json'));
  }

  get health(): Readonly<VectorStoreHealth> {
    return this.#health;
  }

  /** Rows of a model's table, null when it has none. Throws when the table cannot be read. */
  async count(modelKey: string): Promise<number | null> {
    return (await this.#openTable(tableName(modelKey)))?.count() ?? null;
  }

  /** Numbers in each vector of a model's table, null when it has none. */
  async dimensions(modelKey: string): Promise<number | null> {
    return (await this.#openTable(tableName(modelKey)))?.dimensions ?? null;
  }

  /** Writes rows, in place of those of the same chunks; makes the table when there is none. */
  async upsert(modelKey: string, rows: readonly VectorRow[]): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    const name = tableName(modelKey);
    const table = (await this.#openTable(name)) ?? (await this.#createTable(name, first.vector.length));
    await table.upsert(rows);
  }

  async delete(modelKey: string, chunkIds: readonly number[]): Promise<void> {
    await (await this.#openTable(tableName(modelKey)))?.delete(chunkIds);
  }

  /** Removes the vectors of chunks that are gone from the tables of all models, and tables left empty. */
  async deleteEverywhere(chunkIds: readonly number[]): Promise<void> {
    if (!existsSync(this.#folder)) return;
    for (const name of await (await this.#connect()).tableNames()) {
      const table = await this.#openTable(name);
      await table?.delete(chunkIds);
      if ((await table?.count()) === 0) await this.#dropTable(name);
      else await this.#tidy(name);
    }
  }

  async listChunkIds(modelKey: string): Promise<number[]> {
    return (await (await this.#openTable(tableName(modelKey)))?.listChunkIds()) ?? [];
  }

  async search(
    modelKey: string,
    vector: Float32Array,
    limit: number,
    filter: VectorFilter | null,
  ): Promise<Neighbour[]> {
    const table = await this.#openTable(tableName(modelKey));
    return table === null ? [] : table.search(vector, limit, filter);
  }

  /** Tidies a model's table. A failure is counted in `health` and tried again next time; searches still work. */
  async optimize(modelKey: string): Promise<void> {
    await this.#tidy(tableName(modelKey));
  }

  /** Removes a model's table, whatever state its files are in. */
  async drop(modelKey: string): Promise<void> {
    await this.#dropTable(tableName(modelKey));
  }

  /** Removes the tables of all other models. */
  async dropOthers(modelKey: string): Promise<void> {
    if (!existsSync(this.#folder)) return;
    for (const name of await (await this.#connect()).tableNames()) {
      if (name !== tableName(modelKey)) await this.#dropTable(name);
    }
  }

  async close(): Promise<void> {
    for (const table of this.#tables.values()) table.close();
    this.#tables.clear();
    const connection = this.#connection;
    this.#connection = null;
    (await connection)?.close();
  }

  async #tidy(name: string): Promise<void> {
    try {
      const table = await this.#openTable(name);
      if (table === null) return;
      await table.optimize();
      this.#health.unindexedRows = await table.countUnindexed();
    } catch (error) {
      this.#health.optimizeFailures++;
      this.#health.lastOptimizeFailure = error instanceof Error ? error.message : String(error);
    }
  }

  /** An open table sees the writes made through it, not those of another handle: there is one for each table. */
  async #openTable(name: string): Promise<VectorTable | null> {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const connection = await this.#connect();
    if (!(await connection.tableNames()).includes(name)) return null;
    const table = await VectorTable.open(connection, name);
    this.#tables.set(name, table);
    return table;
  }

  async #createTable(name: string, dimensions: number): Promise<VectorTable> {
    const table = await VectorTable.create(await this.#connect(), name, dimensions);
    this.#tables.set(name, table);
    return table;
  }

  async #dropTable(name: string): Promise<void> {
    this.#tables.get(name)?.close();
    this.#tables.delete(name);
    await rm(join(this.#folder, `${name}.lance`), { recursive: true, force: true });
  }

  #connect(): Promise<Connection> {
    this.#connection ??= connectTo(this.#folder).catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }
}

async function connectTo(folder: string): Promise<Connection> {
  await mkdir(folder, { recursive: true });
  const { connect } = await import('@lancedb/lancedb');
  return connect(folder);
}

/** A model's key may hold any character; a table's name is also a folder's. */
function tableName(modelKey: string): string {
  return `embeddings_${createHash('sha256').update(modelKey).digest('hex').slice(0, 24)}`;
}
