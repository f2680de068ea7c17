import type { Phase } from './conversation-state.ts';

const searching = 'Searching your files';

/** What an answer under way is doing, in words. */
export function phaseWords(
  phase: Phase | undefined,
  known: { modelName: string | null; passages: number },
): string {
  switch (phase) {
    case 'loading-model':
      return known.modelName ? `Loading ${known.modelName}` : 'Loading the model';
    case 'reading':
      if (known.passages === 0) return 'Reading your message';
      return `Reading ${known.passages} ${known.passages === 1 ? 'passage' : 'passages'}`;
    case 'writing':
      return 'Writing';
    case 'retrieving':
      return searching;
    case undefined:
      // The window came to the answer after its phase was told; the passages tell which one it is.
      return known.passages === 0 ? searching : phaseWords('reading', known);
  }
}
