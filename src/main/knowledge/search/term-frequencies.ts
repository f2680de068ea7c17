import type { Database } from '../../platform/database.ts';
import { matchAny } from './match-expression.ts';

const maxRemembered = 10_000;
/** Counts are kept until the index has grown or shrunk by this share: they only weigh terms against each other. */
const staleAfterChange = 0.02;

/** In how many chunks a term occurs. Counting a common one takes milliseconds, and common ones come back often. */
export class TermFrequencies {
  readonly #database: Database;
  readonly #counts = new Map<string, number>();
  #chunkCount = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  count(term: string, chunkCount: number): number {
    this.#forgetIfStale(chunkCount);
    const known = this.#counts.get(term);
    if (known !== undefined) return known;
    const row = this.#database
      .prepare('SELECT count(*) AS count FROM chunk_terms WHERE chunk_terms MATCH ?')
      .get(matchAny([term])) as { count: number };
    this.#counts.set(term, row.count);
    return row.count;
  }

  #forgetIfStale(chunkCount: number): void {
    const change = Math.abs(chunkCount - this.#chunkCount);
    if (change <= this.#chunkCount * staleAfterChange && this.#counts.size < maxRemembered) return;
    this.#counts.clear();
    this.#chunkCount = chunkCount;
  }
}
