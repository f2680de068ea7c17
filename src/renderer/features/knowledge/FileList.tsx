import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { FileRow, FileStatus } from '@contract/knowledge';
import { useRef, useState } from 'react';
import { queries } from '../../client/alcove.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { moveFocus } from '../../components/move-focus.ts';
import { formatSize } from '../../components/quantity.ts';
import { shortenPath } from '../../components/shorten-path.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import { openEvidence } from '../../workspace/evidence.ts';

const pageSize = 100;
const rowHeightPx = 44;
const refreshMs = 2_000;

interface FileListProps {
  sourceId: string;
  status: FileStatus | null;
  query: string;
  /** True while files are being indexed: the list is then asked for again now and then. */
  isChanging: boolean;
  /** Changes when an index run has finished. */
  version: number;
}

/** Files of a folder with how each ended and why; pages are fetched as they come into view. */
export function FileList({ sourceId, status, query, isChanging, version }: FileListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<number[]>([0]);
  const loaded = useQueries({
    queries: pages.map((page) => {
      const input = {
        sourceId,
        offset: page * pageSize,
        limit: pageSize,
        ...(status === null ? {} : { status }),
        ...(query === '' ? {} : { query }),
      };
      const options = queries.knowledge.files.queryOptions({ input, placeholderData: keepPreviousData });
      return {
        ...options,
        queryKey: [...options.queryKey, version] as unknown as typeof options.queryKey,
        refetchInterval: isChanging ? refreshMs : (false as const),
      };
    }),
  });
  const answered = loaded.find((entry) => entry.data)?.data;
  const error = loaded.find((entry) => entry.error)?.error;
  const total = answered?.total ?? 0;
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
    onChange: (virtualizer) => {
      const needed = [
        ...new Set(virtualizer.getVirtualIndexes().map((index) => Math.floor(index / pageSize))),
      ];
      setPages((held) => (needed.length === 0 || needed.join() === held.join() ? held : needed));
    },
  });
  if (error) return <FailureNotice error={error} />;
  if (!answered) return <Skeleton label="Loading files" lines={8} />;
  if (total === 0) return <NoFiles status={status} query={query} isChanging={isChanging} />;
  const fileAt = (index: number): FileRow | undefined =>
    loaded[pages.indexOf(Math.floor(index / pageSize))]?.data?.files[index % pageSize];
  return (
    <div
      className="file-list"
      ref={scroller}
      tabIndex={0}
      role="list"
      aria-label="Files"
      onKeyDown={(event) => moveFocus(event, 'button')}
    >
      <div className="file-list-sheet" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const file = fileAt(row.index);
          return (
            <div
              key={row.key}
              className="file-row"
              role="listitem"
              aria-setsize={total}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {file && <FileLine file={file} sourceId={sourceId} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const statusLabels: Record<FileStatus, string> = {
  indexed: 'Indexed',
  unchanged: 'Indexed',
  skipped: 'Skipped',
  failed: 'Failed',
};

function FileLine({ file, sourceId }: { file: FileRow; sourceId: string }) {
  const name = shortenPath(file.relativePath, 64);
  const { documentId } = file;
  return (
    <>
      <div className="file-names">
        {documentId === null ? (
          <span className="code truncate" title={file.relativePath}>
            {name}
          </span>
        ) : (
          <button
            type="button"
            className="file-open code truncate"
            title={file.relativePath}
            onClick={() => openEvidence([wholeFile(file, documentId, sourceId)], 0)}
          >
            {name}
          </button>
        )}
        {file.reason !== null && (
          <span className="muted small truncate" title={file.reason}>
            {file.reason}
          </span>
        )}
      </div>
      <span className="muted small tabular">{formatSize(file.sizeBytes)}</span>
      <span className={`file-status file-status-${file.status} small`}>{statusLabels[file.status]}</span>
    </>
  );
}

/** The file as evidence without a passage: it opens at its top with nothing marked. */
function wholeFile(file: FileRow, documentId: number, sourceId: string) {
  return {
    documentId,
    sourceId,
    chunkId: -documentId,
    path: file.relativePath,
    relativePath: file.relativePath,
    startLine: 1,
    endLine: 0,
    page: null,
    heading: null,
    symbol: null,
    language: file.language,
    text: '',
  };
}

function NoFiles({
  status,
  query,
  isChanging,
}: {
  status: FileStatus | null;
  query: string;
  isChanging: boolean;
}) {
  if (query !== '') return <EmptyState title="No file matches">Try a part of its name or folder.</EmptyState>;
  if (isChanging) return <EmptyState title="Nothing here yet">Files are listed as they are read.</EmptyState>;
  switch (status) {
    case 'failed':
      return <EmptyState title="No file failed">Every file that was read gave text.</EmptyState>;
    case 'skipped':
      return <EmptyState title="No file was skipped">Nothing in this folder was left out.</EmptyState>;
    case 'indexed':
    case 'unchanged':
    case null:
      return <EmptyState title="No files">This folder holds nothing Alcove can read.</EmptyState>;
  }
}
