import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Threads for computing on the CPU. llama.cpp waits by spinning: one thread too many on a busy machine makes it
 * slower by orders of magnitude, one too few costs a fraction. So a core stays free, and hardware threads that share
 * a core count once. `ALCOVE_THREADS` overrides it.
 */
export function computeThreads(
  chosen: string | undefined = process.env['ALCOVE_THREADS'],
  cores = { logical: availableParallelism(), physical: physicalCores() },
): number {
  const override = Number(chosen);
  if (Number.isInteger(override) && override > 0) return override;
  return Math.max(1, Math.min(cores.physical ?? cores.logical, cores.logical - 1));
}

/** Linux tells which hardware threads share a core; elsewhere node-llama-cpp's own count is used. */
function physicalCores(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    return countCores(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    // Without /proc the logical count has to do.
    return null;
  }
}

export function countCores(cpuInfo: string): number | null {
  const cores = new Set<string>();
  for (const processor of cpuInfo.split('\n\n')) {
    const socket = /^physical id\s*: (\d+)/m.exec(processor)?.[1];
    const core = /^core id\s*: (\d+)/m.exec(processor)?.[1];
    if (socket !== undefined && core !== undefined) cores.add(`${socket}/${core}`);
  }
  return cores.size > 0 ? cores.size : null;
}
