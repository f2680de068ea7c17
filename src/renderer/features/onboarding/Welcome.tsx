import type { KnowledgeState } from '@contract/knowledge';
import { liveKnowledge, useLive } from '../../client/live.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { countOf } from '../../components/quantity.ts';
import { chooseFolder } from '../../workspace/add-folder.ts';
import { IndexingLine } from '../../workspace/IndexingLine.tsx';
import { countWords, isUnderWay, nameWords } from '../../workspace/index-words.ts';
import { Arch } from './Arch.tsx';
import './welcome.css';

/** What a new chat shows: the way to the first folder, or what can be asked about. */
export function Welcome() {
  const { value: knowledge, failure } = useLive(liveKnowledge);
  if (failure && !knowledge) {
    return (
      <Notice tone="failure" title={failure.title}>
        {failure.detail}
      </Notice>
    );
  }
  if (!knowledge) return null;
  return knowledge.sources.length === 0 ? <FirstFolder /> : <Ready knowledge={knowledge} />;
}

function FirstFolder() {
  return (
    <div className="welcome welcome-drop">
      <Arch />
      <h1>Drop a folder here to ask about what is in it</h1>
      <p className="muted">
        It is read on this computer and stays on it. Answers cite the file and the line they come from.
      </p>
      <p className="welcome-choice">
        or{' '}
        <Button tone="primary" onClick={() => void chooseFolder()}>
          Choose a folder
        </Button>
      </p>
      <p className="muted small">
        Documents, PDFs, web pages, notes, tables and source code. Hidden build folders, binaries and very
        large files are skipped and listed.
      </p>
    </div>
  );
}

function Ready({ knowledge }: { knowledge: KnowledgeState }) {
  const underWay = knowledge.progress.filter((entry) => isUnderWay(entry) || entry.phase === 'failed');
  const [only] = knowledge.sources;
  const about =
    knowledge.sources.length === 1 && only
      ? nameWords(only.name)
      : countOf(knowledge.sources.length, 'folder');
  return (
    <div className="welcome">
      <Arch />
      <h1>Ask about {about}</h1>
      {underWay.length === 0 && (
        <ul className="welcome-sources muted">
          {knowledge.sources.slice(0, 5).map((source) => (
            <li key={source.id} className="tabular">
              {knowledge.sources.length > 1 && <strong>{nameWords(source.name)} </strong>}
              {countWords(source)}
            </li>
          ))}
        </ul>
      )}
      {underWay.length > 0 && (
        <ul className="welcome-progress card">
          {underWay.map((progress) => {
            const source = knowledge.sources.find(({ id }) => id === progress.sourceId);
            return (
              source && (
                <li key={source.id}>
                  <IndexingLine source={source} progress={progress} />
                </li>
              )
            );
          })}
        </ul>
      )}
    </div>
  );
}
