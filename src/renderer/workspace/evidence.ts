import type { Passage } from '@contract/knowledge';
import { createStore } from '../client/store.ts';

/** A passage that can be shown in its file; `n` is its number in an answer. */
export type EvidenceItem = Passage & { n?: number };

/** The passages one can page through, and the one on show. */
export interface Evidence {
  items: readonly EvidenceItem[];
  index: number;
}

export const evidence = createStore<Evidence | null>(null);

export function openEvidence(items: readonly EvidenceItem[], index: number): void {
  if (items[index]) evidence.set({ items, index });
}

export function closeEvidence(): void {
  evidence.set(null);
}

/** Shows the next (1) or previous (-1) passage, if there is one. */
export function stepEvidence(step: 1 | -1): void {
  evidence.update((current) => {
    const index = (current?.index ?? 0) + step;
    return current?.items[index] ? { ...current, index } : current;
  });
}
