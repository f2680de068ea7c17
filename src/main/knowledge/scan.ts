import type { DocumentRecord } from './document-store.ts';
import type { IngestJob } from './ingest-job.ts';
import { decide, tooLarge, tooLargeReason } from './manifest.ts';
import type { ManifestRow, WalkedFile } from './manifest.ts';
import { describePathError } from './source-path.ts';
import { walk } from './walker.ts';
import type { WalkEntry } from './walker.ts';

export interface ScanOptions {
  root: string;
  /** Absolute path of a folder to leave out: Alcove's own data. */
  excludedFolder: string | null;
  manifest: Map<string, ManifestRow>;
  maxFileBytes: number;
  ingestVersion: string;
  signal: AbortSignal;
  onFile: (path: string) => void;
}

/** A file to read, with what is known of it. */
export interface PlannedFile {
  job: IngestJob;
  row: ManifestRow | null;
}

export interface FailedFile {
  path: string;
  reason: string;
}

/** What one look at a folder found, compared with the manifest. */
export interface ScanResult {
  toRead: PlannedFile[];
  /** Outcomes that need no reading and are not in the manifest yet. */
  records: DocumentRecord[];
  removed: ManifestRow[];
  /** Indexed before and the same since. */
  unchanged: number;
  chunksUnchanged: number;
  /** Without those that are about to be read. */
  skipped: number;
  failures: FailedFile[];
}

const sliceMs = 12;

/** Walks a folder, letting others run every few milliseconds. @throws AppError when the folder cannot be listed. */
export async function scan(options: ScanOptions): Promise<ScanResult> {
  const scanner = new Scanner(options);
  let sliceStart = performance.now();
  try {
    for (const entry of walk(options.root, options.excludedFolder)) {
      scanner.take(entry);
      if (performance.now() - sliceStart < sliceMs) continue;
      options.onFile(entry.path);
      await new Promise(setImmediate);
      options.signal.throwIfAborted();
      sliceStart = performance.now();
    }
  } catch (error) {
    throw describePathError(options.root, error);
  }
  return scanner.finish();
}

class Scanner {
  readonly #options: ScanOptions;
  readonly #unseen: Map<string, ManifestRow>;
  readonly #unlisted: string[] = [];
  readonly #result: ScanResult = {
    toRead: [],
    records: [],
    removed: [],
    unchanged: 0,
    chunksUnchanged: 0,
    skipped: 0,
    failures: [],
  };

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#unseen = options.manifest;
  }

  take(entry: WalkEntry): void {
    const row = this.#unseen.get(entry.path);
    if (row !== undefined) this.#unseen.delete(entry.path);
    if (entry.kind === 'file') this.#takeFile(entry, row);
    else this.#note(entry.path, entry.kind, entry.reason, row);
    if (entry.kind === 'failed') this.#unlisted.push(`${entry.path}/`);
  }

  /** Files of a folder that could not be listed are not gone: they stay as they are. */
  finish(): ScanResult {
    for (const row of this.#unseen.values()) {
      if (this.#unlisted.some((folder) => row.path.startsWith(folder))) this.#countKnown(row);
      else this.#result.removed.push(row);
    }
    return this.#result;
  }

  #takeFile(file: WalkedFile, row: ManifestRow | undefined): void {
    const decision = decide(file, row, this.#options);
    if (decision === 'unchanged' && row !== undefined) this.#countKnown(row);
    else if (decision === 'too-large') this.#takeTooLarge(file);
    else this.#result.toRead.push({ job: this.#createJob(file, row), row: row ?? null });
  }

  #createJob(file: WalkedFile, row: ManifestRow | undefined): IngestJob {
    const isComparable = row !== undefined && row.version === this.#options.ingestVersion;
    return {
      purpose: 'index',
      root: this.#options.root,
      path: file.path,
      sizeBytes: file.sizeBytes,
      mtimeMs: file.mtimeMs,
      knownSha256: isComparable ? row.sha256 : null,
    };
  }

  #takeTooLarge(file: WalkedFile): void {
    const { sizeBytes, mtimeMs } = file;
    const reason = tooLargeReason(sizeBytes, this.#options.maxFileBytes);
    this.#result.skipped++;
    this.#result.records.push({
      path: file.path,
      status: 'skipped',
      reason,
      sizeBytes,
      mtimeMs,
      sha256: null,
      version: tooLarge,
      content: null,
    });
  }

  #note(path: string, status: 'skipped' | 'failed', reason: string, row: ManifestRow | undefined): void {
    if (status === 'skipped') this.#result.skipped++;
    else this.#result.failures.push({ path, reason });
    if (row?.status === status && row.reason === reason) return;
    this.#result.records.push({
      path,
      status,
      reason,
      sizeBytes: 0,
      mtimeMs: 0,
      sha256: null,
      version: null,
      content: null,
    });
  }

  #countKnown(row: ManifestRow): void {
    if (row.status === 'skipped') this.#result.skipped++;
    else if (row.status === 'failed')
      this.#result.failures.push({ path: row.path, reason: row.reason ?? '' });
    else {
      this.#result.unchanged++;
      this.#result.chunksUnchanged += row.chunkCount;
    }
  }
}
