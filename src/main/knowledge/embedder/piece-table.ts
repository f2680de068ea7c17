const slots = 65_536;
const lineEnd = 10;

/** FNV-1a hash of no units; `extendHash` adds one. */
export const emptyHash = 0x811c9dc5 | 0;

export function extendHash(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/**
 * The pieces of a vocabulary by their text. They stay one string and the table is three arrays of numbers: a map of as
 * many small strings takes longer to fill than a search from the command line may, and each look-up would need a string.
 * Lengths and offsets are in UTF-16 units.
 */
export class PieceTable {
  readonly #text: string;
  /** Where the piece of each row starts in the text, and where one more would. */
  readonly #starts: Int32Array;
  /** Row + 1 by hash with linear probing; 0 is free. */
  readonly #rows = new Int32Array(slots);
  /** Longest piece by its first two units, hashed; starts that share a slot only make it longer. */
  readonly #longest = new Uint8Array(slots);

  /** @param text one piece a line; its row is the number of the line */
  constructor(text: string, size: number) {
    this.#text = text;
    this.#starts = new Int32Array(size + 1);
    let start = 0;
    let hash = emptyHash;
    let row = 0;
    for (let at = 0; at <= text.length && row < size; at++) {
      const unit = at < text.length ? text.charCodeAt(at) : lineEnd;
      if (unit !== lineEnd) {
        hash = extendHash(hash, unit);
        continue;
      }
      this.#insert(hash, row++, start, at);
      start = at + 1;
      hash = emptyHash;
    }
  }

  /** Row of a stretch of `word` whose hash is known; -1 when it is no piece. */
  find(hash: number, word: string, begin: number, end: number): number {
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const row = (this.#rows[slot] ?? 0) - 1;
      if (row < 0 || this.#isPiece(row, word, begin, end)) return row;
    }
  }

  /** No longer stretch from this offset of `word` is a piece, unless it is a single character. */
  longestFrom(word: string, at: number): number {
    return this.#longest[startSlot(word, at, word.length)] ?? 0;
  }

  #isPiece(row: number, word: string, begin: number, end: number): boolean {
    const start = this.#starts[row] ?? 0;
    if ((this.#starts[row + 1] ?? 0) - start - 1 !== end - begin) return false;
    for (let at = begin; at < end; at++) {
      if (this.#text.charCodeAt(start + at - begin) !== word.charCodeAt(at)) return false;
    }
    return true;
  }

  #insert(hash: number, row: number, start: number, end: number): void {
    let slot = hash & (slots - 1);
    while (this.#rows[slot] !== 0) slot = (slot + 1) & (slots - 1);
    this.#rows[slot] = row + 1;
    this.#starts[row] = start;
    this.#starts[row + 1] = end + 1;
    const from = startSlot(this.#text, start, end);
    if (end - start > (this.#longest[from] ?? 0)) this.#longest[from] = Math.min(end - start, 255);
  }
}

function startSlot(text: string, at: number, end: number): number {
  const second = at + 1 < end ? text.charCodeAt(at + 1) : 0;
  return (Math.imul(text.charCodeAt(at), 251) + second) & (slots - 1);
}
