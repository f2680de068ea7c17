import type { IndexProgress, Source } from '@contract/knowledge';
import { Folder } from 'lucide-react';
import { Path } from '../../components/Path.tsx';
import { formatSize } from '../../components/quantity.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { IndexingLine } from '../../workspace/IndexingLine.tsx';
import { countWords } from '../../workspace/index-words.ts';
import { formatRoute } from '../../workspace/route.ts';
import { SourceActions } from './SourceActions.tsx';

/** One folder: where it is, what it holds, and how far it is. */
export function SourceCard({ source, progress }: { source: Source; progress: IndexProgress | null }) {
  const showsProgress = progress !== null && progress.phase !== 'idle';
  return (
    <li className="card source-card">
      <div className="source-head">
        <Folder aria-hidden />
        <div className="source-names">
          <a
            href={formatRoute({ view: 'knowledge', sourceId: source.id })}
            className="source-link truncate"
            title={source.name}
          >
            {source.name}
          </a>
          <Path path={source.path} maxLength={64} />
        </div>
        <SourceActions source={source} isBusy={showsProgress && progress.phase !== 'failed'} />
      </div>
      {!source.isReachable && (
        <p className="source-unreachable">
          This folder cannot be reached now. What was indexed can still be searched; connect its drive to
          refresh it.
        </p>
      )}
      {showsProgress && <IndexingLine source={source} progress={progress} />}
      <p className="muted small tabular">
        {countWords(source)} · {formatSize(source.counts.sizeBytes)}
        {source.lastIndexedAt !== null && (
          <>
            {' '}
            · indexed <RelativeTime at={source.lastIndexedAt} />
          </>
        )}
        {source.lastIndexedAt === null && !showsProgress && ' · not fully indexed'}
      </p>
    </li>
  );
}
