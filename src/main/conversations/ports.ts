import type { Usage } from '@contract/conversations';
import type { SearchInput, SearchResult } from '@contract/knowledge';

/** Where answers get their passages from. */
export interface Retriever {
  search(input: SearchInput, signal: AbortSignal): Promise<SearchResult>;
  /** Whether the user has given any folder: tells "nothing matches" from "there is nothing to search". */
  hasSources(signal: AbortSignal): Promise<boolean>;
}

export interface ChatTurn {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface GenerateRequest {
  messages: ChatTurn[];
  maxTokens: number;
  temperature: number;
}

export interface GenerateOptions {
  signal: AbortSignal;
  onDelta: (text: string) => void;
}

export interface Generation {
  usage: Usage;
  /** `length`: the model was cut off at `maxTokens`. */
  stopReason: 'end' | 'length';
}

/** A chat model, ready to write. */
export interface ChatModel {
  id: string;
  name: string;
  /** Tokens that prompt and answer share. */
  contextSize: number;
  /** Tokens of each text, without the chat template's own. */
  countTokens(texts: string[], signal: AbortSignal): Promise<number[]>;
  generate(request: GenerateRequest, options: GenerateOptions): Promise<Generation>;
}

export interface ChatModelRequest {
  /** The model to use; the default chat model when absent. */
  modelId?: string | undefined;
  signal: AbortSignal;
}

export interface ChatModelProvider {
  /**
   * The chat model, loaded if it was not; null when the user has none.
   *
   * @throws AppError `model_not_found`, `model_load_failed` and the like.
   */
  current(request: ChatModelRequest): Promise<ChatModel | null>;
}
