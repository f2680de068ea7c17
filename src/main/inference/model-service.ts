import type { Model, ModelRole, ModelsState } from '@contract/models';
import { AppError } from '../platform/app-error.ts';
import { describeModel } from './gguf/describe-model.ts';
import type { Embedder, InferenceService, TextGenerator } from './inference-service.ts';
import type { ModelLibrary } from './model-library.ts';

/** Library and engine together: what clients see of models, and the models other domains work with. */
export class ModelService {
  readonly #library: ModelLibrary;
  readonly #inference: InferenceService;

  constructor(library: ModelLibrary, inference: InferenceService) {
    this.#library = library;
    this.#inference = inference;
  }

  async state(): Promise<ModelsState> {
    return {
      models: await this.#library.list(),
      engine: this.#inference.state,
      folders: this.#library.folders,
    };
  }

  /** The current state, then each change; the returned function ends that. */
  watch(listener: (state: ModelsState) => void): () => void {
    let isWatching = true;
    const tell = async () => {
      const state = await this.state();
      if (isWatching) listener(state);
    };
    const ends = [this.#library.onChange(() => void tell()), this.#inference.onChange(() => void tell())];
    void tell();
    return () => {
      isWatching = false;
      for (const end of ends) end();
    };
  }

  add(input: { path: string; role?: ModelRole | undefined }): Promise<Model> {
    return this.#library.add(input);
  }

  async remove(modelId: string): Promise<void> {
    const model = await this.#library.get(modelId);
    await this.#library.remove(modelId);
    await this.#inference.unload(model);
  }

  setDefault(role: ModelRole, modelId: string | null): Promise<void> {
    return this.#library.setDefault(role, modelId);
  }

  async load(modelId: string, signal?: AbortSignal): Promise<void> {
    await this.#inference.load(await usable(await this.#library.get(modelId)), signal);
  }

  async unload(modelId: string): Promise<void> {
    await this.#inference.unload(await this.#library.get(modelId));
  }

  rescan(): Promise<void> {
    return this.#library.rescan();
  }

  /**
   * A chat model ready to write: the given one, else the default; null when there is none.
   *
   * @throws AppError `model_not_found`, `model_role_mismatch`, and what loading throws.
   */
  async chatModel({
    modelId,
    signal,
  }: {
    modelId?: string | undefined;
    signal?: AbortSignal;
  }): Promise<TextGenerator | null> {
    const model =
      modelId === undefined ? await this.#library.defaultModel('chat') : await this.#library.get(modelId);
    if (!model) return null;
    if (model.role !== 'chat') {
      throw new AppError('model_role_mismatch', `${model.name} cannot answer: it is for ${model.role}.`);
    }
    return this.#inference.generator(await usable(model), signal);
  }

  /** The default embedding model; null when there is none that can be used. */
  async embedder(signal?: AbortSignal): Promise<Embedder | null> {
    const model = await this.#library.defaultModel('embedding');
    return model && model.problem === null ? this.#inference.embedder(model, signal) : null;
  }
}

/** Looks again at a file that had a problem: it may be back, else this says what is wrong. */
async function usable(model: Model): Promise<Model> {
  if (model.problem !== null) await describeModel(model.path);
  return model;
}
