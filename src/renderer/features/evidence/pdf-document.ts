import {
  getDocument,
  GlobalWorkerOptions,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { alcove } from '../../client/alcove.ts';
import { PdfResources } from './pdf-resources.ts';

const rangeBytes = 256 * 1_024;

GlobalWorkerOptions.workerSrc = workerUrl;

/** Hands pdf.js the parts of the file it asks for, so a large PDF opens without being read whole. */
class DocumentRanges extends PDFDataRangeTransport {
  readonly #read: (offset: number, length: number) => Promise<Uint8Array>;
  readonly #onFailure: (error: unknown) => void;

  constructor(
    sizeBytes: number,
    read: (offset: number, length: number) => Promise<Uint8Array>,
    onFailure: (error: unknown) => void,
  ) {
    super(sizeBytes, null);
    this.#read = read;
    this.#onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#deliver(begin, end).catch(this.#onFailure);
  }

  async #deliver(begin: number, end: number): Promise<void> {
    const bytes = await this.#read(begin, end - begin);
    this.onDataRange(begin, bytes);
  }
}

/** Opens a document's file as a PDF. Rejects with the reason when a part of it cannot be read. */
export async function openPdf(documentId: number, signal: AbortSignal): Promise<PDFDocumentProxy> {
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const { base64 } = await alcove.knowledge.documentBytes({ documentId, offset, length }, { signal });
    return bytesOf(base64);
  };
  const { sizeBytes } = await alcove.knowledge.documentBytes(
    { documentId, offset: 0, length: 1 },
    { signal },
  );
  return new Promise((resolve, reject) => {
    const task = getDocument({
      range: new DocumentRanges(sizeBytes, readParts(read), reject),
      rangeChunkSize: rangeBytes,
      disableAutoFetch: true,
      disableStream: true,
      isEvalSupported: false,
      useWasm: false,
      useWorkerFetch: false,
      cMapUrl: 'cmaps/',
      standardFontDataUrl: 'standard_fonts/',
      BinaryDataFactory: PdfResources,
    });
    signal.addEventListener('abort', () => {
      // The viewer is gone; how the loading ends no longer matters.
      task.destroy().catch(() => undefined);
    });
    task.promise.then(resolve, reject);
  });
}

/** Reads a range in parts, because one request carries at most a mebibyte. */
function readParts(read: (offset: number, length: number) => Promise<Uint8Array>): typeof read {
  const partBytes = 1_024 * 1_024;
  return async (offset, length) => {
    const whole = new Uint8Array(length);
    for (let at = 0; at < length; at += partBytes) {
      whole.set(await read(offset + at, Math.min(partBytes, length - at)), at);
    }
    return whole;
  };
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
