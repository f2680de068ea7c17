import type { Check } from './health/check-health.ts';
import { checkIndex } from './knowledge/check-index.ts';
import { checkEmbedder } from './knowledge/embedder/check-embedder.ts';

/** The checks of what the user's folders are searched with, among those of the installation. */
export function knowledgeChecks(dataDir: string): Check[] {
  return [
    { id: 'index', label: 'Index', run: () => checkIndex(dataDir) },
    { id: 'embedder', label: 'Built-in embedder', run: () => checkEmbedder() },
  ];
}
