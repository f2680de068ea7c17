import { spansToChunks } from './chunkers/spans.ts';
import type { IngestedChunk } from './chunkers/spans.ts';
import { readerFor } from './readers/registry.ts';
import { UnreadableDocument } from './readers/unreadable-document.ts';

export type { IngestedChunk } from './chunkers/spans.ts';
export type { Reader } from './readers/reader.ts';
export { builtInReaders, readerFor } from './readers/registry.ts';
export { UnreadableDocument } from './readers/unreadable-document.ts';

export { ingestVersion } from './ingest-version.ts';

export interface IngestedDocument {
  /** Full extracted text with `\n` line ends; what the viewer shows for formats other than PDF. */
  text: string;
  /** Programming language or format: 'typescript', 'python', 'markdown', 'pdf', ... */
  language: string;
  /** Id of the reader that read it. */
  format: string;
  title: string | null;
  /** In document order. Empty only when the file is empty or blank. */
  chunks: IngestedChunk[];
}

export interface IngestInput {
  /** Relative path; only its name matters, to choose the reader. */
  path: string;
  bytes: Uint8Array;
  signal?: AbortSignal;
}

/**
 * Turns the bytes of one file into text and chunks.
 * @throws {UnreadableDocument} when the file cannot be read; its message is fit for the user.
 * @throws an `AbortError` when the signal is aborted.
 */
export async function ingest(input: IngestInput): Promise<IngestedDocument> {
  const reader = readerFor(input.path);
  if (reader === null) throw new UnreadableDocument('This type of file is not supported.');
  input.signal?.throwIfAborted();
  if (input.bytes.length === 0)
    return { text: '', language: reader.id, format: reader.id, title: null, chunks: [] };
  try {
    const reading = await reader.read(input);
    const chunks = spansToChunks(reading.text, reading.spans);
    if (chunks.length === 0 && !input.bytes.every(isBlankByte))
      throw new UnreadableDocument('There is no text in this file.');
    return {
      text: reading.text,
      language: reading.language,
      format: reader.id,
      title: reading.title,
      chunks,
    };
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    input.signal?.throwIfAborted();
    throw new UnreadableDocument(`This file could not be read as ${reader.label}. It may be damaged.`, {
      cause: error,
    });
  }
}

/** White space in the encodings of Unicode, and the bytes of a byte order mark. */
function isBlankByte(byte: number): boolean {
  return byte === 32 || byte <= 13 || byte === 0xef || byte === 0xbb || byte === 0xbf || byte >= 0xfe;
}
