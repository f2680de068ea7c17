import { useVirtualizer } from '@tanstack/react-virtual';
import type { DocumentView } from '@contract/knowledge';
import { useEffect, useRef, useState } from 'react';
import { classNames } from '../../components/class-names.ts';
import { CodeLine } from '../../components/CodeLine.tsx';
import { grammarFor } from '../../components/languages.ts';
import type { EvidenceItem } from '../../workspace/evidence.ts';
import { windowOf, windowsFor } from './document-windows.ts';
import { useDocumentLines } from './use-document-lines.ts';

const rowHeightPx = 20;
const linesAbove = 4;
const proseGrammars = new Set<string | null>([null, 'markdown', 'html']);

/** A text document by its lines, opened at the passage, which is marked. Only the rows in view are drawn. */
export function TextView({ item, document }: { item: EvidenceItem; document: DocumentView }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [windows, setWindows] = useState<number[]>(() => [windowOf(item.startLine)]);
  const lineAt = useDocumentLines(document, windows);
  const wraps = proseGrammars.has(grammarFor(document.language));
  const rows = useVirtualizer({
    count: document.totalLines,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 20,
    onChange: (virtualizer) => {
      const needed = windowsFor(virtualizer.getVirtualIndexes());
      setWindows((held) => (needed.join() === held.join() || needed.length === 0 ? held : needed));
    },
  });
  useEffect(() => {
    rows.scrollToIndex(Math.max(0, item.startLine - 1 - linesAbove), { align: 'start' });
  }, [rows, item.startLine]);
  const gutter = `${String(document.totalLines).length + 1}ch`;
  return (
    <div
      className={classNames('text-view code', wraps ? 'text-view-prose' : 'text-view-code')}
      ref={scroller}
      tabIndex={0}
      role="document"
      aria-label={`${document.relativePath}, ${document.totalLines} lines`}
    >
      <div className="text-view-sheet" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const number = row.index + 1;
          const line = lineAt(row.index);
          const isMarked = number >= item.startLine && number <= item.endLine;
          return (
            <div
              key={row.key}
              ref={wraps ? rows.measureElement : undefined}
              data-index={row.index}
              className={classNames('text-line', isMarked && 'text-line-marked')}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <span className="text-line-number tabular" style={{ minWidth: gutter }} aria-hidden>
                {number}
              </span>
              <span className="text-line-text">
                {line && <CodeLine text={line.text} tokens={line.tokens} />}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
