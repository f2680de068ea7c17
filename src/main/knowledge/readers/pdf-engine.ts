import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as pdfjsTypes from 'pdfjs-dist';
import type { PDFDocumentLoadingTask } from 'pdfjs-dist';

type Pdfjs = typeof pdfjsTypes;

let loading: Promise<Pdfjs> | null = null;

/** Starts to open a PDF for its text alone; nothing is drawn. The caller destroys the task. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentLoadingTask> {
  loading ??= loadPdfjs();
  const pdfjs = await loading;
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return pdfjs.getDocument({
    // A copy: pdf.js takes over the memory it is given.
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps') + sep,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
}

/**
 * Loads pdf.js without a worker (this already is one) and without a canvas. It wants the browser's drawing classes
 * to exist when it loads, and warns on the console about each that does not.
 */
async function loadPdfjs(): Promise<Pdfjs> {
  const scope = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) scope[name] ??= class {};
  const { console: realConsole } = scope;
  scope['console'] = Object.create(realConsole as object, { warn: { value: () => undefined } });
  try {
    const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
    // Sets `globalThis.pdfjsWorker`, where pdf.js looks before it starts a worker of its own.
    const workerModule = 'pdfjs-dist/legacy/build/pdf.worker.mjs';
    await import(/* @vite-ignore */ workerModule);
    return pdfjs;
  } finally {
    scope['console'] = realConsole;
  }
}
