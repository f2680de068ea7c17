import type { EmbeddingProgress } from '@contract/knowledge';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { embeddingWords } from '../../workspace/index-words.ts';
import { goTo } from '../../workspace/route.ts';

/** Where search by meaning stands, and which model does it. */
export function EmbeddingLine({ embedding }: { embedding: EmbeddingProgress }) {
  const isOff = embedding.phase === 'off' || embedding.phase === 'failed';
  return (
    <section className="embedding" aria-label="Search by meaning">
      <p className={embedding.phase === 'failed' ? 'embedding-failed tabular' : 'muted tabular'}>
        {embeddingWords(embedding)}
        {isOff && (
          <>
            {' '}
            <button type="button" className="link" onClick={() => goTo({ view: 'models' })}>
              Open Models
            </button>
          </>
        )}
      </p>
      {embedding.phase === 'working' && (
        <ProgressBar
          done={embedding.done}
          total={embedding.total}
          label="Learning the meaning of your files"
        />
      )}
    </section>
  );
}
