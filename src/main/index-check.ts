import type { Check } from './health/check-health.ts';
import { checkIndex } from './knowledge/check-index.ts';

/** The check of the index, among those of the installation. */
export function indexCheck(dataDir: string): Check {
  return { id: 'index', label: 'Index', run: () => checkIndex(dataDir) };
}
