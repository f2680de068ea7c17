import type { Database } from '../../platform/database.ts';
import { loadBuiltInEmbedder } from '../embedder/built-in-embedder.ts';
import { dot } from '../embedder/dot.ts';
import type { StaticEmbedder } from '../embedder/static-embedder.ts';
import { embeddedText } from '../vectors/embedded-text.ts';
import { readHits } from './passages.ts';
import type { ScoredChunk } from './scored-chunk.ts';

/** A vector of the built-in embedder says little beyond the first page of a text, and long texts take longer. */
const encodedChars = 4_000;

/**
 * Compares the meaning of a query with chunks that search by words has found, through the built-in embedder. It encodes
 * some ten thousand texts a second, so the candidates are encoded for each query: there are no vectors to store, to
 * wait for or to keep up to date.
 */
export class CandidateMeaning {
  readonly #database: Database;
  readonly #embedder: StaticEmbedder;

  /** @throws AppError `model_file_missing` or `model_file_invalid`: the weights cannot be read. */
  constructor(database: Database, weightsPath?: string) {
    this.#database = database;
    this.#embedder = loadBuiltInEmbedder(weightsPath);
  }

  /** The candidates by cosine to the query, nearest first. */
  rank(query: string, candidates: readonly ScoredChunk[]): ScoredChunk[] {
    const asked = this.#embedder.encode(query.slice(0, encodedChars));
    return readHits(this.#database, candidates)
      .map((hit) => ({
        chunkId: hit.chunkId,
        score: dot(asked, this.#embedder.encode(embeddedText(hit).slice(0, encodedChars))),
      }))
      .sort((a, b) => b.score - a.score);
  }
}
