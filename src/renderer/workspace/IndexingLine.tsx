import type { IndexProgress, Source } from '@contract/knowledge';
import { Pause, Play } from 'lucide-react';
import { alcove } from '../client/alcove.ts';
import { Button } from '../components/Button.tsx';
import { ProgressBar } from '../components/ProgressBar.tsx';
import { indexWords, nameWords } from './index-words.ts';
import { attempt, showToast } from './toasts.ts';
import './indexing-line.css';

/** Live progress of one folder with its actions: pause or resume, cancel, or try again. */
export function IndexingLine({ source, progress }: { source: Source; progress: IndexProgress }) {
  const words = indexWords(source.name, progress);
  if (progress.phase === 'failed') return <FailedLine source={source} words={words} />;
  // Its line keeps its place between two files, but not where there will be none.
  const reads = progress.phase === 'scanning' || progress.phase === 'indexing';
  return (
    <div className="indexing-line">
      <div className="indexing-line-words">
        <span className="tabular">{words}</span>
        <div className="indexing-line-actions">
          <PauseButton source={source} isPaused={progress.phase === 'paused'} />
          {progress.phase !== 'paused' && <CancelButton source={source} />}
        </div>
      </div>
      <ProgressBar done={progress.filesDone} total={progress.filesTotal} label={`Indexing ${source.name}`} />
      {reads && (
        <p className="indexing-line-file muted small truncate" title={progress.currentFile ?? undefined}>
          {progress.currentFile}
        </p>
      )}
    </div>
  );
}

function PauseButton({ source, isPaused }: { source: Source; isPaused: boolean }) {
  const toggle = (): void => {
    const { pauseSource, resumeSource } = alcove.knowledge;
    attempt((isPaused ? resumeSource : pauseSource)({ sourceId: source.id }));
  };
  return (
    <Button
      tone="quiet"
      className="button-small"
      icon={isPaused ? <Play /> : <Pause />}
      aria-label={`${isPaused ? 'Resume' : 'Pause'} indexing ${source.name}`}
      onClick={toggle}
    >
      {isPaused ? 'Resume' : 'Pause'}
    </Button>
  );
}

/** Ends the run; what it has read so far stays searchable, and it can be taken up again. */
function CancelButton({ source }: { source: Source }) {
  return (
    <Button
      tone="quiet"
      className="button-small"
      aria-label={`Cancel indexing ${source.name}`}
      onClick={() => attempt(cancel(source))}
    >
      Cancel
    </Button>
  );
}

async function cancel({ id: sourceId, name }: Source): Promise<void> {
  await alcove.knowledge.cancelIndexing({ sourceId });
  const goOn = (): void => attempt(alcove.knowledge.refreshSource({ sourceId }));
  showToast({
    title: `Indexing ${nameWords(name)} is cancelled`,
    detail: 'What was read until now can be searched.',
    action: { label: 'Go on', run: goOn },
  });
}

function FailedLine({ source, words }: { source: Source; words: string }) {
  const again = (): void => attempt(alcove.knowledge.refreshSource({ sourceId: source.id }));
  return (
    <div className="indexing-line-words indexing-line-failed" role="alert">
      <span>{words}</span>
      {source.isReachable && (
        <Button className="button-small" aria-label={`Index ${source.name} again`} onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}
