import { basename } from 'node:path';
import { InsufficientMemoryError, type LlamaModel } from 'node-llama-cpp';
import { AppError, isCancelled } from '../../platform/app-error.ts';
import type { LoadedModelInfo, LoadInput } from '../engine-api.ts';
import { describeModel } from '../gguf/describe-model.ts';
import { llamaRuntime } from './llama-runtime.ts';

/** A context longer than this costs memory and prompt time that few answers repay. */
const defaultChatContextSize = 8_192;
const defaultEmbeddingContextSize = 2_048;

/**
 * Loads a model's weights.
 *
 * @throws AppError `model_file_missing`, `model_file_invalid`, `model_role_mismatch`, `model_load_failed`,
 * `engine_unavailable`.
 */
export async function loadModel(input: LoadInput, signal: AbortSignal): Promise<LlamaModel> {
  await checkRole(input, signal);
  const { llama } = await llamaRuntime();
  return translateLoadErrors(input, signal, () =>
    llama.loadModel({
      modelPath: input.modelPath,
      loadSignal: signal,
      // `fitContext` keeps room on the GPU for the context this app will ask for.
      gpuLayers: input.gpuLayers ?? { fitContext: { contextSize: contextLimit(input) } },
    }),
  );
}

/** Any text model can embed, but an encoder that is made to write ends the process. */
async function checkRole({ modelPath, role }: LoadInput, signal: AbortSignal): Promise<void> {
  const description = await describeModel(modelPath, signal);
  const isText = description.companion === null;
  if (isText && (role !== 'chat' || description.role === 'chat')) return;
  throw new AppError(
    'model_role_mismatch',
    isText
      ? `${description.name} cannot answer: it is a model for ${description.role}. Choose a chat model.`
      : `${basename(modelPath)} is only a part of a model. Choose the main model file.`,
    { data: { path: modelPath } },
  );
}

/** The most tokens a context of this model may have: what was asked for or the default, within its training. */
export function contextLimit(input: LoadInput, model?: LlamaModel): number {
  const wanted =
    input.contextSize ?? (input.role === 'embedding' ? defaultEmbeddingContextSize : defaultChatContextSize);
  return model ? Math.min(wanted, model.trainContextSize) : wanted;
}

export function describeLoaded(input: LoadInput, model: LlamaModel, contextSize: number): LoadedModelInfo {
  return {
    modelPath: input.modelPath,
    role: input.role,
    contextSize,
    gpuLayers: model.gpuLayers,
    layerCount: model.fileInsights.totalLayers,
    dimensions: model.embeddingVectorSize,
  };
}

export async function translateLoadErrors<Result>(
  input: LoadInput,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof AppError || isCancelled(cause)) throw cause;
    const name = basename(input.modelPath);
    throw new AppError('model_load_failed', loadAdvice(name, cause), {
      data: { path: input.modelPath, detail: cause instanceof Error ? cause.message : String(cause) },
      cause,
    });
  }
}

function loadAdvice(name: string, cause: unknown): string {
  return cause instanceof InsufficientMemoryError
    ? `${name} needs more memory than is free. Close other apps, or choose a smaller model or quantisation.`
    : `${name} could not be loaded. Its architecture may be newer than this version of Alcove, or the file is damaged; try another model.`;
}
