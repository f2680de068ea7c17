import type { EmbeddingProgress, IndexProgress, Source } from '@contract/knowledge';
import { countOf, formatCount } from '../components/quantity.ts';
import { shortenName } from '../components/shorten-path.ts';
import { timeLeft } from '../components/time.ts';

const longestName = 48;

/** How far the indexing of a folder is, as one sentence without its end: what, how far, how long. */
export function indexWords(sourceName: string, progress: IndexProgress): string {
  const name = nameWords(sourceName);
  const { filesDone, filesTotal, secondsLeft } = progress;
  const left = secondsLeft === null ? '' : `, ${timeLeft(secondsLeft)}`;
  switch (progress.phase) {
    case 'waiting':
      return `${name} is next in line`;
    case 'scanning':
      return `Looking through ${name}: ${countOf(filesTotal ?? filesDone, 'file')} so far`;
    case 'indexing':
      if (filesTotal === null) return `Indexing ${name}: ${countOf(filesDone, 'file')} so far`;
      return `Indexing ${name}: ${formatCount(filesDone)} of ${countOf(filesTotal, 'file')}${left}`;
    case 'paused':
      return filesTotal === null
        ? `${name} is paused`
        : `${name} is paused at ${formatCount(filesDone)} of ${countOf(filesTotal, 'file')}`;
    case 'failed':
      return `Indexing ${name} stopped: ${progress.failure ?? 'the reason is not known'}`;
    case 'idle':
      return `${name} is up to date`;
  }
}

/** A folder's name as it stands in a sentence. */
export function nameWords(name: string): string {
  return name.length <= longestName ? name : shortenName(name, longestName);
}

/** What a folder holds: `1,204 files, 3 failed, 12 skipped`. */
export function countWords({ counts }: Source): string {
  const parts = [countOf(counts.indexed, 'file')];
  if (counts.failed > 0) parts.push(`${formatCount(counts.failed)} failed`);
  if (counts.skipped > 0) parts.push(`${formatCount(counts.skipped)} skipped`);
  return parts.join(', ');
}

/** Where search by meaning stands, as one sentence. */
export function embeddingWords(embedding: EmbeddingProgress): string {
  const by = embedding.modelName === null ? '' : ` with ${embedding.modelName}`;
  const left = embedding.secondsLeft === null ? '' : `, ${timeLeft(embedding.secondsLeft)}`;
  const far = `${formatCount(embedding.done)} of ${countOf(embedding.total, 'passage')}`;
  switch (embedding.phase) {
    case 'off':
      return 'Search matches words, and the built-in embedder puts first what is nearest in meaning. An embedding model also finds what shares no word.';
    case 'working':
      return `Learning the meaning of your files${by}: ${far}${left}. Search by words works meanwhile.`;
    case 'paused':
      return `Search by meaning${by} is paused at ${far}.`;
    case 'done':
      return `Search matches words and meaning${by}.`;
    case 'failed':
      return `Search by meaning is not available: ${embedding.failure ?? 'the reason is not known'}. Search by words works.`;
  }
}

/** True while there is progress to show. */
export function isUnderWay({ phase }: IndexProgress): boolean {
  return phase === 'waiting' || phase === 'scanning' || phase === 'indexing';
}
