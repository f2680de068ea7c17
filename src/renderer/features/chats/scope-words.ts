import type { KnowledgeState, Source } from '@contract/knowledge';
import { countOf } from '../../components/quantity.ts';
import { timeLeft } from '../../components/time.ts';
import { nameWords } from '../../workspace/index-words.ts';

/** What a question will search, as the button that changes it says it. */
export function scopeLabel(sources: readonly Source[], sourceIds: readonly string[] | null): string {
  if (sources.length === 0) return 'No folders yet';
  if (sourceIds === null) return sources.length === 1 ? (sources[0]?.name ?? '') : 'All folders';
  const chosen = sources.filter((source) => sourceIds.includes(source.id));
  if (chosen.length === 0) return 'No folders';
  return chosen.length === 1 ? (chosen[0]?.name ?? '') : countOf(chosen.length, 'folder');
}

/** One sentence on what answers can already draw on; null when there is nothing to say. */
export function sightWords(state: KnowledgeState): string | null {
  const files = state.sources.reduce((sum, source) => sum + source.counts.indexed, 0);
  const running = state.progress.find((entry) => entry.phase === 'scanning' || entry.phase === 'indexing');
  if (!running) return files > 0 ? `${countOf(files, 'file')} ready` : null;
  const name = nameWords(
    state.sources.find((source) => source.id === running.sourceId)?.name ?? 'your folder',
  );
  const left = running.secondsLeft === null ? '' : `, ${timeLeft(running.secondsLeft)}`;
  const seen = files > 0 ? `${countOf(files, 'file')} ready to ask about` : 'Nothing to ask about yet';
  return `${seen}, still indexing ${name}${left}`;
}
