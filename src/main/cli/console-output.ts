import type { Output } from './command.ts';

const plainProgressEveryMs = 2_000;

interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ConsoleOutputOptions {
  stdout?: Stream;
  stderr?: Stream;
  now?: () => number;
}

/**
 * Results on stdout; notes and progress on stderr. On a terminal progress is one line that is written over; elsewhere
 * it is a plain line every two seconds at most.
 */
export class ConsoleOutput implements Output {
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  readonly #now: () => number;
  #lastProgressAt = -Infinity;
  #hasProgressLine = false;

  constructor({
    stdout = process.stdout,
    stderr = process.stderr,
    now = Date.now,
  }: ConsoleOutputOptions = {}) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#now = now;
    // `alcove search x | head -1` closes the pipe early; that is not a failure.
    if (stdout === process.stdout) process.stdout.on('error', ignoreClosedPipe);
  }

  result(text: string): void {
    this.endProgress();
    this.#stdout.write(`${text}\n`);
    // What is done after a result is other work: its first line is news.
    this.#lastProgressAt = -Infinity;
  }

  note(text: string): void {
    this.endProgress();
    this.#stderr.write(`${text}\n`);
  }

  progress(text: string): void {
    const line = text.replaceAll(/\p{Cc}/gu, ' ');
    if (this.#stderr.isTTY) {
      this.#stderr.write(`\r\u001b[K${line.slice(0, (this.#stderr.columns ?? 80) - 1)}`);
      this.#hasProgressLine = true;
    } else if (this.#now() - this.#lastProgressAt >= plainProgressEveryMs) {
      this.#stderr.write(`${line}\n`);
      this.#lastProgressAt = this.#now();
    }
  }

  /** Leaves the terminal on a clean line. */
  endProgress(): void {
    if (this.#hasProgressLine) this.#stderr.write('\r\u001b[K');
    this.#hasProgressLine = false;
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
