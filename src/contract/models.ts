import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

export const modelId = z.string().min(1);
export const modelRole = z.enum(['chat', 'embedding', 'reranker']);
export type ModelRole = z.infer<typeof modelRole>;

/** A GGUF file in the library, described by its own metadata. */
export const model = z.object({
  id: modelId,
  name: z.string(),
  path: z.string(),
  role: modelRole,
  /** Where it came from: a models folder, or a file the user added in place. */
  origin: z.enum(['folder', 'added']),
  sizeBytes: z.number().int(),
  architecture: z.string(),
  parameterCount: z.number().nullable(),
  quantisation: z.string().nullable(),
  contextLength: z.number().int().nullable(),
  embeddingLength: z.number().int().nullable(),
  layerCount: z.number().int().nullable(),
  expertCount: z.number().int().nullable(),
  hasChatTemplate: z.boolean(),
  isDefault: z.boolean(),
  /** Why the file cannot be used now (missing, truncated); null when it can. */
  problem: z.string().nullable(),
});
export type Model = z.infer<typeof model>;

export const loadedModel = z.object({
  modelId,
  role: modelRole,
  contextSize: z.number().int(),
  gpuLayers: z.number().int(),
  layerCount: z.number().int().nullable(),
});
export type LoadedModel = z.infer<typeof loadedModel>;

export const engineState = z.object({
  phase: z.enum(['stopped', 'starting', 'loading', 'ready', 'failed']),
  /** The backend in use, known once the engine has started. */
  backend: z.enum(['cpu', 'cuda', 'metal', 'vulkan']).nullable(),
  deviceNames: z.array(z.string()),
  /** Why the CPU is used, or what failed. */
  reason: z.string().nullable(),
  loaded: z.array(loadedModel),
});
export type EngineState = z.infer<typeof engineState>;

export const modelsState = z.object({
  models: z.array(model),
  engine: engineState,
  folders: z.array(z.string()),
});
export type ModelsState = z.infer<typeof modelsState>;

const byModel = z.object({ modelId });

export const models = {
  state: procedure.output(modelsState),
  /** The current state at once, then each change. */
  watch: procedure.output(eventIterator(modelsState)),
  /** Adds a GGUF file in place; `role` overrides the one its metadata suggests. */
  add: procedure.input(z.object({ path: z.string().min(1), role: modelRole.optional() })).output(model),
  /** Takes a model out of the library; the file stays. Files in the models folder can only be hidden by moving them. */
  remove: procedure.input(byModel),
  /** Makes a model the default of its role; null chooses none. */
  setDefault: procedure.input(z.object({ role: modelRole, modelId: modelId.nullable() })),
  load: procedure.input(byModel),
  unload: procedure.input(byModel),
  /** Looks through the models folders again. */
  rescan: procedure,
};
