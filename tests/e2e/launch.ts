import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright-core';

export const repository = resolve(import.meta.dirname, '..', '..');

/** Chromium's sandbox refuses to run as root, and a test machine's GPU is nobody's promise. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const chromiumFlags = [...asRoot, '--disable-gpu'];

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `alcove-${name}-`));
}

/** Electron's executable, or null with the reason in one line on the console. */
export function electronExecutable(): string | null {
  const path = findElectron();
  if (!path) console.log('Skipped: no Electron runtime here. Set ELECTRON_OVERRIDE_DIST_PATH to one.');
  else if (process.platform === 'linux' && !process.env['DISPLAY']) {
    console.log('Skipped: no display. Run the tests with xvfb-run.');
    return null;
  }
  return path;
}

function findElectron(): string | null {
  const folders = [
    process.env['ELECTRON_OVERRIDE_DIST_PATH'],
    join(repository, 'node_modules/electron/dist'),
  ];
  const name = electronName();
  return (
    folders.map((folder) => folder && join(folder, name)).find((path) => path && existsSync(path)) ?? null
  );
}

function electronName(): string {
  const pathFile = join(repository, 'node_modules/electron/path.txt');
  return existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
}

/** A system Chromium or Chrome, or null with the reason in one line on the console. */
export function chromiumExecutable(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const found = [process.env['ALCOVE_TEST_CHROMIUM'], ...names.map(which)].find(
    (path) => path && existsSync(path),
  );
  if (!found) console.log('Skipped: no Chromium here. Install it, or name it in ALCOVE_TEST_CHROMIUM.');
  return found ?? null;
}

function which(name: string): string | null {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null; // not installed
  }
}

export interface LaunchOptions {
  dataDir: string;
  /** A packaged app instead of this repository's build. */
  packagedExecutable?: string;
  env?: Record<string, string>;
}

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
}

/** Starts the real app on a data folder and waits until its page is interactive. */
export async function launchApp({
  dataDir,
  packagedExecutable,
  env = {},
}: LaunchOptions): Promise<RunningApp> {
  const executablePath = packagedExecutable ?? findElectron();
  if (!executablePath) throw new Error('No Electron runtime.');
  const appArgs = packagedExecutable ? [] : [repository];
  const app = await _electron.launch({
    executablePath,
    args: [...chromiumFlags, ...appArgs],
    env: { ...inheritedEnv(), ALCOVE_DATA_DIR: dataDir, ALCOVE_THREADS: '1', ...env },
  });
  const page = await app.firstWindow();
  await untilReady(page);
  return { app, page };
}

function inheritedEnv(): Record<string, string> {
  const { ELECTRON_RENDERER_URL: _development, ...env } = process.env;
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The page says so itself, once its shell can be used. */
export async function untilReady(page: Page): Promise<void> {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached', timeout: 30_000 });
}

export interface ServedApp {
  url: string;
  process: ChildProcess;
  stop(): Promise<number | null>;
}

/** Starts `alcove serve` on a data folder. */
export async function serveApp({ dataDir, env = {} }: LaunchOptions): Promise<ServedApp> {
  const child = spawn(process.execPath, [join(repository, 'bin/alcove.js'), 'serve', '--data-dir', dataDir], {
    env: { ...inheritedEnv(), ALCOVE_THREADS: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url: line,
    process: child,
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** A headless system browser that makes no calls of its own. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...chromiumFlags,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Drops real files or folders onto the middle of the page, as the system's drag and drop does. */
export async function dropPaths(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const place = { x: Math.round(width / 2), y: Math.round(height / 2) };
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await session.detach();
}
