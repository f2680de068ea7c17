import type { ScoredItem } from './fusion-rule.ts';

const saturation = 1.2;
const lengthShare = 0.75;

interface Posting {
  id: number;
  count: number;
}

/** BM25 over a few thousand texts in memory: the lexical leg's ranking, for texts that are in no index. */
export class LexicalSample {
  private readonly postings = new Map<string, Posting[]>();
  private readonly lengths: number[];
  private readonly meanLength: number;

  /** @param texts the terms of each text, repeated as often as they occur; a text's number is its place here */
  constructor(texts: readonly (readonly string[])[]) {
    this.lengths = texts.map((terms) => terms.length);
    this.meanLength = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length) || 1;
    for (const [id, terms] of texts.entries()) this.add(id, terms);
  }

  private add(id: number, terms: readonly string[]): void {
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const list = this.postings.get(term);
      if (list) list.push({ id, count });
      else this.postings.set(term, [{ id, count }]);
    }
  }

  /** The best `depth` texts that hold any of the terms, best first. */
  search(terms: readonly string[], depth: number): ScoredItem[] {
    const scores = new Map<number, number>();
    for (const term of new Set(terms)) {
      const list = this.postings.get(term) ?? [];
      const idf = Math.log(1 + (this.lengths.length - list.length + 0.5) / (list.length + 0.5));
      for (const { id, count } of list) {
        const relative = (this.lengths[id] ?? 0) / this.meanLength;
        const damping = saturation * (1 - lengthShare + lengthShare * relative);
        scores.set(id, (scores.get(id) ?? 0) + (idf * count * (saturation + 1)) / (count + damping));
      }
    }
    return [...scores]
      .map(([id, score]) => ({ id, score }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, depth);
  }
}
