import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Hit, SearchFilters, Source } from '@contract/knowledge';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../client/alcove.ts';
import { useStore } from '../../client/store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { excerpt } from '../../components/excerpt.ts';
import { Marked } from '../../components/Marked.tsx';
import { moveFocus } from '../../components/move-focus.ts';
import { countOf } from '../../components/quantity.ts';
import { shortenPath } from '../../components/shorten-path.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import { duration } from '../../components/time.ts';
import { useDebounced } from '../../components/use-debounced.ts';
import { evidence, openEvidence } from '../../workspace/evidence.ts';
import { placeOf } from '../../workspace/place-words.ts';
import { SearchFilterBar } from './SearchFilterBar.tsx';

const typingMs = 120;
const limit = 40;
const shownLines = 3;

/** Passages that match, best first, in their words; choosing one opens it in its file. */
export function SearchResults({ query, sources }: { query: string; sources: readonly Source[] }) {
  const [filters, setFilters] = useState<SearchFilters>({});
  const settledQuery = useDebounced(query.trim(), typingMs);
  const settledFilters = useDebounced(filters, typingMs);
  const { data, error } = useQuery(
    queries.knowledge.search.queryOptions({
      input: { query: settledQuery, limit, filters: settledFilters },
      enabled: settledQuery !== '',
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <SearchFilterBar sources={sources} filters={filters} onChange={setFilters} />
      {error && <FailureNotice error={error} />}
      {!error && !data && <Skeleton label="Searching" lines={8} />}
      {data && (
        <p className="muted small tabular results-count" role="status">
          {countOf(data.hits.length, 'passage')} in {duration(data.durationMs)}
          {data.mode === 'lexical' ? ', by words' : ', by words and meaning'}
        </p>
      )}
      {data?.hits.length === 0 && (
        <EmptyState icon={<Search />} title="Nothing matches">
          Try other words or fewer of them, or widen the filters.
        </EmptyState>
      )}
      {data && (
        <ol className="results" aria-label="Results" onKeyDown={(event) => moveFocus(event, 'button')}>
          {data.hits.map((hit, index) => (
            <Result
              key={hit.chunkId}
              hit={hit}
              query={settledQuery}
              onOpen={() => openEvidence(data.hits, index)}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Result({ hit, query, onOpen }: { hit: Hit; query: string; onOpen: () => void }) {
  const shown = useStore(evidence);
  const isShown = shown?.items[shown.index]?.chunkId === hit.chunkId;
  return (
    <li>
      <button type="button" className="result" aria-current={isShown} onClick={onOpen}>
        <span className="result-head">
          <span className="result-path truncate" title={hit.path}>
            {shortenPath(hit.relativePath, 60)}
          </span>
          <span className="muted small truncate">{hit.symbol ?? hit.heading ?? ''}</span>
          <span className="muted small tabular result-place">{placeOf(hit)}</span>
        </span>
        <span className="result-text">
          <Marked text={excerpt(hit.text, query, shownLines)} query={query} />
        </span>
      </button>
    </li>
  );
}
