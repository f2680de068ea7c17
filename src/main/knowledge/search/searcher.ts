import type { SearchInput, SearchMode, SearchResult } from '@contract/knowledge';
import { AppError, isCancelled } from '../../platform/app-error.ts';
import type { Database } from '../../platform/database.ts';
import { queryTerms } from '../terms/terms.ts';
import type { Embedder } from '../vectors/embedder.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import type { CandidateMeaning } from './candidate-meaning.ts';
import { resolveFilter } from './chunk-filter.ts';
import type { ChunkFilter } from './chunk-filter.ts';
import { fuse, uncalibrated } from './fusion.ts';
import type { FusionWeights } from './fusion.ts';
import { readIndexStatistics } from './index-statistics.ts';
import { LexicalSearch } from './lexical-search.ts';
import { readHits } from './passages.ts';
import type { ScoredChunk } from './scored-chunk.ts';

/** Chunks each leg hands to fusion. */
const chunksPerLeg = 60;
/** What the built-in embedder compares: with all of a leg, CoSQA's results are .003 nDCG@10 better and take half as long again. */
const builtInCandidates = 40;
/** A table of vectors that knows less of the index than this is still being built and does not serve yet. */
const leastCoverage = 0.5;

export interface SearcherOptions {
  database: Database;
  /** Null where only words are searched, such as a command that must start fast. */
  vectors: VectorStore | null;
  /** The embedder whose vectors are to be searched; null while there is none. */
  getEmbedder: () => Embedder | null;
  /** Overrides what the corpus was calibrated to. */
  getFusionWeights?: () => FusionWeights | null;
  /** Told when the vector leg failed; the search went on without it. */
  onVectorFailure?: (error: unknown) => void;
  /** Where the built-in embedder's weights are, when not where they ship. */
  builtInWeightsPath?: string;
}

/**
 * Searches the index by words, by meaning, or both fused. Meaning comes from the vectors of the chosen embedding model;
 * while there are none, the built-in embedder compares what search by words has found.
 */
export class Searcher {
  readonly #options: SearcherOptions;
  readonly #lexical: LexicalSearch;
  /** Null once it proved unusable: search by words goes on, and `doctor` says why. */
  #builtIn: CandidateMeaning | null | undefined;

  constructor(options: SearcherOptions) {
    this.#options = options;
    this.#lexical = new LexicalSearch(options.database);
  }

  /** Best passages for a query, best first. `mode` of the result says which legs served. */
  async search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult> {
    const startedAt = performance.now();
    const { database } = this.#options;
    const filter = await resolveFilter(database, input.filters);
    const { mode, chunks } = await this.#rank(input, filter, signal);
    signal?.throwIfAborted();
    const hits = readHits(database, chunks.slice(0, input.limit));
    return { hits, mode, durationMs: performance.now() - startedAt };
  }

  async #rank(
    input: SearchInput,
    filter: ChunkFilter | null,
    signal: AbortSignal | undefined,
  ): Promise<{ mode: SearchMode; chunks: ScoredChunk[] }> {
    const { query, limit, mode } = input;
    if (mode === 'lexical') return { mode, chunks: this.#searchWords(query, limit, filter) };
    const depth = Math.max(chunksPerLeg, limit);
    // Started before the lexical leg: LanceDB searches on its own threads while this one ranks words.
    const nearest = this.#searchMeaning(query, depth, filter, signal);
    const lexical = mode === 'vector' ? [] : this.#searchWords(query, depth, filter);
    const vector = await nearest;
    if (vector !== null) return { mode, chunks: fuse(lexical, vector, await this.#weights()) };
    const found = mode === 'hybrid' ? lexical : this.#searchWords(query, depth, filter);
    return this.#rankBuiltIn(input, found.slice(0, Math.max(builtInCandidates, 2 * limit)));
  }

  async #rankBuiltIn(
    { query, mode }: SearchInput,
    candidates: ScoredChunk[],
  ): Promise<{ mode: SearchMode; chunks: ScoredChunk[] }> {
    const builtIn = await this.#openBuiltIn();
    if (builtIn === null) return { mode: 'lexical', chunks: candidates };
    const meaning = builtIn.rank(query, candidates);
    return { mode, chunks: mode === 'hybrid' ? fuse(candidates, meaning, uncalibrated) : meaning };
  }

  async #openBuiltIn(): Promise<CandidateMeaning | null> {
    if (this.#builtIn !== undefined) return this.#builtIn;
    const { CandidateMeaning } = await import('./candidate-meaning.ts');
    try {
      this.#builtIn = new CandidateMeaning(this.#options.database, this.#options.builtInWeightsPath);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#builtIn = null;
    }
    return this.#builtIn;
  }

  async #weights(): Promise<FusionWeights> {
    const { vectors, getEmbedder, getFusionWeights } = this.#options;
    const key = getEmbedder()?.key ?? '';
    return getFusionWeights?.() ?? (await vectors?.calibration.read(key)) ?? uncalibrated;
  }

  #searchWords(query: string, limit: number, filter: ChunkFilter | null): ScoredChunk[] {
    return this.#lexical.search(queryTerms(query), limit, filter);
  }

  /** Null when there is no vector to compare with, or the leg failed. */
  async #searchMeaning(
    query: string,
    limit: number,
    filter: ChunkFilter | null,
    signal: AbortSignal | undefined,
  ): Promise<ScoredChunk[] | null> {
    const { vectors, getEmbedder, onVectorFailure } = this.#options;
    const embedder = getEmbedder();
    if (vectors === null || embedder === null || query.trim() === '') return null;
    try {
      if (!(await this.#isServing(vectors, embedder))) return null;
      const [vector] = await embedder.embed([query], signal);
      if (vector === undefined) return null;
      const neighbours = await vectors.search(embedder.key, vector, limit, filter);
      return neighbours.map(({ chunkId, similarity }) => ({ chunkId, score: similarity }));
    } catch (error) {
      if (signal?.aborted || isCancelled(error)) throw error;
      onVectorFailure?.(error);
      return null;
    }
  }

  async #isServing(vectors: VectorStore, embedder: Embedder): Promise<boolean> {
    const count = (await vectors.count(embedder.key)) ?? 0;
    return count > 0 && count >= leastCoverage * readIndexStatistics(this.#options.database).chunkCount;
  }
}
