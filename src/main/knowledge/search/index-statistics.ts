import type { Database } from '../../platform/database.ts';

export interface IndexStatistics {
  chunkCount: number;
  /** Average number of terms of a chunk, in all columns together. */
  averageLength: number;
}

/**
 * Size of the full-text index, from the record FTS5 keeps for its own ranking: the number of rows, then the terms of
 * each column, as SQLite varints. Counting the rows instead would read the whole table.
 */
export function readIndexStatistics(database: Database): IndexStatistics {
  const row = database.prepare('SELECT block FROM chunk_terms_data WHERE id = 1').get() as
    { block: Uint8Array } | undefined;
  const [chunkCount = 0, ...columnLengths] = readVarints(row?.block ?? new Uint8Array());
  const length = columnLengths.reduce((sum, columnLength) => sum + columnLength, 0);
  return { chunkCount, averageLength: chunkCount === 0 ? 1 : Math.max(1, length / chunkCount) };
}

function readVarints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    values.push(value);
    value = 0;
  }
  return values;
}
