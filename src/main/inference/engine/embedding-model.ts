import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import type { LoadedModelInfo, LoadInput } from '../engine-api.ts';
import { contextLimit, describeLoaded, loadModel, translateLoadErrors } from './load-model.ts';

/** Room for the tokens a model wants at the beginning and end, and one that llama.cpp keeps free. */
const reservedTokens = 3;

/** An embedding model with its one context; whoever made it disposes it. */
export class EmbeddingModel {
  readonly info: LoadedModelInfo;
  readonly #model: LlamaModel;
  readonly #context: LlamaEmbeddingContext;

  private constructor(info: LoadedModelInfo, model: LlamaModel, context: LlamaEmbeddingContext) {
    this.info = info;
    this.#model = model;
    this.#context = context;
  }

  static async load(input: LoadInput, signal: AbortSignal): Promise<EmbeddingModel> {
    const model = await loadModel(input, signal);
    try {
      return await translateLoadErrors(input, signal, async () => {
        const contextSize = contextLimit(input, model);
        // An encoder reads a text in one batch; llama.cpp aborts the process when it does not fit.
        const context = await model.createEmbeddingContext({
          contextSize,
          batchSize: contextSize,
          createSignal: signal,
        });
        return new EmbeddingModel(describeLoaded(input, model, contextSize), model, context);
      });
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  async embed(text: string): Promise<Float32Array> {
    const tokens = this.#fit(text);
    if (tokens.length === 0) return new Float32Array(this.info.dimensions);
    const { vector } = await this.#context.getEmbeddingFor(tokens);
    return normalise(Float32Array.from(vector));
  }

  countTokens(texts: readonly string[]): number[] {
    return texts.map((text) => this.#model.tokenize(text).length);
  }

  async dispose(): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
  }

  /** Tokens of the text's beginning. A token has at least one character, so the rest need not be tokenized. */
  #fit(text: string): Token[] {
    if (text.trim() === '') return [];
    const limit = this.info.contextSize - reservedTokens;
    const tokens = this.#model.tokenize(text.slice(0, limit * 32));
    return tokens.slice(0, limit);
  }
}

/** Scales to length 1 in place; a vector of zeros, or with a broken number in it, becomes zeros. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) return vector.fill(0);
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}
