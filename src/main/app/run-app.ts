import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import { type Alcove, openAlcove } from '../alcove.ts';
import { PageFiles } from '../api/page-files.ts';
import { AppError } from '../platform/app-error.ts';
import { ensureDataDir, resolveDataDir } from '../platform/data-folder.ts';
import { electronChildAdapter } from '../platform/electron-child-adapter.ts';
import { outFolder } from '../platform/entries.ts';
import { dataDirFlag } from './data-dir-flag.ts';
import { ElectronDesktop } from './desktop.ts';
import { createMainWindow } from './main-window.ts';
import { setMenu } from './menu.ts';
import { pageUrl } from './page-address.ts';
import { servePage } from './page-protocol.ts';
import { restrictAllContents, restrictSession } from './session-rules.ts';
import { openWindowDoor } from './window-door.ts';

export interface RunAppOptions {
  args: readonly string[];
  isPackaged: boolean;
}

/** Runs the app on its data folder; a second launch on the same folder brings the first one's window to the front. */
export async function runApp({ args, isPackaged }: RunAppOptions): Promise<void> {
  const dataDir = resolveDataDir({ flag: dataDirFlag(args) });
  try {
    useDataDir(dataDir);
    if (!app.requestSingleInstanceLock()) return app.quit();
    const [alcove] = await Promise.all([
      openAlcove({ dataDir, adapter: electronChildAdapter }),
      app.whenReady(),
    ]);
    openApp(alcove, { dataDir, isPackaged });
  } catch (error) {
    await failToStart(error);
  }
}

/** Chromium's own files live in the data folder too, which makes Electron's instance lock one per data folder. */
function useDataDir(dataDir: string): void {
  ensureDataDir(dataDir);
  const profile = join(dataDir, 'window');
  ensureDataDir(profile);
  app.setPath('userData', profile);
}

function openApp(alcove: Alcove, { dataDir, isPackaged }: { dataDir: string; isPackaged: boolean }): void {
  const page = pageUrl(isPackaged);
  let window: BrowserWindow | null = null;
  const desktop = new ElectronDesktop(() => window);
  const open = (): void => {
    window = createMainWindow({ page, statePath: join(dataDir, 'window.json'), isPackaged });
    openWindowDoor({ window, page, services: alcove.services, desktop, logger: alcove.logger });
    window.on('closed', () => (window = null));
  };
  alcove.services.settings.watch(({ theme }) => (nativeTheme.themeSource = theme));
  restrictAllContents(page);
  restrictSession(session.defaultSession, page);
  servePage(session.defaultSession, new PageFiles(join(outFolder(), 'renderer')));
  setMenu({ isPackaged, send: (command) => desktop.send(command) });
  app.on('second-instance', () => focus(window));
  app.on('activate', () => (window ? focus(window) : open()));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuit(alcove);
  logBugs(alcove);
  open();
  alcove.start();
}

function focus(window: BrowserWindow | null): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

/** Electron does not wait for promises on quit: hold it once, close, then let it go. */
function closeBeforeQuit(alcove: Alcove): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    const finish = (): void => {
      isClosed = true;
      app.quit();
    };
    alcove.close().then(finish, (error: unknown) => {
      alcove.logger.bug('closing failed', error);
      finish();
    });
  });
}

function logBugs(alcove: Alcove): void {
  process.on('uncaughtException', (error) => alcove.logger.bug('uncaught exception', error));
  process.on('unhandledRejection', (error) => alcove.logger.bug('unhandled rejection', error));
}

async function failToStart(error: unknown): Promise<void> {
  const message = error instanceof AppError ? error.message : `Alcove could not start: ${String(error)}`;
  process.stderr.write(`alcove: ${message}\n`);
  await app.whenReady();
  dialog.showErrorBox('Alcove cannot start', message);
  app.exit(1);
}
