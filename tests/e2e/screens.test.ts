import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { writeBertEmbedder } from '../fixtures/gguf/bert-models.ts';
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts';
import { ask } from './journey.ts';
import { dropPaths, electronExecutable, launchApp, temporaryFolder, type RunningApp } from './launch.ts';

/** Where pictures of the screens go, such as `docs/images`; none are taken when it is not set. */
const pictures = process.env['ALCOVE_SCREENSHOTS'];

const sizes = [
  { name: 'wide', width: 1280, height: 800 },
  { name: 'small', width: 800, height: 600 },
];
const themes = ['light', 'dark'] as const;

const answer =
  'The boiler is bled every October: turn the brass valve a quarter turn and close it once water comes [1]. ' +
  'The pressure should then read between 1.2 and 1.8 bar [1].';

describe.skipIf(!electronExecutable())('every screen, at every size, in both themes', () => {
  let running: RunningApp;

  beforeAll(async () => {
    const dataDir = temporaryFolder('screens');
    mkdirSync(join(dataDir, 'models'));
    writeScriptedModel(join(dataDir, 'models', 'example-chat.gguf'), { text: answer, name: 'Example chat' });
    writeBertEmbedder(join(dataDir, 'models', 'example-embedder.gguf'));
    running = await launchApp({ dataDir });
  });
  afterAll(() => running.app.close());

  test('the empty app', () => onEveryScreen('first-run', () => seen('Drop a folder here')));

  test('an answer with its evidence', async () => {
    const { page } = running;
    await dropPaths(page, [sampleFolder()]);
    await page.getByText('5 files ready').waitFor();
    await ask(page, 'When is the boiler bled, and what pressure should it have?');
    await onEveryScreen('chat', () => seen('quarter turn'));
    await page.getByRole('button', { name: 'Citation 1', exact: true }).first().click();
    const evidence = page.getByRole('region', { name: 'Evidence' });
    await evidence.getByText('brass valve').first().waitFor();
    await onEveryScreen('evidence', () => evidence.waitFor());
    await page.keyboard.press('Escape');
  });

  for (const view of ['Knowledge', 'Models', 'Settings']) {
    test(view, async () => {
      await running.page.getByRole('link', { name: view, exact: true }).click();
      await onEveryScreen(view.toLowerCase(), () =>
        running.page.getByRole('heading', { name: view, exact: true }).waitFor(),
      );
    });
  }

  async function seen(text: string): Promise<void> {
    await running.page.getByText(text).first().waitFor();
  }

  async function onEveryScreen(name: string, untilShown: () => Promise<void>): Promise<void> {
    for (const theme of themes) {
      await running.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const size of sizes) {
        await resize(running, size);
        await untilShown();
        await expectSound(running.page, `${name} ${size.name} ${theme}`);
        if (pictures)
          await running.page.screenshot({ path: join(pictures, `${name}-${size.name}-${theme}.png`) });
      }
    }
  }
});

async function resize({ app, page }: RunningApp, { width, height }: (typeof sizes)[number]): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, content) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(content.width, content.height),
    { width, height },
  );
  await page.waitForFunction((wanted) => innerWidth === wanted, width);
}

/** What no screen may do: scroll sideways, hide controls beyond its edge, or show one that has no name. */
async function expectSound(page: Page, screen: string): Promise<void> {
  // The page lays itself out anew some frames after the window has changed its size.
  await expect
    .poll(async () => ({ screen, ...(await faultsOf(page)) }))
    .toEqual({ screen, sideways: 0, nameless: [], beyond: [] });
}

function faultsOf(page: Page): Promise<{ sideways: number; nameless: string[]; beyond: string[] }> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea')].filter(
      (control) => control.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
    const nameOf = (control: HTMLElement) =>
      control.ariaLabel ??
      (control.getAttribute('aria-labelledby') ||
        control.textContent.trim() ||
        (control as HTMLInputElement).labels?.[0]?.textContent ||
        control.title);
    const isBeyond = (control: HTMLElement) => {
      const { left, right, width } = control.getBoundingClientRect();
      return width > 1 && (left < -1 || right > innerWidth + 1) && !control.closest('[inert], [aria-hidden]');
    };
    return {
      sideways: document.documentElement.scrollWidth - innerWidth,
      nameless: controls
        .filter((control) => !nameOf(control))
        .map((control) => control.outerHTML.slice(0, 120)),
      beyond: controls.filter(isBeyond).map((control) => control.outerHTML.slice(0, 120)),
    };
  });
}

function sampleFolder(): string {
  const folder = join(temporaryFolder('sample'), 'house');
  mkdirSync(join(folder, 'controller'), { recursive: true });
  const files = {
    'heating.md': [
      '# Heating',
      '',
      '## Boiler',
      '',
      'The boiler in the cellar is bled every October. Turn the brass valve a quarter turn',
      'and close it once water comes instead of air.',
      '',
      'The pressure should then read between 1.2 and 1.8 bar. Below that, top up from the',
      'blue tap beside the meter.',
      '',
      '## Radiators',
      '',
      'The radiator in the hall stays on its lowest setting all winter.',
      '',
    ].join('\n'),
    'garden.md': '# Garden\n\nPlums are picked in September, quinces in November.\n',
    'costs.csv': 'month,heating,water\nOctober,84.20,31.00\nNovember,121.75,29.40\n',
    'letter.txt': 'Dear neighbours,\n\nthe stairs will be painted in the second week of May.\n',
    'controller/valve.ts':
      '/** Opens the brass valve by quarters of a turn. */\nexport function openValve(quarters: number): number {\n  return quarters * 90;\n}\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
