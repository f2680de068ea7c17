import type { PDFDocumentProxy } from 'pdfjs-dist';
import { pageSpans } from '../chunkers/prose.ts';
import { openPdf } from './pdf-engine.ts';
import { pageText } from './pdf-page-text.ts';
import type { Reader, ReadInput, Reading } from './reader.ts';
import { UnreadableDocument } from './unreadable-document.ts';

const pageSeparator = '\n\n';

/** Text of a PDF, page by page. */
export const pdfReader: Reader = {
  id: 'pdf',
  label: 'PDF',
  extensions: ['pdf'],
  async read({ bytes, signal }: ReadInput): Promise<Reading> {
    const task = await openPdf(bytes);
    try {
      const pdf = await task.promise;
      const pages = await readPages(pdf, signal);
      if (pages.every((page) => page === '')) throw withoutText(pdf.numPages);
      return { ...assemble(pages), title: await titleOf(pdf) };
    } catch (error) {
      throw translate(error, signal);
    } finally {
      await task.destroy();
    }
  },
};

async function readPages(pdf: PDFDocumentProxy, signal: AbortSignal | undefined): Promise<string[]> {
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    signal?.throwIfAborted();
    pages.push(await readPage(pdf, number));
  }
  return pages;
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return pageText(items);
  } catch {
    // One damaged page does not cost the others. When every page is like this, the document fails as one without text.
    return '';
  }
}

function assemble(pages: readonly string[]): Omit<Reading, 'title'> {
  const starts: number[] = [];
  let length = 0;
  for (const page of pages) {
    starts.push(length);
    length += page.length + pageSeparator.length;
  }
  const text = pages.join(pageSeparator);
  return { text, language: 'pdf', spans: pageSpans(text, starts) };
}

async function titleOf(pdf: PDFDocumentProxy): Promise<string | null> {
  try {
    const { info } = await pdf.getMetadata();
    const title: unknown = 'Title' in info ? info.Title : null;
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : null;
  } catch {
    // Metadata is a courtesy; the text is what counts.
    return null;
  }
}

function withoutText(pageCount: number): UnreadableDocument {
  const pages =
    pageCount === 1 ? 'its only page is a scanned image' : `its ${pageCount} pages are scanned images`;
  return new UnreadableDocument(
    `No text in this PDF: ${pages} or drawings. Run text recognition (OCR) on it first.`,
  );
}

function translate(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof UnreadableDocument || signal?.aborted === true) return error;
  if (error instanceof Error && error.name === 'PasswordException') {
    return new UnreadableDocument(
      'This PDF is protected by a password. Save a copy without one to have it read.',
      {
        cause: error,
      },
    );
  }
  return new UnreadableDocument('This PDF is damaged and cannot be opened.', { cause: error });
}
