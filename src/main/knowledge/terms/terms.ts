/** Search terms of a text. */
export function indexTerms(text: string): string {
  return queryTerms(text).join(' ');
}

/** Search terms of a query: unique, in order. */
export function queryTerms(query: string): string[] {
  return [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
}
