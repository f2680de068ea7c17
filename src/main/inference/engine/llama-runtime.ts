import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';
import { AppError } from '../../platform/app-error.ts';
import type { EngineDescription } from '../engine-api.ts';
import { computeThreads } from './threads.ts';

/** llama.cpp in this process, with the best backend that works. */
export interface LlamaRuntime {
  llama: Llama;
  description: EngineDescription;
}

let runtime: Promise<LlamaRuntime> | null = null;

/** Starts llama.cpp on first use. `ALCOVE_GPU=off` keeps it on the CPU. */
export function llamaRuntime(): Promise<LlamaRuntime> {
  runtime ??= startRuntime().catch((error: unknown) => {
    runtime = null;
    throw error;
  });
  return runtime;
}

async function startRuntime(): Promise<LlamaRuntime> {
  const isGpuOff = process.env['ALCOVE_GPU'] === 'off';
  const llama = await startLlama(isGpuOff);
  const threads = Math.min(computeThreads(), Math.max(1, llama.cpuMathCores));
  llama.maxThreads = process.env['ALCOVE_THREADS'] === undefined ? threads : computeThreads();
  const backend = llama.gpu === false ? 'cpu' : llama.gpu;
  return {
    llama,
    description: {
      backend,
      deviceNames: backend === 'cpu' ? [] : await llama.getGpuDeviceNames(),
      reason: backend === 'cpu' ? cpuReason(isGpuOff) : null,
      threads: llama.maxThreads,
    },
  };
}

async function startLlama(isGpuOff: boolean): Promise<Llama> {
  try {
    return await getLlama({
      build: 'never',
      gpu: isGpuOff ? false : 'auto',
      logLevel: LlamaLogLevel.error,
      progressLogs: false,
    });
  } catch (cause) {
    throw new AppError(
      'engine_unavailable',
      'The model engine does not run on this computer. Search and quoted answers still work; reinstalling Alcove may help.',
      { data: { detail: cause instanceof Error ? cause.message : String(cause) }, cause },
    );
  }
}

function cpuReason(isGpuOff: boolean): string {
  if (isGpuOff) return 'The GPU is switched off by ALCOVE_GPU=off.';
  if (process.platform === 'darwin') return 'Metal is available on Apple silicon only.';
  return 'No graphics card with a working CUDA or Vulkan driver was found.';
}
