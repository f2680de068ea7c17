import { FolderPlus, Library } from 'lucide-react';
import { useState } from 'react';
import { liveKnowledge, useLive } from '../../client/live.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { chooseFolder } from '../../workspace/add-folder.ts';
import { EmbeddingLine } from './EmbeddingLine.tsx';
import { SearchResults } from './SearchResults.tsx';
import { SourceCard } from './SourceCard.tsx';
import { SourceScreen } from './SourceScreen.tsx';
import './knowledge.css';

const addButton = (
  <Button tone="primary" icon={<FolderPlus />} onClick={() => void chooseFolder()}>
    Add a folder
  </Button>
);

/** The folders Alcove knows, how far each is indexed, and search across them. */
export default function KnowledgeScreen({ sourceId }: { sourceId: string | null }) {
  const { value: knowledge, failure } = useLive(liveKnowledge);
  const [query, setQuery] = useState('');
  if (!knowledge) {
    return (
      <div className="page page-column">
        {failure ? (
          <Notice tone="failure" title={failure.title}>
            {failure.detail}
          </Notice>
        ) : (
          <Skeleton label="Loading folders" />
        )}
      </div>
    );
  }
  if (sourceId !== null) return <SourceScreen key={sourceId} knowledge={knowledge} sourceId={sourceId} />;
  if (knowledge.sources.length === 0) return <NoFolders />;
  return (
    <div className="page">
      <div className="page-column">
        <div className="page-head">
          <h1>Knowledge</h1>
          {addButton}
        </div>
        <SearchField
          label="Search documents"
          placeholder="Search in all folders"
          value={query}
          onChange={setQuery}
        />
        {query.trim() === '' ? (
          <>
            <ul className="source-list" aria-label="Folders">
              {knowledge.sources.map((source) => (
                <SourceCard
                  key={source.id}
                  source={source}
                  progress={knowledge.progress.find((entry) => entry.sourceId === source.id) ?? null}
                />
              ))}
            </ul>
            <EmbeddingLine embedding={knowledge.embedding} />
          </>
        ) : (
          <SearchResults query={query} sources={knowledge.sources} />
        )}
      </div>
    </div>
  );
}

function NoFolders() {
  return (
    <div className="page">
      <div className="page-column">
        <EmptyState icon={<Library />} title="No folders yet" actions={addButton}>
          Drop a folder anywhere in this window, or choose one. It is indexed on this computer and can be
          searched while that goes on.
        </EmptyState>
      </div>
    </div>
  );
}
