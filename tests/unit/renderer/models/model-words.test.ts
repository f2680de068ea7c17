import type { EngineState, Model } from '@contract/models';
import { describe, expect, it } from 'vitest';
import {
  engineWords,
  loadedWords,
  modelFacts,
} from '../../../../src/renderer/features/models/model-words.ts';

const model: Model = {
  id: 'm',
  name: 'Qwen',
  path: '/models/qwen.gguf',
  role: 'chat',
  origin: 'folder',
  sizeBytes: 986_048_768,
  architecture: 'qwen2',
  parameterCount: 1.54e9,
  quantisation: 'Q4_K_M',
  contextLength: 32_768,
  embeddingLength: 1_536,
  layerCount: 28,
  expertCount: null,
  hasChatTemplate: true,
  isDefault: true,
  problem: null,
};
const engine: EngineState = {
  phase: 'ready',
  backend: 'vulkan',
  deviceNames: ['Radeon 780M'],
  reason: null,
  loaded: [],
};

describe('modelFacts', () => {
  it('says what the metadata says', () => {
    expect(modelFacts(model)).toEqual(['1.5B parameters', 'Q4_K_M', '32K context', '986 MB', 'qwen2']);
  });

  it('leaves out what is not known, and warns of a missing chat template', () => {
    const bare = {
      ...model,
      parameterCount: null,
      quantisation: null,
      contextLength: null,
      hasChatTemplate: false,
    };
    expect(modelFacts(bare)).toEqual(['986 MB', 'qwen2', 'no chat template']);
  });

  it('names experts of a mixture and dimensions of an embedding model', () => {
    expect(modelFacts({ ...model, expertCount: 8 })).toContain('8 experts');
    expect(modelFacts({ ...model, role: 'embedding' })).toContain('1536 dimensions');
  });
});

describe('loadedWords', () => {
  const loaded = { modelId: 'm', role: 'chat' as const, contextSize: 8_192, gpuLayers: 20, layerCount: 28 };

  it('says how much of the model is on the GPU', () => {
    expect(loadedWords(loaded)).toBe('Loaded, 8K context, 20 of 28 layers on the GPU');
    expect(loadedWords({ ...loaded, gpuLayers: 0 })).toBe('Loaded, 8K context, on the CPU');
  });
});

describe('engineWords', () => {
  it('names the backend and device in use, and only once it is known', () => {
    expect(engineWords(engine)).toBe('Models run on Vulkan (Radeon 780M).');
    expect(engineWords({ ...engine, phase: 'stopped', backend: null, deviceNames: [] })).toBe(
      'The engine starts with the first question.',
    );
  });
});
