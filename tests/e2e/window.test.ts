import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts';
import { handbookFolder } from './handbook.ts';
import { ask, openCitation, untilIndexed } from './journey.ts';
import {
  dropPaths,
  electronExecutable,
  launchApp,
  repository,
  temporaryFolder,
  type RunningApp,
} from './launch.ts';

const written = 'It is bled every October, by a quarter turn of the brass valve [1].';

describe.skipIf(!electronExecutable())('the window', () => {
  let running: RunningApp | null = null;

  afterEach(async () => {
    await running?.app.close();
    running = null;
  });

  test('from a dropped folder to a cited answer, which is still there after a restart', async () => {
    const dataDir = temporaryFolder('window');
    running = await launchApp({ dataDir });
    await dropPaths(running.page, [handbookFolder()]);
    await untilIndexed(running.page, 3);
    await ask(running.page);
    await running.page.getByText('From your files (no model installed)').waitFor();
    await openCitation(running.page, 'heating.md', 'bled every October');

    await running.app.close();
    running = await launchApp({ dataDir });
    const chats = running.page.getByRole('navigation', { name: 'Chats' });
    await chats.getByText('When is the boiler').click();
    await running.page.locator('[aria-label="Answer"]').getByText('bled every October').first().waitFor();
    await openCitation(running.page, 'heating.md', 'bled every October');
  });

  test('a model of the models folder streams an answer that cites', async () => {
    const dataDir = temporaryFolder('model');
    mkdirSync(join(dataDir, 'models'));
    writeScriptedModel(join(dataDir, 'models', 'scripted.gguf'), { text: written });
    running = await launchApp({ dataDir });
    await dropPaths(running.page, [handbookFolder()]);
    await untilIndexed(running.page, 3);
    await ask(running.page);
    const answer = running.page.locator('[aria-label="Answer"]').last();
    await answer.getByText('It is bled every October').waitFor();
    await openCitation(running.page, '.md', 'brass valve');
  });

  test('kills of its children cost no more than what they were doing', async () => {
    running = await launchApp({ dataDir: temporaryFolder('kill') });
    await dropPaths(running.page, [handbookFolder()]);
    await untilIndexed(running.page, 3);
    const killed = await running.app.evaluate(({ app }) => {
      const children = app.getAppMetrics().filter((metric) => metric.serviceName?.startsWith('node.mojom'));
      for (const { pid } of children) process.kill(pid, 'SIGKILL');
      return children.length;
    });
    expect(killed).toBeGreaterThan(0);
    await ask(running.page);
    await running.page.locator('[aria-label="Answer"]').getByText('bled every October').first().waitFor();
  });

  test('the page has no way out: no Node, no network, no other page, no inline script', async () => {
    running = await launchApp({ dataDir: temporaryFolder('fence') });
    const { page } = running;
    const found = await page.evaluate(async () => {
      const fetched = (url: string): Promise<string> =>
        fetch(url).then(
          (response) => `status ${response.status}`,
          (error: Error) => error.name,
        );
      return {
        globals: ['require', 'process', 'module', 'electron'].filter((name) => name in window),
        bridge: Object.keys((window as unknown as { alcove: object }).alcove),
        http: await fetched('http://127.0.0.1:1/'),
        https: await fetched('https://example.com/'),
        opened: window.open('https://example.com/') === null,
      };
    });
    expect(found).toEqual({
      globals: [],
      bridge: ['pathForFile'],
      http: 'TypeError',
      https: 'TypeError',
      opened: true,
    });
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="/none" onerror="document.title = \'taken over\'">',
      );
    });
    expect(await page.title()).toBe('Alcove');
    const before = page.url();
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd';
    });
    expect(page.url()).toBe(before);
    expect(running.app.windows()).toHaveLength(1);
  });

  test('a reloaded page gets a new port and goes on', async () => {
    running = await launchApp({ dataDir: temporaryFolder('reload') });
    await dropPaths(running.page, [handbookFolder()]);
    await untilIndexed(running.page, 3);
    await running.page.reload();
    await untilIndexed(running.page, 3);
  });

  test('a second writer on its data folder is told so, and readers are served', async () => {
    const dataDir = temporaryFolder('second');
    running = await launchApp({ dataDir });
    const folder = handbookFolder();
    await dropPaths(running.page, [folder]);
    await untilIndexed(running.page, 3);
    const cli = (...args: string[]) =>
      spawnSync(
        process.execPath,
        [join(repository, 'bin/alcove.js'), ...args, '--json', '--data-dir', dataDir],
        {
          encoding: 'utf8',
        },
      );
    const refused = cli('index', folder);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('data_folder_in_use');
    const found = cli('search', 'boiler');
    expect(found.status).toBe(0);
    expect(found.stdout).toContain('heating.md');
  });
});
