import type { FileHandle } from 'node:fs/promises';

/** The file ended, or claims something that cannot fit in it. */
export class GgufDamaged extends Error {
  override readonly name = 'GgufDamaged';
}

const windowBytes = 256 * 1024;

/**
 * Reads a file forwards through a small window. `need` makes bytes available without blocking; the `take` methods
 * are synchronous and only touch what was made available.
 */
export class GgufCursor {
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #position = 0;

  constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file;
    this.sizeBytes = sizeBytes;
  }

  get position(): number {
    return this.#position;
  }

  get remainingBytes(): number {
    return this.sizeBytes - this.#position;
  }

  has(count: number): boolean {
    return this.#position - this.#windowStart + count <= this.#window.length;
  }

  async need(count: number): Promise<void> {
    if (this.has(count)) return;
    this.#requireInFile(count);
    const length = Math.min(Math.max(count, windowBytes), this.remainingBytes);
    const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(length), 0, length, this.#position);
    this.#window = buffer.subarray(0, bytesRead);
    this.#windowStart = this.#position;
    if (bytesRead < count) throw new GgufDamaged('the file ended while it was read');
  }

  skip(count: number): void {
    this.#requireInFile(count);
    this.#position += count;
  }

  takeUint32(): number {
    return this.#window.readUInt32LE(this.#advance(4));
  }

  /** Sizes and counts: exact, as nothing beyond 2^53 fits in a file. */
  takeUint64(): number {
    const value = this.#window.readBigUInt64LE(this.#advance(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new GgufDamaged('a size in the header is impossible');
    return Number(value);
  }

  takeBytes(count: number): Buffer {
    const start = this.#advance(count);
    return this.#window.subarray(start, start + count);
  }

  #advance(count: number): number {
    const start = this.#position - this.#windowStart;
    this.#position += count;
    return start;
  }

  #requireInFile(count: number): void {
    if (count > this.remainingBytes) throw new GgufDamaged('the header goes on past the end of the file');
  }
}
