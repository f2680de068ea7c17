import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts';
import { handbookFolder } from './handbook.ts';
import { ask, openCitation, untilIndexed } from './journey.ts';
import { dropPaths, electronExecutable, repository, temporaryFolder, untilReady } from './launch.ts';

const canPackage = process.platform === 'linux' && electronExecutable() !== null;
const executable = join(repository, 'dist/linux-unpacked/alcove');
const packageTimeoutMs = 600_000;

/** Packages and starts what a user would install: other paths, an archive, fuses. */
describe.skipIf(!canPackage)('the packaged app', () => {
  const dataDir = temporaryFolder('packaged');
  let app: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const targets = hasCommand('dpkg-deb') ? ['dir', 'deb'] : ['dir'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      // Packing hard is for releases.
      [join(repository, 'scripts/package.mjs'), '--linux', ...targets, '-c.deb.compression=gz'],
      { encoding: 'utf8', timeout: packageTimeoutMs },
    );
    expect(status, `${stdout}${stderr}`).toBe(0);
    mkdirSync(join(dataDir, 'models'), { recursive: true });
    writeScriptedModel(join(dataDir, 'models', 'scripted.gguf'), { text: 'Every October [1].' });
    app = startPackaged(dataDir);
    const endpoint = await debuggingEndpoint(app);
    // Connecting before there is a page would wait for an answer that never comes.
    await vi.waitFor(() => hasPage(endpoint), { timeout: 30_000, interval: 100 });
    browser = await chromium.connectOverCDP(endpoint);
    page = await firstPage(browser);
    await untilReady(page);
  }, packageTimeoutMs);

  afterAll(async () => {
    await browser?.close();
    if (app?.exitCode === null) {
      app.kill('SIGTERM');
      await once(app, 'exit');
    }
  });

  test('indexes a dropped folder and answers with its engine', async () => {
    await dropPaths(page, [handbookFolder()]);
    await untilIndexed(page, 3);
    await ask(page);
    await page.locator('[aria-label="Answer"]').last().getByText('Every October').waitFor();
    await openCitation(page, '.md', 'October');
  });

  test('has its fuses set: nobody can debug it from outside or swap its code', async () => {
    const fuses = await getCurrentFuseWire(executable);
    const isOn = (option: FuseV1Options) => fuses[option] === FuseState.ENABLE;
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true);
  });

  test.skipIf(!hasCommand('dpkg-deb'))('the .deb holds the app, its launcher and its icon', () => {
    const name = readdirSync(join(repository, 'dist')).find((entry) => entry.endsWith('.deb')) ?? '';
    const deb = join(repository, 'dist', name);
    const listing = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8', maxBuffer: 1e8 });
    for (const part of [
      '/opt/Alcove/alcove',
      '/usr/share/applications/alcove.desktop',
      'app.asar',
      'alcove.png',
    ]) {
      expect(listing).toContain(part);
    }
    const control = execFileSync('dpkg-deb', ['--field', deb], { encoding: 'utf8' });
    expect(control).toMatch(/^Package: alcove$/m);
    expect(control).toMatch(/^Architecture: amd64$/m);
  });
});

function startPackaged(folder: string): ChildProcess {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return spawn(
    executable,
    [...asRoot, '--disable-gpu', '--remote-debugging-port=0', `--data-dir=${folder}`],
    {
      env: { ...process.env, ALCOVE_THREADS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

/** Fuses keep Node's inspector out; Chromium's own debugging port still tells the page. */
function debuggingEndpoint(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stderr) throw new Error('stderr is not piped');
    // Read to the end: an app whose stderr is closed stumbles over its own warnings.
    createInterface({ input: child.stderr }).on('line', (line) => {
      const host = /DevTools listening on ws:\/\/([\d.:]+)/.exec(line)?.[1];
      if (host) resolve(`http://${host}`);
    });
    child.once('exit', (code) => reject(new Error(`The packaged app ended with ${code}.`)));
  });
}

async function hasPage(endpoint: string): Promise<void> {
  const targets = (await (await fetch(`${endpoint}/json/list`)).json()) as { type: string }[];
  if (!targets.some(({ type }) => type === 'page')) throw new Error('No page yet.');
}

async function firstPage(from: Browser): Promise<Page> {
  const [context] = from.contexts();
  if (!context) throw new Error('The packaged app has no window.');
  return context.pages()[0] ?? context.waitForEvent('page');
}

function hasCommand(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(':');
  return folders.some((folder) => existsSync(join(folder, name)));
}
