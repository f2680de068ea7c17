import type { Database } from '../../platform/database.ts';
import { indexTerms } from '../terms/terms.ts';
import { columnWeights, inverseDocumentFrequency, rankFunction, termScore } from './bm25.ts';
import { CandidateCollector } from './candidates.ts';
import type { Posting } from './candidates.ts';
import type { ChunkFilter } from './chunk-filter.ts';
import { readIndexStatistics } from './index-statistics.ts';
import { matchAny } from './match-expression.ts';
import { bestFirst } from './scored-chunk.ts';
import type { ScoredChunk } from './scored-chunk.ts';
import { chooseTerms, decisiveTerms } from './query-budget.ts';
import type { WeighedTerm } from './query-budget.ts';
import { TermFrequencies } from './term-frequencies.ts';

/** FTS5 ranks about 700 rows a millisecond: up to this many chunks it may rank every row that holds a term. */
const maxChunksForFts5Ranking = 8_000;

/** Chunks scored exactly per search of a larger index; CoSQA's results are within .001 of ranking every row. */
const leastCandidates = 100;
const candidatesPerHit = 1.5;

interface CandidateRow {
  id: number;
  text: string;
  name: string | null;
  path: string;
}

/**
 * BM25 over the terms of chunk text, names (symbol or heading) and path. A chunk needs only one of the terms, so that
 * a question in natural language finds what shares its rarer words.
 *
 * FTS5 ranks every row that holds any term, which takes too long once common words match tens of thousands of them.
 * A larger index is therefore searched in two stages: the weights of the rarer terms are summed over their row
 * lists, which FTS5 hands out fast, and the best of that get their exact score from their text.
 */
export class LexicalSearch {
  readonly #database: Database;
  readonly #maxChunksForFts5Ranking: number;
  readonly #frequencies: TermFrequencies;
  readonly #collector = new CandidateCollector();

  constructor(database: Database, limits: { maxChunksForFts5Ranking?: number } = {}) {
    this.#database = database;
    this.#frequencies = new TermFrequencies(database);
    this.#maxChunksForFts5Ranking = limits.maxChunksForFts5Ranking ?? maxChunksForFts5Ranking;
  }

  /** Best chunks for the terms of `queryTerms`, best first; at most `limit`. */
  search(queryTerms: readonly string[], limit: number, filter: ChunkFilter | null): ScoredChunk[] {
    const { chunkCount, averageLength } = readIndexStatistics(this.#database);
    const terms = chooseTerms(queryTerms, (term) => this.#frequencies.count(term, chunkCount));
    if (terms.length === 0 || chunkCount === 0) return [];
    if (chunkCount <= this.#maxChunksForFts5Ranking) return this.#rankWithFts5(terms, limit, filter);
    return this.#rankCandidates(terms, limit, filter, { chunkCount, averageLength });
  }

  /** `+rowid` keeps SQLite from running the full-text query once for each id of the filter. */
  #rankWithFts5(terms: readonly string[], limit: number, filter: ChunkFilter | null): ScoredChunk[] {
    const rows = this.#database
      .prepare(
        `SELECT rowid AS chunkId, -rank AS score FROM chunk_terms
         WHERE chunk_terms MATCH ? AND rank MATCH '${rankFunction}'
         ${filter === null ? '' : 'AND +rowid IN (SELECT id FROM chunks WHERE document_id IN (SELECT value FROM json_each(?)))'}
         ORDER BY rank LIMIT ?`,
      )
      .all(matchAny(terms), ...(filter === null ? [] : [filter.documentIdsJson]), limit);
    return (rows as ScoredChunk[]).map(({ chunkId, score }) => ({ chunkId, score })).sort(bestFirst);
  }

  #rankCandidates(
    terms: readonly string[],
    limit: number,
    filter: ChunkFilter | null,
    { chunkCount, averageLength }: { chunkCount: number; averageLength: number },
  ): ScoredChunk[] {
    const weighed = this.#weigh(terms, chunkCount);
    const postings = decisiveTerms(weighed).map((term) => this.#readPosting(term));
    const candidates = this.#collector.collect(
      postings,
      Math.max(leastCandidates, Math.ceil(limit * candidatesPerHit)),
      filter === null ? () => true : (chunkId) => filter.chunkIds.has(chunkId),
    );
    const weights = new Map(weighed.map(({ term, weight }) => [term, weight]));
    return this.#readCandidates(candidates)
      .map((row) => ({ chunkId: row.id, score: scoreRow(row, weights, averageLength) }))
      .sort(bestFirst)
      .slice(0, limit);
  }

  #weigh(terms: readonly string[], chunkCount: number): WeighedTerm[] {
    return terms.map((term) => {
      const matches = this.#frequencies.count(term, chunkCount);
      return { term, matches, weight: inverseDocumentFrequency(matches, chunkCount) };
    });
  }

  /** One string of ids is far cheaper to hand over than a row for each. */
  #readPosting({ term, weight }: WeighedTerm): Posting {
    const row = this.#database
      .prepare('SELECT group_concat(rowid) AS ids FROM chunk_terms WHERE chunk_terms MATCH ?')
      .get(matchAny([term])) as { ids: string | null };
    return { chunkIds: parseIds(row.ids ?? ''), weight };
  }

  #readCandidates(candidates: readonly ScoredChunk[]): CandidateRow[] {
    return this.#database
      .prepare(
        `SELECT chunks.id, text, coalesce(symbol, heading) AS name, relative_path AS path
         FROM json_each(?) JOIN chunks ON chunks.id = value JOIN documents ON documents.id = document_id`,
      )
      .all(JSON.stringify(candidates.map(({ chunkId }) => chunkId))) as CandidateRow[];
  }
}

/** Exact score of a chunk, from the same terms its row of the index was made of. */
function scoreRow(row: CandidateRow, weights: ReadonlyMap<string, number>, averageLength: number): number {
  const counts = new Map<string, number>();
  const length =
    countTerms(row.text, columnWeights.body, weights, counts) +
    countTerms(row.name ?? '', columnWeights.symbol, weights, counts) +
    countTerms(row.path, columnWeights.path, weights, counts);
  let score = 0;
  for (const [term, count] of counts)
    score += termScore(weights.get(term) ?? 0, count, length / averageLength);
  return score;
}

/** Adds the weighted occurrences of the query's terms to `counts`; returns the number of all terms of the text. */
function countTerms(
  text: string,
  columnWeight: number,
  weights: ReadonlyMap<string, number>,
  counts: Map<string, number>,
): number {
  if (text === '') return 0;
  const terms = indexTerms(text).split(' ');
  for (const term of terms) {
    if (weights.has(term)) counts.set(term, (counts.get(term) ?? 0) + columnWeight);
  }
  return terms.length;
}

/** Numbers of a comma-separated list. `split` and `Number` take four times as long. */
function parseIds(list: string): number[] {
  const ids: number[] = [];
  if (list === '') return ids;
  let id = 0;
  for (let at = 0; at < list.length; at++) {
    const code = list.charCodeAt(at);
    if (code === 44) {
      ids.push(id);
      id = 0;
    } else id = id * 10 + code - 48;
  }
  ids.push(id);
  return ids;
}
