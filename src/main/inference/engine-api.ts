import type { EngineState, ModelRole } from '@contract/models';

/** What the engine found to compute on. */
export interface EngineDescription {
  backend: NonNullable<EngineState['backend']>;
  deviceNames: string[];
  /** Why the CPU is used; null with a GPU. */
  reason: string | null;
  threads: number;
}

export interface LoadInput {
  modelPath: string;
  role: ModelRole;
  /** Upper limit in tokens; by default what is sensible for the role, the model and the memory. */
  contextSize?: number | undefined;
  /** Layers to put on the GPU; by default as many as fit. */
  gpuLayers?: number | undefined;
}

export interface LoadedModelInfo {
  modelPath: string;
  role: ModelRole;
  /** Tokens that prompt and answer share. */
  contextSize: number;
  gpuLayers: number;
  layerCount: number | null;
  /** Length of the vectors of an embedding model. */
  dimensions: number;
}

export interface ChatTurn {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface GenerateInput {
  modelPath: string;
  messages: ChatTurn[];
  maxTokens: number;
  /** 0 always takes the most likely token. */
  temperature: number;
  topP?: number | undefined;
  seed?: number | undefined;
}

export interface GenerateOutput {
  usage: { promptTokens: number; completionTokens: number };
  /** `length`: cut off at `maxTokens` or where the context was full. */
  stopReason: 'end' | 'length';
}

export interface TextsInput {
  modelPath: string;
  texts: string[];
}

/**
 * The engine child's methods. A model that is named but not resident is loaded first; at most one model per role is
 * resident. Errors: `model_file_missing`, `model_file_invalid`, `model_load_failed`, `model_role_mismatch`,
 * `context_too_small`, `engine_unavailable`.
 */
export type EngineApi = {
  describe: { input: null; output: EngineDescription };
  load: { input: LoadInput; output: LoadedModelInfo };
  unload: { input: { modelPath: string }; output: null };
  generate: { input: GenerateInput; output: GenerateOutput; delta: { text: string } };
  /** Tokens of each text, without the chat template's own. */
  countTokens: { input: TextsInput; output: number[] };
  /** Vectors of length 1, in order; a text without words gives zeros, a long one is cut at the context's end. */
  embed: { input: TextsInput; output: Float32Array[] };
};
