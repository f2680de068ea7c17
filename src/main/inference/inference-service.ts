import { basename } from 'node:path';
import type { EngineState, LoadedModel, Model, ModelRole } from '@contract/models';
import { AppError } from '../platform/app-error.ts';
import type { ProcessHost } from '../platform/process-host.ts';
import type {
  ChatTurn,
  EngineApi,
  EngineDescription,
  GenerateOutput,
  LoadedModelInfo,
} from './engine-api.ts';

export interface GenerateRequest {
  messages: ChatTurn[];
  maxTokens: number;
  temperature: number;
}

/** A chat model, ready to write. It loads itself again after the engine crashed or another model took its place. */
export interface TextGenerator {
  readonly id: string;
  readonly name: string;
  /** Tokens that prompt and answer share. */
  readonly contextSize: number;
  countTokens(texts: string[], signal?: AbortSignal): Promise<number[]>;
  generate(
    request: GenerateRequest,
    options: { signal?: AbortSignal; onDelta: (text: string) => void },
  ): Promise<GenerateOutput>;
}

/** Turns texts into vectors of length 1. */
export interface Embedder {
  /** Changes whenever the vectors would. */
  readonly key: string;
  readonly name: string;
  readonly dimensions: number;
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** The engine as the rest of the app sees it: which models are loaded, and what they can be asked. */
export class InferenceService {
  readonly #host: ProcessHost<EngineApi>;
  readonly #listeners = new Set<() => void>();
  readonly #loaded = new Map<ModelRole, LoadedModel>();
  #description: EngineDescription | null = null;
  #failure: string | null = null;
  #loading = 0;

  constructor(host: ProcessHost<EngineApi>) {
    this.#host = host;
    host.onStateChange((state) => {
      if (state !== 'ready') this.#loaded.clear();
      this.#changed();
    });
  }

  get state(): EngineState {
    return {
      phase: this.#phase(),
      backend: this.#description?.backend ?? null,
      deviceNames: this.#description?.deviceNames ?? [],
      reason: this.#reason(),
      loaded: [...this.#loaded.values()],
    };
  }

  /** Calls `listener` after every change of state; the returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the engine if need be and says what it computes on. */
  async describe(signal?: AbortSignal): Promise<EngineDescription> {
    try {
      this.#description ??= await this.#host.request('describe', null, { signal });
      this.#failure = null;
      return this.#description;
    } catch (error) {
      if (error instanceof AppError && error.code === 'engine_unavailable') this.#failure = error.message;
      throw error;
    } finally {
      this.#changed();
    }
  }

  /**
   * Loads a model, unloading the one of the same role.
   *
   * @throws AppError `model_file_missing`, `model_file_invalid`, `model_load_failed`, `model_role_mismatch`,
   * `engine_unavailable`, `child_crashed`, `child_unavailable`.
   */
  async load(model: Model, signal?: AbortSignal): Promise<LoadedModelInfo> {
    this.#loading += 1;
    this.#changed();
    try {
      await this.describe(signal);
      const info = await this.#host.request('load', { modelPath: model.path, role: model.role }, { signal });
      const { contextSize, gpuLayers, layerCount } = info;
      this.#loaded.set(model.role, {
        modelId: model.id,
        role: model.role,
        contextSize,
        gpuLayers,
        layerCount,
      });
      return info;
    } finally {
      this.#loading -= 1;
      this.#changed();
    }
  }

  /** Frees a model's memory, after what it is working on; does nothing when it is not loaded. */
  async unload(model: Model): Promise<void> {
    if (this.#host.state !== 'ready') return;
    await this.#host.request('unload', { modelPath: model.path });
    for (const [role, loaded] of this.#loaded) {
      if (loaded.modelId === model.id) this.#loaded.delete(role);
    }
    this.#changed();
  }

  /** The chat model, loaded. */
  async generator(model: Model, signal?: AbortSignal): Promise<TextGenerator> {
    const { contextSize } = await this.load(model, signal);
    const modelPath = model.path;
    return {
      id: model.id,
      name: model.name,
      contextSize,
      countTokens: async (texts, countSignal) => {
        await this.#ensureLoaded(model, countSignal);
        return this.#host.request('countTokens', { modelPath, texts }, { signal: countSignal });
      },
      generate: async (request, { signal: generateSignal, onDelta }) => {
        await this.#ensureLoaded(model, generateSignal);
        return this.#host.request(
          'generate',
          { modelPath, ...request },
          { signal: generateSignal, onDelta: ({ text }) => onDelta(text) },
        );
      },
    };
  }

  /** The embedding model; loaded by its first texts, so that choosing one costs nothing yet. */
  async embedder(model: Model, signal?: AbortSignal): Promise<Embedder> {
    const dimensions = model.embeddingLength ?? (await this.load(model, signal)).dimensions;
    return {
      key: `gguf:${basename(model.path)}:${model.sizeBytes}:${dimensions}`,
      name: model.name,
      dimensions,
      embed: async (texts, embedSignal) => {
        await this.#ensureLoaded(model, embedSignal);
        const input = { modelPath: model.path, texts: [...texts] };
        return this.#host.request('embed', input, { signal: embedSignal });
      },
    };
  }

  /** Ends the engine; the next request starts it again. */
  async stop(): Promise<void> {
    await this.#host.stop();
  }

  async #ensureLoaded(model: Model, signal: AbortSignal | undefined): Promise<void> {
    if (this.#loaded.get(model.role)?.modelId !== model.id) await this.load(model, signal);
  }

  #phase(): EngineState['phase'] {
    switch (this.#host.state) {
      case 'starting':
        return 'starting';
      case 'backing-off':
      case 'broken':
        return 'failed';
      case 'stopped':
      case 'stopping':
        return this.#loading > 0 ? 'starting' : 'stopped';
      case 'ready':
        if (this.#failure !== null) return 'failed';
        return this.#loading > 0 ? 'loading' : 'ready';
    }
  }

  #reason(): string | null {
    switch (this.#host.state) {
      case 'backing-off':
        return 'The engine stopped unexpectedly. It starts again with the next question.';
      case 'broken':
        return 'The engine keeps stopping unexpectedly. Try another model, or wait a minute and try again.';
      case 'stopped':
      case 'starting':
      case 'ready':
      case 'stopping':
        return this.#failure ?? this.#description?.reason ?? null;
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
