/** Turns texts into vectors of length 1. */
export interface Embedder {
  /** Changes whenever the vectors would: names the model file and how it is used. */
  readonly key: string;
  /** For the user. */
  readonly name: string;
  readonly dimensions: number;
  /** One vector of `dimensions` numbers for each text, in order. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}
