import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFileOptions {
  path: string;
  maxSizeBytes?: number;
  /** How many older files are kept beside the current one, as `<path>.1`, `<path>.2`, ... */
  keepCount?: number;
}

/** A log on disk that cannot grow without bound: a full file is set aside and the oldest one is dropped. */
export class LogFile {
  readonly #path: string;
  readonly #maxSizeBytes: number;
  readonly #keepCount: number;
  #sizeBytes: number;

  constructor({ path, maxSizeBytes = 1_048_576, keepCount = 2 }: LogFileOptions) {
    this.#path = path;
    this.#maxSizeBytes = maxSizeBytes;
    this.#keepCount = keepCount;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  write(line: string): void {
    try {
      const lineBytes = Buffer.byteLength(line);
      if (this.#sizeBytes + lineBytes > this.#maxSizeBytes) this.#rotate();
      appendFileSync(this.#path, line, { mode: 0o600 });
      this.#sizeBytes += lineBytes;
    } catch {
      // A full disk must not turn a logged failure into a second one.
    }
  }

  #rotate(): void {
    rmSync(`${this.#path}.${this.#keepCount}`, { force: true });
    for (let age = this.#keepCount - 1; age >= 0; age--) {
      const from = age === 0 ? this.#path : `${this.#path}.${age}`;
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.#path}.${age + 1}`);
    }
    this.#sizeBytes = 0;
  }
}
