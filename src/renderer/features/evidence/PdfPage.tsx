import { type PDFDocumentProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { isCancellation } from '../../client/failure.ts';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { findPassage } from './find-passage.ts';

interface PageTarget {
  canvas: HTMLCanvasElement;
  layer: HTMLDivElement;
  widthPx: number;
}

/** One page drawn to the panel's width under a layer of its text, in which the passage is marked. */
export function PdfPage({
  pdf,
  page,
  passage,
}: {
  pdf: PDFDocumentProxy;
  page: number;
  passage: string | null;
}) {
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const widthPx = useWidth(sheet);
  useEffect(() => {
    if (!canvas.current || !layer.current || widthPx === 0) return;
    const stop = new AbortController();
    const target = { canvas: canvas.current, layer: layer.current, widthPx };
    drawPage(pdf, page, target, passage, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted && !isCancellation(error)) setFailure(error);
    });
    return () => stop.abort();
  }, [pdf, page, passage, widthPx]);
  return (
    <div className="pdf-sheet" ref={sheet}>
      {failure !== null && <FailureNotice error={failure} />}
      <canvas ref={canvas} aria-hidden />
      <div ref={layer} className="textLayer" />
    </div>
  );
}

async function drawPage(
  pdf: PDFDocumentProxy,
  pageNumber: number,
  target: PageTarget,
  passage: string | null,
  signal: AbortSignal,
): Promise<void> {
  const page = await pdf.getPage(pageNumber);
  signal.throwIfAborted();
  const scale = target.widthPx / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const sharpness = window.devicePixelRatio;
  const { canvas, layer } = target;
  canvas.width = Math.floor(viewport.width * sharpness);
  canvas.height = Math.floor(viewport.height * sharpness);
  canvas.style.width = `${viewport.width}px`;
  canvas.style.height = `${viewport.height}px`;
  const drawing = page.render({ canvas, viewport, transform: [sharpness, 0, 0, sharpness, 0, 0] });
  signal.addEventListener('abort', () => drawing.cancel());
  layer.replaceChildren();
  layer.style.setProperty('--total-scale-factor', String(scale));
  layer.style.setProperty('--scale-factor', String(scale));
  const text = new TextLayer({ textContentSource: await page.getTextContent(), container: layer, viewport });
  signal.addEventListener('abort', () => text.cancel());
  await text.render();
  if (passage !== null && !signal.aborted) markPassage(text, passage);
  await drawing.promise;
}

function markPassage(text: TextLayer, passage: string): void {
  const marked = findPassage(text.textContentItemsStr, passage);
  let first: HTMLElement | undefined;
  for (const index of marked) {
    const run = text.textDivs[index];
    run?.classList.add('pdf-marked');
    first ??= run;
  }
  first?.scrollIntoView({ block: 'center' });
}

/** The width of an element in whole pixels, followed. */
function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}
