import type { WalkEntry } from './walker.ts';

/** What the manifest knows of a file from an earlier run. */
export interface ManifestRow {
  documentId: number;
  path: string;
  status: 'indexed' | 'skipped' | 'failed';
  reason: string | null;
  sizeBytes: number;
  mtimeMs: number;
  sha256: string | null;
  /**
   * Version of the readers that read the file; `tooLarge` for one that was not read for its size; null for an outcome
   * that may pass by itself, so that the file is tried again each run.
   */
  version: string | null;
  chunkCount: number;
}

/** In place of an ingest version: when the limit is raised, it no longer fits and the file is read. */
export const tooLarge = 'too-large';

export type WalkedFile = Extract<WalkEntry, { kind: 'file' }>;

/** What a run has to do with a file: nothing, to note that it is too large, or to read it. */
export function decide(
  file: WalkedFile,
  row: ManifestRow | undefined,
  limits: { maxFileBytes: number; ingestVersion: string },
): 'unchanged' | 'too-large' | 'read' {
  const expected = file.sizeBytes > limits.maxFileBytes ? tooLarge : limits.ingestVersion;
  const isSame =
    row?.version === expected && row.sizeBytes === file.sizeBytes && row.mtimeMs === file.mtimeMs;
  if (isSame) return 'unchanged';
  return expected === tooLarge ? 'too-large' : 'read';
}

/** Words for a file over the limit. */
export function tooLargeReason(sizeBytes: number, maxFileBytes: number): string {
  const size = formatMegabytes(sizeBytes);
  return `Larger than the limit: ${size} of at most ${formatMegabytes(maxFileBytes)}. The limit is in Settings.`;
}

function formatMegabytes(sizeBytes: number): string {
  const megabytes = sizeBytes / 1_048_576;
  return `${megabytes >= 10 ? Math.round(megabytes) : megabytes.toFixed(1)} MB`;
}
