import type { DocumentRecord } from './document-store.ts';
import type { IngestResult } from './ingest-job.ts';
import { tooLarge, tooLargeReason } from './manifest.ts';

/** A result that says something new about its file. */
export type NewResult = Exclude<IngestResult, { kind: 'vanished' | 'same' | 'text' }>;

/** What the index keeps of how reading a file ended. */
export function recordOf(
  path: string,
  result: NewResult,
  { ingestVersion, maxFileBytes }: { ingestVersion: string; maxFileBytes: number },
): DocumentRecord {
  const { sizeBytes, mtimeMs } = result;
  const common = { path, sizeBytes, mtimeMs, reason: null, sha256: null, content: null };
  switch (result.kind) {
    case 'indexed': {
      const { sha256 } = result;
      return { ...common, status: 'indexed', sha256, version: ingestVersion, content: result };
    }
    case 'too-large': {
      const reason = tooLargeReason(sizeBytes, maxFileBytes);
      return { ...common, status: 'skipped', reason, version: tooLarge };
    }
    case 'skipped': {
      const { reason, sha256 } = result;
      return { ...common, status: 'skipped', reason, sha256, version: ingestVersion };
    }
    case 'failed': {
      const { reason, sha256 } = result;
      // What could not even be read is tried again in the next run.
      const version = sha256 === null ? null : ingestVersion;
      return { ...common, status: 'failed', reason, sha256, version };
    }
  }
}
