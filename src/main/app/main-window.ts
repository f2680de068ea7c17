import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { outFolder } from '../platform/entries.ts';
import { isReachable, readWindowState, writeWindowState, type WindowState } from './window-state.ts';

export interface MainWindowOptions {
  page: string;
  /** File that remembers size and place. */
  statePath: string;
  isPackaged: boolean;
}

/** The paper and ink of the page's own tokens, so that nothing flashes before it is painted. */
const paper = { light: '#FBFAF8', dark: '#161614' };
const ink = { light: '#1E1D1A', dark: '#ECEAE4' };
const titleBarHeight = 40;

/** Creates the window and loads the page; it shows itself once painted. */
export function createMainWindow({ page, statePath, isPackaged }: MainWindowOptions): BrowserWindow {
  const state = usableState(statePath);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...state?.bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Alcove',
    backgroundColor: paper[themeName()],
    ...titleBar(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(outFolder(), 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: process.platform === 'darwin',
      devTools: !isPackaged,
    },
  });
  if (state?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(statePath, stateOf(window)));
  followTheme(window);
  void window.loadURL(page);
  return window;
}

function usableState(statePath: string): WindowState | null {
  const state = readWindowState(statePath);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  return state && isReachable(state.bounds, screens) ? state : null;
}

function stateOf(window: BrowserWindow): WindowState {
  return { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
}

function themeName(): 'light' | 'dark' {
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}

/** The page draws the title bar; the system's own buttons lie over it. */
function titleBar(): Electron.BrowserWindowConstructorOptions {
  if (process.platform === 'darwin') {
    return { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 14, y: 13 } };
  }
  return { titleBarStyle: 'hidden', titleBarOverlay: overlayColours() };
}

function overlayColours(): Electron.TitleBarOverlayOptions {
  const name = themeName();
  return { color: paper[name], symbolColor: ink[name], height: titleBarHeight };
}

function followTheme(window: BrowserWindow): void {
  const update = (): void => {
    window.setBackgroundColor(paper[themeName()]);
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlayColours());
  };
  nativeTheme.on('updated', update);
  window.on('closed', () => nativeTheme.off('updated', update));
}
