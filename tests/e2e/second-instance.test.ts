import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { electronExecutable, launchApp, repository, temporaryFolder, type RunningApp } from './launch.ts';

const executable = electronExecutable();

describe.skipIf(!executable)('a second launch', () => {
  let first: RunningApp | null = null;

  afterEach(async () => {
    await first?.app.close();
    first = null;
  });

  test('on the same data folder shows the window of the first, and ends', async () => {
    const dataDir = temporaryFolder('second-launch');
    first = await launchApp({ dataDir });
    const isVisible = () =>
      first?.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isVisible()),
      );
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    expect(await isVisible()).toEqual([false]);
    expect(await exitCodeOfLaunch(dataDir)).toBe(0);
    await vi.waitFor(async () => expect(await isVisible()).toEqual([true]), 10_000);
  });
});

async function exitCodeOfLaunch(dataDir: string): Promise<number | null> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(executable ?? '', [...asRoot, '--disable-gpu', repository, '--data-dir', dataDir], {
    stdio: 'ignore',
  });
  const [code] = (await once(second, 'exit')) as [number | null];
  return code;
}
