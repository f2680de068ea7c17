import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts';
import { handbookFolder } from './handbook.ts';
import { ask, openCitation, untilIndexed } from './journey.ts';
import { dropPaths, electronExecutable, launchApp, temporaryFolder, type RunningApp } from './launch.ts';

/** What the app asks of the system. Its dialogs and programs are nobody's to click here, so those calls are caught. */
describe.skipIf(!electronExecutable())('the desktop around the window', () => {
  let running: RunningApp | null = null;

  afterEach(async () => {
    await running?.app.close();
    running = null;
  });

  test('a folder chosen in the open dialog is indexed; a cited file opens in its program and is revealed', async () => {
    const { app, page } = (running = await launchApp({ dataDir: temporaryFolder('desktop') }));
    const folder = handbookFolder();
    await app.evaluate(({ dialog, shell }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      shell.openPath = async (path) => {
        asked.push(`open ${path}`);
        return '';
      };
      shell.showItemInFolder = (path) => void asked.push(`reveal ${path}`);
    }, folder);
    const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await untilIndexed(page, 3);
    await ask(page);
    await openCitation(page, 'heating.md', 'bled every October');
    const evidence = page.getByRole('region', { name: 'Evidence' });
    await evidence.getByRole('button', { name: /^Open in/ }).click();
    await evidence.getByRole('button', { name: 'Reveal in its folder' }).click();
    const path = join(realpathSync(folder), 'heating.md');
    await vi.waitFor(async () => expect(await asked()).toEqual([`open ${path}`, `reveal ${path}`]), 10_000);
  });

  test('a model file dropped on the window is in the library, ready to answer', async () => {
    const { page } = (running = await launchApp({ dataDir: temporaryFolder('model-drop') }));
    const file = join(temporaryFolder('models'), 'dropped.gguf');
    writeScriptedModel(file, { text: 'Every October [1].' });
    await dropPaths(page, [handbookFolder()]);
    await untilIndexed(page, 3);
    await dropPaths(page, [file]);
    await vi.waitFor(async () => {
      await ask(page);
      const answer = page.locator('[aria-label="Answer"]').last();
      expect(await answer.innerText()).toContain('Every October');
    }, 30_000);
  });
});
