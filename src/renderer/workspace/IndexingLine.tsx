import type { IndexProgress, Source } from '@contract/knowledge';
import { Pause, Play } from 'lucide-react';
import { alcove } from '../client/alcove.ts';
import { Button } from '../components/Button.tsx';
import { ProgressBar } from '../components/ProgressBar.tsx';
import { indexWords } from './index-words.ts';
import { attempt } from './toasts.ts';
import './indexing-line.css';

/** Live progress of one folder with its one action: pause or resume. */
export function IndexingLine({ source, progress }: { source: Source; progress: IndexProgress }) {
  const isPaused = progress.phase === 'paused';
  const toggle = (): void => {
    const { pauseSource, resumeSource } = alcove.knowledge;
    attempt((isPaused ? resumeSource : pauseSource)({ sourceId: source.id }));
  };
  return (
    <div className="indexing-line">
      <div className="indexing-line-words">
        <span className="tabular">{indexWords(source.name, progress)}</span>
        {progress.phase !== 'failed' && (
          <Button
            tone="quiet"
            className="button-small"
            icon={isPaused ? <Play /> : <Pause />}
            aria-label={`${isPaused ? 'Resume' : 'Pause'} indexing ${source.name}`}
            onClick={toggle}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
        )}
      </div>
      <ProgressBar done={progress.filesDone} total={progress.filesTotal} label={`Indexing ${source.name}`} />
      <p className="indexing-line-file muted small truncate" title={progress.currentFile ?? undefined}>
        {progress.currentFile}
      </p>
    </div>
  );
}
