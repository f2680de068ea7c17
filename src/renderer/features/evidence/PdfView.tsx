import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import type { EvidenceItem } from '../../workspace/evidence.ts';
import { openPdf } from './pdf-document.ts';
import { PdfPage } from './PdfPage.tsx';

/** A PDF, one page at a time, opened at the passage's page with the passage marked. */
export default function PdfView({ item }: { item: EvidenceItem }) {
  const { data: pdf, error } = usePdf(item.documentId);
  const first = item.page ?? 1;
  const [shown, setShown] = useState({ passage: item.chunkId, page: first });
  const page = shown.passage === item.chunkId ? shown.page : first;
  const scroller = useRef<HTMLDivElement>(null);
  if (error) {
    return (
      <div className="evidence-unavailable">
        <FailureNotice error={error} />
      </div>
    );
  }
  if (!pdf) return <Skeleton label="Opening the PDF" lines={12} />;
  const go = (next: number): void => {
    if (next < 1 || next > pdf.numPages) return;
    setShown({ passage: item.chunkId, page: next });
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <div className="pdf-view">
      <div
        className="pdf-scroller"
        ref={scroller}
        tabIndex={0}
        aria-label={`${item.relativePath}, page ${page} of ${pdf.numPages}`}
        role="document"
        onKeyDown={(event) => {
          if (event.key === 'PageDown' || event.key === 'ArrowRight') go(page + 1);
          if (event.key === 'PageUp' || event.key === 'ArrowLeft') go(page - 1);
        }}
      >
        <PdfPage pdf={pdf} page={page} passage={page === first ? item.text : null} />
      </div>
      <div className="pdf-pages">
        <IconButton label="Previous page" disabled={page <= 1} onClick={() => go(page - 1)}>
          <ChevronLeft />
        </IconButton>
        <span className="small muted tabular">
          Page {page} of {pdf.numPages}
        </span>
        <IconButton label="Next page" disabled={page >= pdf.numPages} onClick={() => go(page + 1)}>
          <ChevronRight />
        </IconButton>
      </div>
    </div>
  );
}

function usePdf(documentId: number): { data: PDFDocumentProxy | undefined; error: unknown } {
  const closing = useRef<AbortController>(null);
  const query = useQuery({
    queryKey: ['pdf', documentId],
    queryFn: () => {
      closing.current?.abort();
      closing.current = new AbortController();
      return openPdf(documentId, closing.current.signal);
    },
    // Kept only while it is on show: an open PDF holds a worker's memory.
    gcTime: 0,
    staleTime: Infinity,
    structuralSharing: false,
  });
  useEffect(() => () => closing.current?.abort(), []);
  return { data: query.data, error: query.error };
}
