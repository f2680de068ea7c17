import type { EngineState, Model } from '@contract/models';
import { Cpu } from 'lucide-react';
import { classNames } from '../../components/class-names.ts';
import { engineWords } from './model-words.ts';

/** What the models run on and the reason for it, and that no chat model is chosen if so. */
export function EngineLine({ engine, models }: { engine: EngineState; models: readonly Model[] }) {
  const hasChat = models.some((model) => model.role === 'chat' && model.isDefault);
  return (
    <div
      className={classNames('engine-line', engine.phase === 'failed' && 'engine-line-failed')}
      role="status"
    >
      <Cpu aria-hidden />
      <div>
        <p>{engineWords(engine)}</p>
        {engine.reason !== null && <p className="muted">{engine.reason}</p>}
        {!hasChat && (
          <p className="muted">No chat model is chosen, so answers quote your files word for word.</p>
        )}
      </div>
    </div>
  );
}
