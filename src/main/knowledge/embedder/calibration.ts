import { setImmediate } from 'node:timers/promises';
import { fusedPlace, normaliseLexical, normaliseMeaning, unionOf } from './fusion-rule.ts';
import type { ScoredItem } from './fusion-rule.ts';
import { chooseWeight, weightGrid } from './weight-choice.ts';
import type { WeightChoice } from './weight-choice.ts';
import { LexicalSample } from './lexical-sample.ts';
import { knownItem } from './known-item.ts';
import type { KnownItem, KnownItemSource } from './known-item.ts';
import { dot } from './dot.ts';
import { steeredCorpus, SteeredSimilarity } from './steering.ts';

/** Enough chunks to tell the legs apart, few enough to stay within a second. */
const mostChunks = 3_000;
const mostQueries = 300;
/** With fewer known items the corpus cannot speak for itself. */
const leastQueries = 30;
const leastChunks = 60;
const listDepth = 100;
const bestPlaces = 10;
const backgroundPairs = 400;
/** How far queries may be steered away from what all chunks share. */
const strengths = [0, 0.5, 1];
/** Less than this is noise of some hundred queries: the simpler choice stays. */
const worthwhile = 0.006;

export interface CalibrationOptions {
  /** Unit vectors of texts; the embedder whose worth is measured. */
  embed: (texts: string[], signal?: AbortSignal) => Promise<Float32Array[]>;
  /** Search terms of a text, repeated as often as they occur: those of the lexical leg. */
  terms: (text: string) => string[];
  /** Whether searches will `steer` their queries; without it the choice is made for queries as they are. */
  canSteer?: boolean;
  signal?: AbortSignal;
}

/** What a corpus says of an embedder, kept with it and shown in diagnostics. */
export interface Calibration extends WeightChoice {
  /** Where the meaning leg's scale starts: 0, or the cosine of unrelated chunks where that serves better. */
  floor: number;
  /** What `steer` takes from queries before they are compared with chunks: `directions`, as far as `strength` says. */
  directions: Float32Array[];
  strength: number;
  queries: number;
  chunks: number;
}

/**
 * Learns how much the meaning leg is worth for one corpus from the corpus itself. Headings, doc comments and first
 * sentences become queries for the chunk they were taken out of; the weight that best brings those chunks up is
 * chosen. Null when the corpus is too small: callers then use `fallbackWeight`.
 *
 * Takes the chunks of one source evenly thinned by the caller or all of them; the choice is deterministic. Costs one
 * `embed` of at most 3,000 texts and some hundred milliseconds of arithmetic.
 */
export async function calibrate(
  chunks: readonly KnownItemSource[],
  { embed, terms, canSteer = false, signal }: CalibrationOptions,
): Promise<Calibration | null> {
  const sample = thinned(chunks, mostChunks);
  const items = chooseItems(sample);
  if (sample.length < leastChunks || items.size < leastQueries) return null;
  const texts = sample.map((chunk, index) => withContext(chunk, items.get(index)?.rest ?? chunk.text));
  const vectors = await embed(texts, signal);
  const asked = await embed(
    [...items.values()].map(({ query }) => query),
    signal,
  );
  signal?.throwIfAborted();
  const lexical = new LexicalSample(texts.map(terms));
  const corpus = steeredCorpus(vectors);
  const queries = [...items].map(([target, { query }], index) => ({
    target,
    lexical: lexical.search(terms(query), listDepth),
    similarity: new SteeredSimilarity(asked[index] ?? new Float32Array(0), corpus),
  }));
  const floors = [0, backgroundCosine(vectors)];
  let best: Candidate | undefined;
  for (const strength of canSteer ? strengths : [0]) {
    await setImmediate();
    signal?.throwIfAborted();
    const trials = queries.map((query) => ({
      ...query,
      meaning: query.similarity.nearest(strength, listDepth),
    }));
    for (const floor of floors) {
      const choice = chooseWeight(trials.map((trial) => gainsByWeight(trial, floor)));
      if (!best || choice.fusedQuality > best.fusedQuality + worthwhile)
        best = { ...choice, floor, strength };
    }
  }
  if (!best) return null;
  return {
    ...best,
    directions: best.strength > 0 ? [...corpus.directions] : [],
    queries: queries.length,
    chunks: sample.length,
  };
}

type Candidate = WeightChoice & Pick<Calibration, 'floor' | 'strength'>;

/** One known item with what each leg answers to it. */
interface Trial {
  target: number;
  lexical: readonly ScoredItem[];
  meaning: readonly ScoredItem[];
}

/** Every n-th element, so that at most `most` remain. */
function thinned<Element>(list: readonly Element[], most: number): Element[] {
  const step = Math.max(1, list.length / most);
  return Array.from(
    { length: Math.min(list.length, most) },
    (_, index) => list[Math.floor(index * step)],
  ).filter((element) => element !== undefined);
}

/** Known items by the number of the chunk they came from. */
function chooseItems(sample: readonly KnownItemSource[]): Map<number, KnownItem> {
  const found: [number, KnownItem][] = [];
  const seen = new Set<string>();
  for (const [index, chunk] of sample.entries()) {
    const item = knownItem(chunk);
    if (!item || seen.has(item.query)) continue;
    seen.add(item.query);
    found.push([index, item]);
  }
  return new Map(thinned(found, mostQueries));
}

/** The place a chunk stands is indexed with it, unless its heading is what is asked. */
function withContext({ context }: KnownItemSource, text: string): string {
  return context ? `${context}\n${text}` : text;
}

/** Mean cosine of chunks far apart in the sample. */
function backgroundCosine(vectors: readonly Float32Array[]): number {
  let sum = 0;
  for (let pair = 0; pair < backgroundPairs; pair++) {
    const a = vectors[(pair * 7919) % vectors.length];
    const b = vectors[(pair * 7919 + Math.floor(vectors.length / 2) + pair) % vectors.length];
    if (a && b) sum += dot(a, b);
  }
  return sum / backgroundPairs;
}

/** nDCG@10 of one known item at each weight of the grid: 1 / log2(place + 1), or 0 below the tenth place. */
function gainsByWeight({ target, lexical, meaning }: Trial, floor: number): Float64Array {
  const union = unionOf(normaliseLexical(lexical), normaliseMeaning(meaning, floor));
  return Float64Array.from(weightGrid, (weight) => {
    const place = fusedPlace(target, union, weight);
    return place <= bestPlaces ? 1 / Math.log2(place + 1) : 0;
  });
}
