/** Which rows of a vector table a statement is about. */
export interface RowFilter {
  chunkIds?: readonly number[];
  sourceIds?: readonly string[];
}

/** The one place that writes LanceDB filter strings. Undefined when there is nothing to filter by. */
export function rowFilter({ chunkIds, sourceIds }: RowFilter): string | undefined {
  const conditions: string[] = [];
  if (chunkIds !== undefined) conditions.push(isOneOf('chunk_id', chunkIds.map(writeInteger)));
  if (sourceIds !== undefined) conditions.push(isOneOf('source_id', sourceIds.map(writeString)));
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}

function isOneOf(column: string, literals: readonly string[]): string {
  return literals.length === 0 ? 'false' : `${column} IN (${literals.join(', ')})`;
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a chunk id`);
  return String(value);
}

function writeString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
