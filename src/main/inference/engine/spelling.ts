import type { LlamaModel } from 'node-llama-cpp';

/** Rewrites a text into what a model's vocabulary can express. */
export type Spelling = (text: string) => string;

const byteTokenType = 6;

/**
 * SentencePiece vocabularies spell unknown characters in bytes. A few small models have no byte tokens, and there
 * llama.cpp ends the process at the first unknown character; for those each one becomes a space.
 */
export function spellingOf(model: LlamaModel): Spelling {
  const { model: kind, tokens, token_type: types } = model.fileInfo.metadata.tokenizer.ggml;
  const hasBytes = types?.some((type) => Number(type) === byteTokenType) ?? true;
  return kind === 'llama' && !hasBytes ? spellingFrom(tokens ?? []) : (text) => text;
}

export function spellingFrom(tokens: readonly string[]): Spelling {
  const known = new Set(tokens.filter((token) => [...token].length === 1));
  return (text) => Array.from(text, (character) => (known.has(character) ? character : ' ')).join('');
}
