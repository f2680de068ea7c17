import { basename } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import type { LoadedModelInfo, LoadInput } from '../engine-api.ts';
import { ChatModel } from './chat-model.ts';
import { EmbeddingModel } from './embedding-model.ts';
import { SerialQueue } from './serial-queue.ts';

interface ResidentModel {
  readonly info: LoadedModelInfo;
  dispose(): Promise<void>;
}

type LoadResident<Model> = (input: LoadInput, signal: AbortSignal) => Promise<Model>;

/** The place for one model: loading another into it disposes the one before. Work on it runs one by one. */
class Slot<Model extends ResidentModel> {
  readonly #queue = new SerialQueue();
  readonly #load: LoadResident<Model>;
  #model: Model | null = null;
  #input: LoadInput | null = null;

  constructor(load: LoadResident<Model>) {
    this.#load = load;
  }

  /** Loads the model if it is not the resident one, then works with it. */
  use<Result>(
    input: LoadInput,
    signal: AbortSignal,
    work: (model: Model) => Promise<Result>,
  ): Promise<Result> {
    return this.#queue.run(async () => work(await this.#ensure(input, signal)), signal);
  }

  /** Unloads the model of this path, or whatever is there. */
  unload(modelPath?: string): Promise<void> {
    return this.#queue.run(async () => {
      if (modelPath === undefined || this.#model?.info.modelPath === modelPath) await this.#clear();
    });
  }

  get modelPath(): string | null {
    return this.#model?.info.modelPath ?? null;
  }

  async #ensure(input: LoadInput, signal: AbortSignal): Promise<Model> {
    if (this.#model && this.#isServedBy(input)) return this.#model;
    await this.#clear();
    this.#model = await this.#load(input, signal);
    this.#input = input;
    return this.#model;
  }

  /** A request that names no limits takes the model as it was loaded. */
  #isServedBy({ modelPath, contextSize, gpuLayers }: LoadInput): boolean {
    const loaded = this.#input;
    return (
      loaded?.modelPath === modelPath &&
      (contextSize === undefined || contextSize === loaded.contextSize) &&
      (gpuLayers === undefined || gpuLayers === loaded.gpuLayers)
    );
  }

  async #clear(): Promise<void> {
    const model = this.#model;
    this.#model = null;
    this.#input = null;
    await model?.dispose();
  }
}

/** At most one chat model and one embedding model in memory. */
export class ResidentModels {
  readonly chat = new Slot<ChatModel>((input, signal) => ChatModel.load(input, signal));
  readonly embedding = new Slot<EmbeddingModel>((input, signal) => EmbeddingModel.load(input, signal));

  load(input: LoadInput, signal: AbortSignal): Promise<LoadedModelInfo> {
    switch (input.role) {
      case 'chat':
        return this.chat.use(input, signal, async (model) => model.info);
      case 'embedding':
        return this.embedding.use(input, signal, async (model) => model.info);
      case 'reranker':
        throw new AppError(
          'model_role_mismatch',
          `${basename(input.modelPath)} ranks passages; Alcove cannot use such a model yet. Choose a chat or embedding model.`,
          { data: { path: input.modelPath } },
        );
    }
  }

  async unload(modelPath?: string): Promise<void> {
    await Promise.all([this.chat.unload(modelPath), this.embedding.unload(modelPath)]);
  }
}
