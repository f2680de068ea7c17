import { stemmer } from 'stemmer';
import { stopWords } from './stop-words.ts';

const maxCachedStems = 32_768;
const stems = new Map<string, string>();

/** Stem of a lower-case ASCII word, "" for a stop word. Words with digits stay as they are. */
export function normaliseWord(word: string): string {
  if (stopWords.has(word)) return '';
  const cached = stems.get(word);
  if (cached !== undefined) return cached;
  const stem = /^[a-z]{3,}$/.test(word) ? stemmer(word) : word;
  if (stems.size >= maxCachedStems) stems.clear();
  stems.set(word, stem);
  return stem;
}
