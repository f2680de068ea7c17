import type { Database } from '../../platform/database.ts';

export interface IndexStatistics {
  chunkCount: number;
  /** Average number of terms of a chunk, in all columns together. */
  averageLength: number;
}

/**
 * Size of the full-text index. The average comes from the record FTS5 keeps for its own ranking: the number of rows,
 * then the terms of each column, as SQLite varints. In a contentless table that record never forgets removed rows,
 * which leaves the average good and the number useless; the chunks themselves are counted instead.
 */
export function readIndexStatistics(database: Database): IndexStatistics {
  const { chunkCount, block } = database
    .prepare(
      `SELECT (SELECT count(*) FROM chunks) AS chunkCount,
         (SELECT block FROM chunk_terms_data WHERE id = 1) AS block`,
    )
    .get() as { chunkCount: number; block: Uint8Array | null };
  const [everIndexed = 0, ...columnLengths] = readVarints(block ?? new Uint8Array());
  const length = columnLengths.reduce((sum, columnLength) => sum + columnLength, 0);
  return { chunkCount, averageLength: everIndexed === 0 ? 1 : Math.max(1, length / everIndexed) };
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
