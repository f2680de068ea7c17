import type { EngineState, LoadedModel, Model } from '@contract/models';
import { formatLarge, formatSize } from '../../components/quantity.ts';

const backendNames: Record<NonNullable<EngineState['backend']>, string> = {
  cpu: 'the CPU',
  cuda: 'CUDA',
  metal: 'Metal',
  vulkan: 'Vulkan',
};

/** What a model is, from its own metadata: `1.5B parameters`, `Q4_K_M`, `32K context`, `986 MB`. */
export function modelFacts(model: Model): string[] {
  const facts: string[] = [];
  if (model.parameterCount !== null) facts.push(`${formatLarge(model.parameterCount)} parameters`);
  if (model.expertCount !== null && model.expertCount > 1) facts.push(`${model.expertCount} experts`);
  if (model.quantisation !== null) facts.push(model.quantisation);
  if (model.contextLength !== null) facts.push(`${formatTokens(model.contextLength)} context`);
  if (model.role === 'embedding' && model.embeddingLength !== null)
    facts.push(`${model.embeddingLength} dimensions`);
  facts.push(formatSize(model.sizeBytes), model.architecture);
  if (model.role === 'chat' && !model.hasChatTemplate) facts.push('no chat template');
  return facts;
}

/** A context length as it is usually said: in units of 1,024. */
export function formatTokens(tokens: number): string {
  return tokens >= 1_024 && tokens % 1_024 === 0 ? `${tokens / 1_024}K` : formatLarge(tokens);
}

/** How a loaded model runs: `Loaded, 4K context, 28 of 28 layers on the GPU`. */
export function loadedWords(loaded: LoadedModel): string {
  const where =
    loaded.gpuLayers === 0
      ? 'on the CPU'
      : `${loaded.gpuLayers}${loaded.layerCount === null ? '' : ` of ${loaded.layerCount}`} layers on the GPU`;
  return `Loaded, ${formatTokens(loaded.contextSize)} context, ${where}`;
}

/** What models run on, and why. */
export function engineWords(engine: EngineState): string {
  const devices = engine.deviceNames.length > 0 ? ` (${engine.deviceNames.join(', ')})` : '';
  const on = engine.backend === null ? '' : ` on ${backendNames[engine.backend]}${devices}`;
  switch (engine.phase) {
    case 'stopped':
      return 'The engine starts with the first question.';
    case 'starting':
      return 'The engine is starting.';
    case 'loading':
      return `A model is being loaded${on}.`;
    case 'ready':
      return `Models run${on || ' on this computer'}.`;
    case 'failed':
      return 'The engine could not start.';
  }
}
