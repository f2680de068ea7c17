import { ChevronLeft, ChevronRight, ExternalLink, FolderOpen, X } from 'lucide-react';
import { alcove } from '../../client/alcove.ts';
import { liveKnowledge, useLive } from '../../client/live.ts';
import { IconButton } from '../../components/Button.tsx';
import { Path } from '../../components/Path.tsx';
import { useAppInfo } from '../../workspace/app-info.ts';
import { closeEvidence, type EvidenceItem, stepEvidence } from '../../workspace/evidence.ts';
import { placeOf } from '../../workspace/place-words.ts';
import { formatShortcut } from '../../workspace/shortcuts.ts';
import { attempt } from '../../workspace/toasts.ts';
import { breadcrumb } from './breadcrumb.ts';

/** Which file and passage is on show, and what can be done with it. */
export function EvidenceBar({ item, index, count }: { item: EvidenceItem; index: number; count: number }) {
  const canOpen = useAppInfo()?.capabilities.openDocuments ?? false;
  const { folders, name } = breadcrumb(item.relativePath);
  const source = useLive(liveKnowledge).value?.sources.find(({ id }) => id === item.sourceId);
  const trail = [...(source ? [source.name] : []), ...folders, name];
  const { documentId } = item;
  const part = item.symbol ?? item.heading;
  return (
    <header className="evidence-bar">
      <div className="evidence-row">
        {item.n !== undefined && (
          <span className="pill" aria-hidden>
            {item.n}
          </span>
        )}
        <h2 className="truncate" title={item.path}>
          {name}
        </h2>
        <span className="muted small tabular evidence-place">{placeOf(item)}</span>
        {count > 1 && (
          <span className="evidence-steps">
            <IconButton
              label="Previous passage"
              shortcut={formatShortcut('previous-passage')}
              disabled={index === 0}
              onClick={() => stepEvidence(-1)}
            >
              <ChevronLeft />
            </IconButton>
            <span className="muted small tabular">
              {index + 1}/{count}
            </span>
            <IconButton
              label="Next passage"
              shortcut={formatShortcut('next-passage')}
              disabled={index === count - 1}
              onClick={() => stepEvidence(1)}
            >
              <ChevronRight />
            </IconButton>
          </span>
        )}
        {canOpen && (
          <>
            <IconButton
              label="Open in its app"
              onClick={() => attempt(alcove.knowledge.openDocument({ documentId }))}
            >
              <ExternalLink />
            </IconButton>
            <IconButton
              label="Reveal in its folder"
              onClick={() => attempt(alcove.knowledge.revealDocument({ documentId }))}
            >
              <FolderOpen />
            </IconButton>
          </>
        )}
        <IconButton label="Close evidence" shortcut={formatShortcut('stop')} onClick={closeEvidence}>
          <X />
        </IconButton>
      </div>
      <div className="evidence-crumbs small muted">
        <Path path={item.path} shown={trail.join(' › ')} />
        {part !== null && (
          <span className="truncate evidence-part" title={part}>
            <span aria-hidden>› </span>
            {part}
          </span>
        )}
      </div>
    </header>
  );
}
