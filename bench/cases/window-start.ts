import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { SkippedCase } from '../bench-case.ts';
import type { BenchCase, BenchContext } from '../bench-case.ts';
import { median } from '../statistics.ts';

const quickRuns = 1;
const runs = 7;

/** From the start of the Electron process to a window that is drawn and can be used. */
export const windowStart: BenchCase = {
  name: 'window-start',
  summary: 'Start of the app to a usable window, with an empty data folder that exists',
  run: async (context) => {
    const executablePath = findElectron(context.root);
    await timeStart(executablePath, context);
    const times: number[] = [];
    for (let run = 0; run < (context.isQuick ? quickRuns : runs); run++) {
      times.push(await timeStart(executablePath, context));
    }
    return [{ what: 'usable window', value: median(times), unit: 'ms', beside: 'below 2,000' }];
  },
};

function findElectron(root: string): string {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new SkippedCase('needs a display: run it under xvfb-run -a');
  }
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const path = override ? join(override, 'electron') : electronOf(root);
  if (!existsSync(path)) throw new SkippedCase("needs Electron's runtime");
  return path;
}

/** The electron package throws while its runtime has not been downloaded. */
function electronOf(root: string): string {
  try {
    return createRequire(join(root, 'package.json'))('electron') as string;
  } catch {
    return '';
  }
}

/** The page's clock and this process's are the same: the mark is compared with the moment before the launch. */
async function timeStart(executablePath: string, { root, folder }: BenchContext): Promise<number> {
  const startedAt = Date.now();
  const args = [root, '--no-sandbox', '--disable-gpu', '--data-dir', join(folder, 'data')];
  const app = await _electron.launch({ executablePath, args });
  try {
    const window = await app.firstWindow();
    await window.waitForSelector('html[data-ready="true"]', { state: 'attached' });
    const interactiveAt = await window.evaluate(
      () => performance.timeOrigin + (performance.getEntriesByName('alcove:interactive')[0]?.startTime ?? 0),
    );
    return interactiveAt - startedAt;
  } finally {
    await app.close();
  }
}
