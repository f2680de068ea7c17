import type { Source } from '@contract/knowledge';
import { FolderPlus, Library } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Button } from '../../components/Button.tsx';
import { formatCount } from '../../components/quantity.ts';
import { chooseFolder } from '../../workspace/add-folder.ts';
import { scopeLabel } from './scope-words.ts';

/** Chooses which folders a chat searches. */
export function ScopePicker({
  sources,
  sourceIds,
  onChange,
}: {
  sources: readonly Source[];
  sourceIds: string[] | null;
  onChange: (sourceIds: string[] | null) => void;
}) {
  const label = scopeLabel(sources, sourceIds);
  if (sources.length === 0) {
    return (
      <Button
        tone="quiet"
        className="scope-trigger"
        icon={<FolderPlus />}
        onClick={() => void chooseFolder()}
      >
        Add a folder
      </Button>
    );
  }
  const isChosen = (id: string): boolean => sourceIds === null || sourceIds.includes(id);
  const toggle = (id: string): void => {
    const next = sources.map((source) => source.id).filter((other) => (other === id) !== isChosen(other));
    onChange(next.length === sources.length ? null : next);
  };
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button
          tone="quiet"
          className="scope-trigger"
          icon={<Library />}
          aria-label={`Folders to search: ${label}`}
        >
          <span className="truncate">{label}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="scope"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Folders to search"
        >
          <p className="scope-title">Answers draw on</p>
          <Choice
            name="All folders"
            isChecked={sourceIds === null}
            onToggle={() => onChange(sourceIds === null ? [] : null)}
          />
          <hr />
          {sources.map((source) => (
            <Choice
              key={source.id}
              name={source.name}
              title={source.path}
              files={source.counts.indexed}
              isChecked={isChosen(source.id)}
              onToggle={() => toggle(source.id)}
            />
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choice(props: {
  name: string;
  title?: string;
  files?: number;
  isChecked: boolean;
  onToggle: () => void;
}) {
  return (
    <label className="scope-choice" title={props.title}>
      <input type="checkbox" checked={props.isChecked} onChange={props.onToggle} />
      <span className="truncate">{props.name}</span>
      {props.files !== undefined && <span className="muted small tabular">{formatCount(props.files)}</span>}
    </label>
  );
}
