import type { IngestedChunk } from './ingest.ts';

/** One file for a worker to read. */
export interface IngestJob {
  /** To index it, or to show its text. */
  purpose: 'index' | 'view';
  /** Absolute path of the source; the file must lie in it once links are resolved. */
  root: string;
  /** Relative to the source, with `/`. */
  path: string;
  /** As the walk saw them. */
  sizeBytes: number;
  mtimeMs: number;
  /** Digest of bytes whose result the owner has: equal bytes need no work. */
  knownSha256: string | null;
}

export interface PreparedChunk extends IngestedChunk {
  bodyTerms: string;
  symbolTerms: string;
}

/** What the manifest keeps of the file, as it was when its bytes were read. */
export interface FileFacts {
  sizeBytes: number;
  mtimeMs: number;
  sha256: string;
}

export type IngestResult =
  | ({ kind: 'indexed' } & FileFacts & {
        format: string;
        language: string;
        title: string | null;
        lineCount: number;
        pathTerms: string;
        chunks: PreparedChunk[];
      })
  /** Answers a job to view. */
  | ({ kind: 'text' } & FileFacts & { text: string })
  /** Touched, but the bytes are those already known. */
  | ({ kind: 'same' } & FileFacts)
  | { kind: 'skipped'; reason: string; sizeBytes: number; mtimeMs: number; sha256: string | null }
  /** `sha256` is null for a failure that may pass by itself (no permission): the file is tried again each run. */
  | { kind: 'failed'; reason: string; sizeBytes: number; mtimeMs: number; sha256: string | null }
  | { kind: 'too-large'; sizeBytes: number; mtimeMs: number }
  | { kind: 'vanished' };

export interface WorkerInput {
  maxFileBytes: number;
  /** Two cells the worker writes: number of the batch at work, index of the job at work in it. */
  position: SharedArrayBuffer;
}

export interface IngestBatch {
  number: number;
  jobs: IngestJob[];
}

export interface IngestBatchDone {
  number: number;
  results: IngestResult[];
}
