import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '../knowledge/vectors/embedder.ts';

export interface QueryEmbedder {
  embedder: Embedder;
  close(): Promise<void>;
}

/**
 * The embedder to search by meaning with; null where nothing was embedded or no embedding model is chosen. Nothing of
 * the engine is loaded in that case, so that search by words starts at once.
 */
export async function openQueryEmbedder(dataDir: string): Promise<QueryEmbedder | null> {
  if (!existsSync(join(dataDir, 'vectors')) || !existsSync(join(dataDir, 'alcove.db'))) return null;
  const { openModelsOf } = await import('./open-models.ts');
  const opened = openModelsOf(dataDir);
  const embedder = await opened.models.services.embedder();
  if (embedder) return { embedder, close: () => opened.close() };
  await opened.close();
  return null;
}
