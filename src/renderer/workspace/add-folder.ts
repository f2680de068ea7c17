import { alcove } from '../client/alcove.ts';
import { createStore } from '../client/store.ts';
import { readAppInfo } from './app-info.ts';
import { nameWords } from './index-words.ts';
import { goTo, route } from './route.ts';
import { showFailure, showToast } from './toasts.ts';

/** True while the folder picker of doors without a system dialog is open. */
export const isPickingFolder = createStore(false);

/** Lets the user choose a folder, by the system's dialog where there is one, and indexes it. */
export async function chooseFolder(): Promise<void> {
  try {
    const info = await readAppInfo();
    if (!info.capabilities.chooseFiles) {
      isPickingFolder.set(true);
      return;
    }
    const path = await alcove.app.chooseFolder();
    if (path !== null) await addFolder(path);
  } catch (error) {
    showFailure(error);
  }
}

/** Adds a folder; indexing starts at once. Returns whether it was added. */
export async function addFolder(path: string): Promise<boolean> {
  try {
    const source = await alcove.knowledge.addSource({ path });
    if (showsProgress()) return true;
    showToast({
      title: `${nameWords(source.name)} is being indexed`,
      detail: 'You can ask about it while this goes on.',
      action: { label: 'Show', run: () => goTo({ view: 'knowledge', sourceId: source.id }) },
    });
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}

/** True where the folder's progress comes into view by itself. */
function showsProgress(): boolean {
  const shown = route.get();
  return shown.view === 'knowledge' || (shown.view === 'chat' && shown.conversationId === null);
}
