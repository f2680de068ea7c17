import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { queries } from '../../client/alcove.ts';
import { useStore } from '../../client/store.ts';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { evidence, type EvidenceItem } from '../../workspace/evidence.ts';
import { EvidenceBar } from './EvidenceBar.tsx';
import { StaleNotice } from './StaleNotice.tsx';
import { TextView } from './TextView.tsx';
import { windowInput, windowOf } from './document-windows.ts';
import './evidence.css';

const PdfView = lazy(() => import('./PdfView.tsx'));

/** The file behind a citation or a hit, at the passage. */
export default function EvidencePanel() {
  const shown = useStore(evidence);
  const item = shown?.items[shown.index];
  if (!shown || !item) return null;
  return (
    <section className="evidence" aria-label="Evidence">
      <EvidenceBar item={item} index={shown.index} count={shown.items.length} />
      <EvidenceBody key={item.documentId} item={item} />
    </section>
  );
}

function EvidenceBody({ item }: { item: EvidenceItem }) {
  const { documentId } = item;
  const input = windowInput(documentId, windowOf(item.startLine));
  const { data: document, error } = useQuery(queries.knowledge.document.queryOptions({ input }));
  // A PDF is drawn from its own bytes, so it can be shown even when its text cannot be had.
  const isPdf = item.relativePath.toLowerCase().endsWith('.pdf');
  if (error && !isPdf) return <Unavailable item={item} error={error} />;
  if (!document && !isPdf) return <Skeleton label="Opening the file" lines={12} />;
  return (
    <>
      {document?.isStale && <StaleNotice sourceId={item.sourceId} />}
      {isPdf && (
        <Suspense fallback={<Skeleton label="Opening the PDF" lines={12} />}>
          <PdfView item={item} />
        </Suspense>
      )}
      {document && !isPdf && <TextView item={item} document={document} />}
    </>
  );
}

/** A file that cannot be shown: why, and the passage as it was indexed. */
function Unavailable({ item, error }: { item: EvidenceItem; error: unknown }) {
  return (
    <div className="evidence-unavailable">
      <FailureNotice error={error} />
      <h2>As it was indexed</h2>
      <blockquote className="code">{item.text}</blockquote>
    </div>
  );
}
