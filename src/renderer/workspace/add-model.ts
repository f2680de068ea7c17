import { alcove } from '../client/alcove.ts';
import { readAppInfo } from './app-info.ts';
import { goTo } from './route.ts';
import { showFailure, showToast } from './toasts.ts';

/** Lets the user choose a GGUF file with the system's dialog; where there is none, the Models page takes a path. */
export async function chooseModelFile(): Promise<void> {
  try {
    const info = await readAppInfo();
    if (!info.capabilities.chooseFiles) {
      goTo({ view: 'models' });
      return;
    }
    const path = await alcove.app.chooseModelFile();
    if (path !== null) await addModel(path);
  } catch (error) {
    showFailure(error);
  }
}

/** Adds a GGUF file to the library in place. Returns whether it was added. */
export async function addModel(path: string): Promise<boolean> {
  try {
    const model = await alcove.models.add({ path });
    showToast({
      title: `${model.name} is in your library`,
      action: { label: 'Show', run: () => goTo({ view: 'models' }) },
    });
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}
