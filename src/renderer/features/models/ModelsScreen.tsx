import type { Model, ModelRole, ModelsState } from '@contract/models';
import { Box, Plus, RefreshCw } from 'lucide-react';
import { alcove } from '../../client/alcove.ts';
import { liveModels, useLive } from '../../client/live.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Path } from '../../components/Path.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAppInfo } from '../../workspace/app-info.ts';
import { chooseModelFile } from '../../workspace/add-model.ts';
import { attempt } from '../../workspace/toasts.ts';
import { EngineLine } from './EngineLine.tsx';
import { ModelCard } from './ModelCard.tsx';
import { ModelPathField } from './ModelPathField.tsx';
import './models.css';

const roles: readonly { role: ModelRole; title: string; use: string }[] = [
  { role: 'chat', title: 'Chat', use: 'Writes the answers.' },
  { role: 'embedding', title: 'Embedding', use: 'Finds passages by meaning, beside search by words.' },
  { role: 'reranker', title: 'Reranking', use: 'Sorts what was found by how well it fits the question.' },
];

/** The models on this computer, which of them are used for what, and what they run on. */
export default function ModelsScreen() {
  const { value: state, failure } = useLive(liveModels);
  return (
    <div className="page">
      <div className="page-column">
        <ModelsHead />
        {failure && !state && (
          <Notice tone="failure" title={failure.title}>
            {failure.detail}
          </Notice>
        )}
        {!failure && !state && <Skeleton label="Loading models" />}
        {state && <Library state={state} />}
      </div>
    </div>
  );
}

function ModelsHead() {
  const canChoose = useAppInfo()?.capabilities.chooseFiles;
  return (
    <>
      <div className="page-head">
        <h1>Models</h1>
        <IconButton
          label="Look through the models folders again"
          onClick={() => attempt(alcove.models.rescan())}
        >
          <RefreshCw />
        </IconButton>
        {canChoose === true && (
          <Button tone="primary" icon={<Plus />} onClick={() => void chooseModelFile()}>
            Add a model file
          </Button>
        )}
      </div>
      {canChoose === false && <ModelPathField />}
    </>
  );
}

function Library({ state }: { state: ModelsState }) {
  if (state.models.length === 0) return <NoModels folders={state.folders} />;
  return (
    <>
      <EngineLine engine={state.engine} models={state.models} />
      {roles.map(({ role, title, use }) => {
        const members = state.models.filter((model) => model.role === role);
        return (
          members.length > 0 && (
            <RoleSection key={role} title={title} use={use} models={members} state={state} />
          )
        );
      })}
      <Folders folders={state.folders} />
    </>
  );
}

function RoleSection(props: { title: string; use: string; models: readonly Model[]; state: ModelsState }) {
  return (
    <section aria-label={`${props.title} models`}>
      <h2 className="section-title">
        {props.title} <span className="muted models-use">{props.use}</span>
      </h2>
      <ul className="model-list">
        {props.models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            loaded={props.state.engine.loaded.find((entry) => entry.modelId === model.id) ?? null}
            isLoading={props.state.engine.phase === 'loading'}
          />
        ))}
      </ul>
    </section>
  );
}

function NoModels({ folders }: { folders: readonly string[] }) {
  return (
    <>
      <EmptyState icon={<Box />} title="No models on this computer yet">
        Drop a GGUF file anywhere in this window, or copy one into the models folder. Until then, answers
        quote your files word for word.
      </EmptyState>
      <Folders folders={folders} />
    </>
  );
}

function Folders({ folders }: { folders: readonly string[] }) {
  return (
    <section className="models-folders" aria-label="Models folders">
      <h2>Where Alcove looks for models</h2>
      <ul>
        {folders.map((folder) => (
          <li key={folder}>
            <Path path={folder} maxLength={80} />
          </li>
        ))}
      </ul>
    </section>
  );
}
