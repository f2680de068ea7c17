import type { LoadedModel, Model } from '@contract/models';
import { Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { alcove } from '../../client/alcove.ts';
import { Button } from '../../components/Button.tsx';
import { Menu } from '../../components/Menu.tsx';
import { Path } from '../../components/Path.tsx';
import { attempt, showFailure } from '../../workspace/toasts.ts';
import { loadedWords, modelFacts } from './model-words.ts';

/** One model: what it is, whether it is the one used, and loading it ahead of time. */
export function ModelCard({
  model,
  loaded,
  isLoading,
}: {
  model: Model;
  loaded: LoadedModel | null;
  isLoading: boolean;
}) {
  const isUsable = model.problem === null;
  return (
    <li className="card model-card">
      <div className="model-head">
        <input
          type="radio"
          name={`default-${model.role}`}
          aria-label={`Use ${model.name}`}
          checked={model.isDefault}
          disabled={!isUsable}
          onChange={() => attempt(alcove.models.setDefault({ role: model.role, modelId: model.id }))}
        />
        <div className="model-names">
          <p className="model-name truncate" title={model.name}>
            {model.name}
          </p>
          <p className="muted small tabular">{modelFacts(model).join(' · ')}</p>
          {loaded && <p className="model-loaded small tabular">{loadedWords(loaded)}</p>}
        </div>
        <LoadButton model={model} isLoaded={loaded !== null} isEngineLoading={isLoading} />
        {(model.origin === 'added' || model.isDefault) && <ModelMenu model={model} />}
      </div>
      {model.problem !== null && <p className="model-problem">{model.problem}</p>}
      <Path path={model.path} maxLength={84} />
    </li>
  );
}

function LoadButton({
  model,
  isLoaded,
  isEngineLoading,
}: {
  model: Model;
  isLoaded: boolean;
  isEngineLoading: boolean;
}) {
  const [isWaiting, setIsWaiting] = useState(false);
  const run = async (): Promise<void> => {
    setIsWaiting(true);
    try {
      await (isLoaded ? alcove.models.unload : alcove.models.load)({ modelId: model.id });
    } catch (error) {
      showFailure(error);
    } finally {
      setIsWaiting(false);
    }
  };
  const verb = isLoaded ? 'Unload' : 'Load';
  return (
    <Button
      className="button-small"
      aria-label={`${verb} ${model.name}`}
      disabled={isWaiting || model.problem !== null || (isEngineLoading && !isLoaded)}
      onClick={() => void run()}
    >
      {isWaiting ? `${verb}ing…` : verb}
    </Button>
  );
}

function ModelMenu({ model }: { model: Model }) {
  const stopUsing = (): void => attempt(alcove.models.setDefault({ role: model.role, modelId: null }));
  const remove = (): void => attempt(alcove.models.remove({ modelId: model.id }));
  return (
    <Menu
      trigger={
        <button type="button" className="icon-button" aria-label={`Actions for ${model.name}`}>
          <Ellipsis />
        </button>
      }
      items={[
        ...(model.isDefault ? [{ label: 'Stop using this model', run: stopUsing }] : []),
        ...(model.origin === 'added'
          ? [{ label: 'Remove from the library', icon: <Trash2 />, tone: 'danger' as const, run: remove }]
          : []),
      ]}
    />
  );
}
