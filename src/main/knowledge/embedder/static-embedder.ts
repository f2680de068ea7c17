import { setImmediate } from 'node:timers/promises';
import { Tokenizer } from './tokenizer.ts';
import type { EmbedderWeights } from './weights.ts';
import { embedderWords } from './words.ts';

/** Texts encoded between two looks at the event loop: a few milliseconds of work. */
const textsPerTurn = 128;

/**
 * Encodes text as the weighted mean of its subword vectors: different rows weighted by the square root of their
 * count, summed and brought to unit length. No network is run; row lengths were learnt and weigh the words.
 * Single-threaded and reusable; each worker thread makes its own.
 */
export class StaticEmbedder {
  readonly key: string;
  readonly name = 'Built-in';
  readonly dimensions: number;
  private readonly tokenizer: Tokenizer;
  private readonly rows: Int8Array;
  private readonly scales: Float32Array;
  private readonly counts: Uint32Array;
  private readonly sums: Float64Array;

  constructor(weights: EmbedderWeights) {
    this.key = weights.key;
    this.dimensions = weights.dimensions;
    this.tokenizer = new Tokenizer(weights.vocabulary);
    this.rows = weights.rows;
    this.scales = weights.scales;
    this.counts = new Uint32Array(weights.scales.length);
    this.sums = new Float64Array(weights.dimensions);
  }

  /** Unit vectors of texts, in order, letting other work run between batches. Rejects with the signal's reason. */
  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const [index, text] of texts.entries()) {
      signal?.throwIfAborted();
      vectors.push(this.encode(text));
      if (index % textsPerTurn === textsPerTurn - 1) await setImmediate();
    }
    return vectors;
  }

  /**
   * Unit vector of a text, whatever it holds. A text without a letter or number has no meaning to encode: it gets
   * the first axis, which is finite, of unit length and near to nothing.
   */
  encode(text: string): Float32Array {
    const used = this.countRows(text);
    this.sums.fill(0);
    for (const row of used) {
      this.addRow(row, Math.sqrt(this.counts[row] ?? 0) * (this.scales[row] ?? 0));
      this.counts[row] = 0;
    }
    return this.unit();
  }

  /** Counts each row of the text in `counts` and returns the different rows in first-seen order. */
  private countRows(text: string): number[] {
    const used: number[] = [];
    for (const word of embedderWords(text)) {
      for (const row of this.tokenizer.rowsOf(word)) {
        const count = this.counts[row] ?? 0;
        if (count === 0) used.push(row);
        this.counts[row] = count + 1;
      }
    }
    return used;
  }

  private addRow(row: number, weight: number): void {
    const { sums, dimensions } = this;
    let at = row * dimensions;
    // A new process runs this a million times before it is compiled: one view, no bound looked up twice.
    const rows = this.rows;
    for (let axis = 0; axis < dimensions; axis++) {
      sums[axis] = (sums[axis] as number) + weight * (rows[at++] as number);
    }
  }

  private unit(): Float32Array {
    let square = 0;
    for (const sum of this.sums) square += sum * sum;
    const vector = new Float32Array(this.dimensions);
    const length = Math.sqrt(square);
    if (!(length > 1e-9)) {
      vector[0] = 1;
      return vector;
    }
    for (let axis = 0; axis < vector.length; axis++) vector[axis] = (this.sums[axis] ?? 0) / length;
    return vector;
  }
}
