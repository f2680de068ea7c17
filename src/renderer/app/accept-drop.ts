import { addFolder, isPickingFolder } from '../workspace/add-folder.ts';
import { addModel } from '../workspace/add-model.ts';
import { showToast } from '../workspace/toasts.ts';

interface DroppedItem {
  file: File;
  /** Null where the browser does not tell. */
  isFolder: boolean | null;
}

export type DropKind = 'model' | 'folder' | 'file';

export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Words while something is held over the window; names are only readable where the system gives them early. */
export function describeDrag(transfer: DataTransfer | null): string {
  const names = [...(transfer?.files ?? [])].map((file) => file.name);
  const [name] = names;
  if (name === undefined) return 'Drop to add it to Alcove';
  if (names.length > 1) return `Drop to add these ${names.length} items`;
  return `Drop to add ${name}`;
}

/** What a dropped item is to Alcove. What cannot be told apart is taken for a folder; adding it says if it is none. */
export function dropKind(name: string, isFolder: boolean | null): DropKind {
  if (isFolder !== true && name.toLowerCase().endsWith('.gguf')) return 'model';
  return isFolder === false ? 'file' : 'folder';
}

/** Adds dropped folders to the index and dropped GGUF files to the models, and says what became of the rest. */
export async function acceptDrop(transfer: DataTransfer): Promise<void> {
  const items = droppedItems(transfer);
  const pathForFile = window.alcove?.pathForFile;
  if (!pathForFile) {
    showToast({
      title: 'A browser page cannot learn where a folder lives',
      detail: 'Choose the folder instead.',
      action: { label: 'Choose a folder', run: () => isPickingFolder.set(true) },
    });
    return;
  }
  for (const { file, isFolder } of items) {
    const kind = dropKind(file.name, isFolder);
    if (kind === 'file') refuse(file.name);
    else if (kind === 'model') await addModel(pathForFile(file));
    else await addFolder(pathForFile(file));
  }
}

// Everything is read before the first await: the transfer is empty afterwards.
function droppedItems(transfer: DataTransfer): DroppedItem[] {
  return [...transfer.items].flatMap((item) => {
    const file = item.getAsFile();
    return file ? [{ file, isFolder: item.webkitGetAsEntry()?.isDirectory ?? null }] : [];
  });
}

function refuse(name: string): void {
  showToast({
    tone: 'failure',
    title: `${name} is a single file`,
    detail: 'Alcove indexes folders. Drop the folder it is in, or a GGUF file to add a model.',
  });
}
