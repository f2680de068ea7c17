import type { EmbeddingProgress } from '@contract/knowledge';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Embedder } from '../knowledge/vectors/embedder.ts';
import type { CommandInput } from './command.ts';
import { findEmbeddingModel } from './find-embedding-model.ts';

const unusable =
  'Nothing was embedded: the chosen embedding model cannot be used. What is wrong with it: alcove models list';

/**
 * Embeds the passages that lack a vector of the default embedding model. The text is indexed whatever becomes of it, so
 * that a failure is a note. Without an embedding model nothing of vectors or the engine is loaded.
 */
export async function embedIndex(knowledge: Knowledge, input: CommandInput): Promise<void> {
  try {
    const found = await findEmbeddingModel(input.dataDir);
    if (found === 'none' || (await embedWithDefault(knowledge, input))) return;
    if (found === 'chosen') input.output.note(`alcove: ${unusable}`);
  } catch (error) {
    if (input.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    input.output.note(`alcove: Nothing was embedded: ${reason}`);
  }
}

/** False when there is no embedding model that can be used. */
async function embedWithDefault(knowledge: Knowledge, input: CommandInput): Promise<boolean> {
  const { openModelsOf } = await import('./open-models.ts');
  const opened = openModelsOf(input.dataDir);
  try {
    const embedder = await opened.models.services.embedder(input.signal);
    if (embedder !== null) await embedWith(embedder, knowledge, input);
    return embedder !== null;
  } finally {
    await opened.close();
  }
}

async function embedWith(
  embedder: Embedder,
  knowledge: Knowledge,
  { signal, output }: CommandInput,
): Promise<void> {
  await knowledge.setEmbedder(embedder);
  const onProgress = (progress: EmbeddingProgress): void => {
    if (progress.phase === 'working') output.progress(embeddingLine(progress));
  };
  const { failure } = await knowledge.embedAll({ signal, onProgress });
  if (failure !== null) output.note(`alcove: ${failure}`);
}

const count = new Intl.NumberFormat('en');

/** One line of progress: `Embedding: 1,204 of 3,980 passages, about 2 min left`. */
export function embeddingLine({
  done,
  total,
  secondsLeft,
}: Pick<EmbeddingProgress, 'done' | 'total' | 'secondsLeft'>): string {
  const left = secondsLeft === null ? '' : `, about ${timeWords(secondsLeft)} left`;
  return `Embedding: ${count.format(done)} of ${count.format(total)} passages${left}`;
}

function timeWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
