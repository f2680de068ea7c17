import type { DocumentRecord } from './document-store.ts';
import type { ManifestRow } from './manifest.ts';
import type { FailedFile, PlannedFile, ScanResult } from './scan.ts';

/** How the files of a source ended. Every file is in exactly one of the first four. */
export interface IndexSummary {
  indexed: number;
  /** Not read again, or read and found to be the same. */
  unchanged: number;
  skipped: number;
  failed: number;
  /** Documents of files that are gone. */
  removed: number;
  /** Chunks of the whole source. */
  chunks: number;
  failures: FailedFile[];
  durationMs: number;
}

export interface RunProgress {
  phase: 'scanning' | 'indexing';
  filesDone: number;
  filesTotal: number | null;
  chunks: number;
  currentFile: string | null;
  /** Share of the reading that is done, by size: from 0 to 1. */
  readShare: number;
  filesRead: number;
}

/** What opening and storing a file costs, as bytes, so that many small files make a fair share of the work. */
const fileWeightBytes = 2_048;

/** Counts how the files of one run end, and how far it is. */
export class RunTally {
  readonly #startedAt = performance.now();
  readonly #failures: FailedFile[] = [];
  readonly #counts = { indexed: 0, unchanged: 0, skipped: 0, removed: 0, chunks: 0 };
  #filesTotal: number | null = null;
  #filesRead = 0;
  #readBytes = 0;
  #toReadBytes = 0;

  /** Size of what is to be read, small files counted as larger than they are. */
  get toReadBytes(): number {
    return this.#toReadBytes;
  }

  countScan(found: ScanResult): void {
    this.#counts.unchanged = found.unchanged;
    this.#counts.chunks = found.chunksUnchanged;
    this.#counts.skipped = found.skipped;
    this.#failures.push(...found.failures);
    this.#filesTotal = found.unchanged + found.skipped + found.failures.length + found.toRead.length;
    this.#toReadBytes = found.toRead.reduce((sum, { job }) => sum + job.sizeBytes + fileWeightBytes, 0);
  }

  countRemoved(documents: number): void {
    this.#counts.removed += documents;
  }

  /** A file that was met by the walk and is gone now. */
  countVanished(wasKnown: boolean): void {
    if (wasKnown) this.#counts.removed++;
    if (this.#filesTotal !== null) this.#filesTotal--;
  }

  /** A file that was read and has the bytes it had. */
  countSame(row: ManifestRow): void {
    if (row.status === 'skipped') this.#counts.skipped++;
    else if (row.status === 'failed') this.#failures.push({ path: row.path, reason: row.reason ?? '' });
    else {
      this.#counts.unchanged++;
      this.#counts.chunks += row.chunkCount;
    }
  }

  countRecord({ path, status, reason, content }: DocumentRecord): void {
    if (status === 'failed') this.#failures.push({ path, reason: reason ?? '' });
    else this.#counts[status]++;
    this.#counts.chunks += content?.chunks.length ?? 0;
  }

  countRead(files: readonly PlannedFile[]): void {
    this.#filesRead += files.length;
    for (const { job } of files) this.#readBytes += job.sizeBytes + fileWeightBytes;
  }

  progress(phase: RunProgress['phase'], currentFile: string | null): RunProgress {
    const { indexed, unchanged, skipped, chunks } = this.#counts;
    return {
      phase,
      chunks,
      currentFile,
      filesTotal: this.#filesTotal,
      filesRead: this.#filesRead,
      filesDone: indexed + unchanged + skipped + this.#failures.length,
      readShare: this.#toReadBytes === 0 ? 0 : this.#readBytes / this.#toReadBytes,
    };
  }

  summary(): IndexSummary {
    return {
      ...this.#counts,
      failed: this.#failures.length,
      failures: this.#failures,
      durationMs: performance.now() - this.#startedAt,
    };
  }
}
