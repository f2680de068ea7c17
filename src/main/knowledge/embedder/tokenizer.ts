import { emptyHash, extendHash, PieceTable } from './piece-table.ts';

const wordStart = '\u2581';
const unknownCost = 30;
/** Words repeat (Zipf): remembering their rows makes segmentation a small part of encoding. Emptied when full. */
const rememberedWords = 65_536;

/** A subword vocabulary: its pieces with their log probabilities, and how many hashed rows follow them. */
export interface Vocabulary {
  /** One piece a line. */
  pieces: string;
  scores: Float32Array;
  buckets: number;
}

/**
 * Words to row numbers: the best-scoring segmentation into pieces (unigram language model, Kudo 2018), and for each
 * character no piece covers, alone and with its neighbour, a hashed row: scripts the vocabulary lacks still match
 * themselves. `training/vocabulary.py` is the same function; change both together.
 */
export class Tokenizer {
  private readonly pieces: PieceTable;
  private readonly scores: Float32Array;
  private readonly buckets: number;
  private readonly remembered = new Map<string, readonly number[]>();

  constructor({ pieces, scores, buckets }: Vocabulary) {
    this.pieces = new PieceTable(pieces, scores.length);
    this.scores = scores;
    this.buckets = buckets;
  }

  /** Rows of one lower-cased word. */
  rowsOf(word: string): readonly number[] {
    const known = this.remembered.get(word);
    if (known) return known;
    const rows = this.segment(wordStart + word);
    if (this.remembered.size >= rememberedWords) this.remembered.clear();
    this.remembered.set(word, rows);
    return rows;
  }

  /** Viterbi: for each place the best way to get there, as the place before it and the row in between. */
  private segment(text: string): number[] {
    const bounds = codePointBounds(text);
    const count = bounds.length - 1;
    const best = new Float64Array(count + 1).fill(-Infinity);
    const from = new Int32Array(count + 1);
    const through = new Int32Array(count + 1).fill(-1);
    best[0] = 0;
    for (let begin = 0; begin < count; begin++) {
      const start = bounds[begin] ?? 0;
      const reach = start + this.pieces.longestFrom(text, start);
      let hash = emptyHash;
      let at = start;
      for (let end = begin + 1; end <= count; end++) {
        const stop = bounds[end] ?? 0;
        if (stop > reach && end > begin + 1) break;
        while (at < stop) hash = extendHash(hash, text.charCodeAt(at++));
        const row = this.pieces.find(hash, text, start, stop);
        const score = row >= 0 ? (this.scores[row] ?? 0) : end - begin === 1 ? -unknownCost : -Infinity;
        const total = (best[begin] ?? 0) + score;
        if (total > (best[end] ?? 0)) {
          best[end] = total;
          from[end] = begin;
          through[end] = row;
        }
      }
    }
    return this.collect(text, bounds, from, through);
  }

  /** Walks the best path backwards; order does not matter to a bag of rows. */
  private collect(text: string, bounds: readonly number[], from: Int32Array, through: Int32Array): number[] {
    const rows: number[] = [];
    let following = 0;
    for (let end = bounds.length - 1; end > 0; end = from[end] ?? 0) {
      const row = through[end] ?? -1;
      if (row >= 0) {
        rows.push(row);
        following = 0;
        continue;
      }
      const code = text.codePointAt(bounds[from[end] ?? 0] ?? 0) ?? 0;
      if (code === 0x2581) continue;
      rows.push(this.scores.length + this.bucket(code, 0));
      if (following) rows.push(this.scores.length + this.bucket(code, following));
      following = code;
    }
    return rows;
  }

  /** FNV-1a over one code point, or two when `second` is not 0. */
  private bucket(first: number, second: number): number {
    let hashed = Math.imul(0x811c9dc5 ^ first, 0x01000193);
    if (second) hashed = Math.imul(hashed ^ second, 0x01000193);
    return ((hashed ^ (hashed >>> 15)) >>> 0) % this.buckets;
  }
}

/** Offsets at which code points start, and the end. */
function codePointBounds(text: string): number[] {
  const bounds: number[] = [];
  for (let at = 0; at < text.length; at++) {
    bounds.push(at);
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++;
  }
  bounds.push(text.length);
  return bounds;
}
