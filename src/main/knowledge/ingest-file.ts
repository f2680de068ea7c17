import type { FileFacts, IngestJob, IngestResult, PreparedChunk } from './ingest-job.ts';
import { ingest, readerFor, UnreadableDocument } from './ingest.ts';
import type { IngestedChunk } from './ingest.ts';
import { FileTooLarge, NotASourceFile, readSourceFile } from './source-file.ts';
import type { FileContent, ReadLimits } from './source-file.ts';
import { indexTerms } from './terms/terms.ts';
import { describe, errorCode } from './file-error.ts';

const unsupported = 'This type of file is not supported.';

/** Reads one file and makes its chunks and search terms, or its text to show. What can be wrong with a file is a result, not a rejection. */
export async function ingestFile(job: IngestJob, limits: ReadLimits): Promise<IngestResult> {
  const { sizeBytes, mtimeMs } = job;
  if (readerFor(job.path) === null) {
    return { kind: 'skipped', reason: unsupported, sizeBytes, mtimeMs, sha256: null };
  }
  let content: FileContent;
  try {
    content = readSourceFile(job.root, job.path, limits);
  } catch (error) {
    return describeUnread(job, error);
  }
  const { bytes, ...facts } = content;
  if (facts.sha256 === job.knownSha256) return { kind: 'same', ...facts };
  try {
    return await prepare(job, bytes, facts);
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    return { kind: error.isBinary ? 'skipped' : 'failed', reason: error.message, ...facts };
  }
}

function describeUnread(job: IngestJob, error: unknown): IngestResult {
  if (error instanceof FileTooLarge) {
    return { kind: 'too-large', sizeBytes: error.stats.size, mtimeMs: error.stats.mtimeMs };
  }
  const code = errorCode(error);
  // Gone, or no longer a file but a link or a folder: the next walk says what it is now.
  if (error instanceof NotASourceFile || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
    return { kind: 'vanished' };
  }
  if (code === undefined) throw error;
  const { sizeBytes, mtimeMs } = job;
  return { kind: 'failed', reason: describe(error, 'file'), sizeBytes, mtimeMs, sha256: null };
}

async function prepare(
  { path, purpose }: IngestJob,
  bytes: Uint8Array,
  facts: FileFacts,
): Promise<IngestResult> {
  const document = await ingest({ path, bytes });
  if (purpose === 'view') return { kind: 'text', ...facts, text: document.text };
  return {
    kind: 'indexed',
    ...facts,
    format: document.format,
    language: document.language,
    title: document.title,
    lineCount: countLines(document.text),
    pathTerms: indexTerms(path),
    chunks: document.chunks.map(prepareChunk),
  };
}

function prepareChunk(chunk: IngestedChunk): PreparedChunk {
  const name = chunk.symbol ?? chunk.heading;
  return { ...chunk, bodyTerms: indexTerms(chunk.text), symbolTerms: name === null ? '' : indexTerms(name) };
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
