import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerLeftUp, Folder } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../client/alcove.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FailureNotice } from '../../components/FailureNotice.tsx';
import { moveFocus } from '../../components/move-focus.ts';
import { addFolder } from '../../workspace/add-folder.ts';
import '../../components/field.css';
import './folder-picker.css';

/** Chooses a folder of this computer where the system's own dialog is out of reach. */
export default function FolderPicker({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState<string | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const listing = useQuery(
    queries.app.listFolders.queryOptions({
      input: path === undefined ? {} : { path },
      placeholderData: keepPreviousData,
    }),
  );
  const go = (next: string): void => {
    setPath(next);
    setTyped(null);
  };
  const chosen = typed ?? listing.data?.path ?? '';
  const add = async (): Promise<void> => {
    if (await addFolder(chosen)) onClose();
  };
  return (
    <Dialog label="Choose a folder" onClose={onClose}>
      <form
        className="folder-picker"
        onSubmit={(event) => {
          event.preventDefault();
          go(chosen);
        }}
      >
        <h2>Choose a folder</h2>
        <div className="folder-picker-path">
          <IconButton
            label="Folder above"
            disabled={!listing.data?.parent}
            onClick={() => listing.data?.parent && go(listing.data.parent)}
          >
            <CornerLeftUp />
          </IconButton>
          <input
            className="field code"
            aria-label="Path of the folder"
            spellCheck={false}
            value={chosen}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <div className="folder-picker-list" onKeyDown={(event) => moveFocus(event, 'button')}>
          {listing.error ? (
            <FailureNotice error={listing.error} />
          ) : (
            listing.data?.folders.map((folder) => (
              <button
                key={folder.path}
                type="button"
                className="folder-row"
                title={folder.path}
                onClick={() => go(folder.path)}
              >
                <Folder aria-hidden />
                <span className="truncate">{folder.name}</span>
              </button>
            ))
          )}
          {listing.data?.folders.length === 0 && (
            <p className="muted folder-picker-empty">No folders in here.</p>
          )}
        </div>
        <div className="folder-picker-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={chosen === ''} onClick={() => void add()}>
            Add this folder
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
