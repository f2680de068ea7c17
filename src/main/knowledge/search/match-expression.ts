/**
 * FTS5 expression for chunks that hold at least one of the terms. Every term is a quoted string, so nothing a user
 * types can be read as FTS5 syntax.
 */
export function matchAny(terms: readonly string[]): string {
  return terms.map(quoteTerm).join(' OR ');
}

/** NUL would end the expression inside SQLite. */
function quoteTerm(term: string): string {
  return `"${term.replaceAll('\0', '').replaceAll('"', '""')}"`;
}
