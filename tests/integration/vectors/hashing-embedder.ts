import { createHash } from 'node:crypto';
import type { Embedder } from '../../../src/main/knowledge/vectors/embedder.ts';

/** A bag of hashed words: texts that share words are near each other, without any model. */
export class HashingEmbedder implements Embedder {
  readonly key: string;
  readonly name = 'Hashing';
  readonly dimensions: number;
  /** Number of texts embedded so far. */
  count = 0;
  /** Called before each batch; may throw to make the batch fail. */
  beforeBatch: (signal: AbortSignal | undefined) => void | Promise<void> = () => undefined;

  constructor(key = 'hashing', dimensions = 64) {
    this.key = key;
    this.dimensions = dimensions;
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    await this.beforeBatch(signal);
    signal?.throwIfAborted();
    this.count += texts.length;
    return texts.map((text) => this.#embedOne(text));
  }

  #embedOne(text: string): Float32Array {
    const vector = new Float32Array(this.dimensions);
    for (const word of text.toLowerCase().match(/\w+/g) ?? ['']) {
      const bytes = createHash('sha256').update(word).digest();
      for (let index = 0; index < this.dimensions; index++) {
        vector[index] = (vector[index] ?? 0) + ((bytes[index % 32] ?? 0) - 127.5);
      }
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  }
}
