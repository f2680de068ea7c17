import type { Citation } from '@contract/conversations';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { moveFocus } from '../../components/move-focus.ts';
import { countOf } from '../../components/quantity.ts';
import { shortenPath } from '../../components/shorten-path.ts';
import { evidence, openEvidence } from '../../workspace/evidence.ts';
import { useStore } from '../../client/store.ts';
import { placeOf } from '../../workspace/place-words.ts';

const shownAtFirst = 4;

/** The passages an answer rests on; choosing one opens it in its file. */
export function SourceList({ citations }: { citations: readonly Citation[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const shown = useStore(evidence);
  const visible = isOpen ? citations : citations.slice(0, shownAtFirst);
  const hidden = citations.length - shownAtFirst;
  const current = shown?.items[shown.index];
  return (
    <section className="sources" aria-label="Sources">
      <ol onKeyDown={(event) => moveFocus(event, 'button')}>
        {visible.map((citation, index) => (
          <li key={citation.n}>
            <button
              type="button"
              className="source-row"
              aria-current={current === citation}
              title={citation.path}
              onClick={() => openEvidence(citations, index)}
            >
              <span className="pill" aria-hidden>
                {citation.n}
              </span>
              <span className="source-name truncate">{shortenPath(citation.relativePath, 52)}</span>
              <span className="source-place muted small tabular truncate">
                {citation.symbol ?? citation.heading ?? ''}
              </span>
              <span className="muted small tabular source-lines">{placeOf(citation)}</span>
            </button>
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <Button
          tone="quiet"
          icon={isOpen ? <ChevronUp /> : <ChevronDown />}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Show fewer' : `Show ${countOf(hidden, 'more source')}`}
        </Button>
      )}
    </section>
  );
}
