/**
 * Version of readers and chunkers together, kept in the file manifest: changing it indexes every file again. On its
 * own, so that finding nothing changed does not load any reader.
 */
export const ingestVersion = '1';
