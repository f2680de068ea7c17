import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { outFolder } from '../../platform/entries.ts';
import { StaticEmbedder } from './static-embedder.ts';
import { readWeights } from './weights.ts';

/** Where the weights lie: beside the packaged app's resources, or in this repository. */
export function builtInEmbedderPath(): string {
  const { resourcesPath } = process as { resourcesPath?: string };
  const packaged = resourcesPath ? join(resourcesPath, 'embedder', 'embedder.bin') : undefined;
  if (packaged && existsSync(packaged)) return packaged;
  return join(outFolder(), '..', 'resources', 'embedder', 'embedder.bin');
}

/**
 * Loads the embedder that ships with Alcove: one read, no native code, some tens of milliseconds at most.
 *
 * @throws AppError `model_file_missing` or `model_file_invalid`.
 */
export function loadBuiltInEmbedder(path: string = builtInEmbedderPath()): StaticEmbedder {
  return new StaticEmbedder(readWeights(path));
}
