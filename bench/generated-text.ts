import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from './statistics.ts';

/** Words of this repository's documents and code, the most frequent first. */
export function readVocabulary(root: string): string[] {
  const counts = new Map<string, number>();
  for (const path of vocabularySources) {
    for (const word of readFileSync(join(root, path), 'utf8').match(/[A-Za-z][A-Za-z_]{2,}/g) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].sort((left, right) => right[1] - left[1]).map(([word]) => word);
}

const vocabularySources = [
  'node_modules/typescript/lib/lib.dom.d.ts',
  'node_modules/typescript/lib/lib.es5.d.ts',
  'node_modules/@types/node/fs.d.ts',
  'node_modules/@types/node/http.d.ts',
  'node_modules/vite/README.md',
  'CONTRIBUTING.md',
];

/** Writes text in which the nth word of the vocabulary is about 1/n as frequent as the first (Zipf's law). */
export class TextWriter {
  readonly #vocabulary: readonly string[];
  readonly #random: () => number;

  constructor(vocabulary: readonly string[], seed: number) {
    this.#vocabulary = vocabulary;
    this.#random = seededRandom(seed);
  }

  /** A word; with `leastRank`, one that is not among the most frequent. */
  word(leastRank = 1): string {
    const ranks = this.#vocabulary.length;
    const rank = Math.floor(leastRank * (ranks / leastRank) ** this.#random());
    return this.#vocabulary[Math.min(ranks, rank) - 1] ?? '';
  }

  text(wordCount: number): string {
    return Array.from({ length: wordCount }, () => this.word()).join(' ');
  }

  /** Like what people type: a few words of which some are frequent, among words that say nothing. */
  question(): string {
    const words = Array.from({ length: 3 + Math.floor(this.#random() * 5) }, () => this.word(8));
    return `how do I ${words.slice(0, 2).join(' ')} the ${words.slice(2).join(' ')}?`;
  }
}
