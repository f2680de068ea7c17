import type { Phase } from './conversation-state.ts';

/** What an answer under way is doing, in words. */
export function phaseWords(
  phase: Phase | undefined,
  known: { modelName: string | null; passages: number },
): string {
  switch (phase) {
    case 'retrieving':
      return 'Searching your files';
    case 'loading-model':
      return known.modelName ? `Loading ${known.modelName}` : 'Loading the model';
    case 'reading':
      if (known.passages === 0) return 'Reading your message';
      return `Reading ${known.passages} ${known.passages === 1 ? 'passage' : 'passages'}`;
    case 'writing':
      return 'Writing';
    case undefined:
      return 'Starting';
  }
}
