import type { AppCommand } from '@contract/app';
import { dialog, shell, type BrowserWindow } from 'electron';
import type { Desktop } from '../api/services.ts';
import { AppError } from '../platform/app-error.ts';
import { isOpenable } from './openable-files.ts';

/** The system's dialogs, file manager and menu, for one window. */
export class ElectronDesktop implements Desktop {
  readonly #window: () => BrowserWindow | null;
  readonly #listeners = new Set<(command: AppCommand) => void>();

  constructor(window: () => BrowserWindow | null) {
    this.#window = window;
  }

  chooseFolder(): Promise<string | null> {
    return this.#choose({ title: 'Add a folder', buttonLabel: 'Add', properties: ['openDirectory'] });
  }

  chooseModelFile(): Promise<string | null> {
    return this.#choose({
      title: 'Add a model',
      buttonLabel: 'Add',
      properties: ['openFile'],
      filters: [{ name: 'GGUF models', extensions: ['gguf'] }],
    });
  }

  async openPath(path: string): Promise<void> {
    if (!isOpenable(path)) {
      throw new AppError(
        'not_supported_here',
        'Alcove does not open files that could run as programs. Show it in its folder instead.',
        { data: { path } },
      );
    }
    const problem = await shell.openPath(path);
    if (problem) {
      throw new AppError('document_unreadable', `The system could not open this file: ${problem}`, {
        data: { path },
      });
    }
  }

  revealPath(path: string): void {
    shell.showItemInFolder(path);
  }

  onCommand(listener: (command: AppCommand) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Passes a menu item's command to the page. */
  send(command: AppCommand['command']): void {
    for (const listener of this.#listeners) listener({ command });
  }

  async #choose(options: Electron.OpenDialogOptions): Promise<string | null> {
    const window = this.#window();
    const { filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options));
    return filePaths[0] ?? null;
  }
}
