import type { FileStatus, KnowledgeState } from '@contract/knowledge';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Path } from '../../components/Path.tsx';
import { formatSize } from '../../components/quantity.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { useDebounced } from '../../components/use-debounced.ts';
import { countOf } from '../../components/quantity.ts';
import { IndexingLine } from '../../workspace/IndexingLine.tsx';
import { isUnderWay } from '../../workspace/index-words.ts';
import { goTo } from '../../workspace/route.ts';
import { FileList } from './FileList.tsx';
import { SourceActions } from './SourceActions.tsx';

type Filter = 'all' | FileStatus;
const typingMs = 150;

/** One folder with the fate of each of its files. */
export function SourceScreen({ knowledge, sourceId }: { knowledge: KnowledgeState; sourceId: string }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [query, setQuery] = useState('');
  const settledQuery = useDebounced(query.trim(), typingMs);
  const source = knowledge.sources.find((candidate) => candidate.id === sourceId);
  const progress = knowledge.progress.find((entry) => entry.sourceId === sourceId);
  const back = (): void => goTo({ view: 'knowledge', sourceId: null });
  if (!source) {
    return (
      <EmptyState
        title="This folder is no longer in Alcove"
        actions={<Button onClick={back}>All folders</Button>}
      >
        Add it again if you want to search it.
      </EmptyState>
    );
  }
  const { counts } = source;
  return (
    <div className="page-column source-screen">
      <div>
        <Button tone="quiet" className="source-back" icon={<ArrowLeft />} onClick={back}>
          All folders
        </Button>
      </div>
      <div className="page-head">
        <h1 className="truncate" title={source.name}>
          {source.name}
        </h1>
        <SourceActions source={source} isBusy={progress !== undefined && isUnderWay(progress)} />
      </div>
      <div className="source-facts muted small tabular">
        <Path path={source.path} maxLength={60} />
        <span>
          {countOf(counts.chunks, 'passage')} · {formatSize(counts.sizeBytes)}
        </span>
      </div>
      {progress && progress.phase !== 'idle' && <IndexingLine source={source} progress={progress} />}
      <div className="source-filters">
        <Segmented<Filter>
          label="Show files"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'indexed', label: 'Indexed', count: counts.indexed },
            { value: 'skipped', label: 'Skipped', count: counts.skipped },
            { value: 'failed', label: 'Failed', count: counts.failed },
          ]}
        />
        <SearchField label="Filter files" placeholder="Filter by path" value={query} onChange={setQuery} />
      </div>
      <FileList
        key={`${filter} ${settledQuery}`}
        sourceId={sourceId}
        status={filter === 'all' ? null : filter}
        query={settledQuery}
        isChanging={progress !== undefined && isUnderWay(progress)}
        version={source.lastIndexedAt ?? 0}
      />
    </div>
  );
}
