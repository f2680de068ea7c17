import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { handbookFolder } from './handbook.ts';
import { ask, openCitation, untilIndexed } from './journey.ts';
import {
  chromiumExecutable,
  launchChromium,
  serveApp,
  temporaryFolder,
  untilReady,
  type ServedApp,
} from './launch.ts';

const executable = chromiumExecutable();

describe.skipIf(!executable)('the browser door in a real browser', () => {
  let browser: Browser;
  let served: ServedApp;
  let page: Page;
  let dataDir: string;

  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    dataDir = temporaryFolder('served');
    served = await serveApp({ dataDir });
    page = await (await browser.newContext()).newPage();
    await page.goto(served.url);
    await untilReady(page);
  });
  afterEach(async () => {
    await page.context().close();
    await served.stop();
  });

  async function addFolder(path: string): Promise<void> {
    await page.getByRole('button', { name: 'Choose a folder' }).first().click();
    await page.getByRole('textbox', { name: 'Path of the folder' }).fill(path);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Add/ }).last().click();
  }

  test('takes the token out of the address', () => {
    expect(page.url()).not.toContain('token');
  });

  test('from a chosen folder to a cited answer, which is still there after a restart', async () => {
    await addFolder(handbookFolder());
    await untilIndexed(page, 3);
    await ask(page);
    await openCitation(page, 'heating.md', 'bled every October');

    await served.stop();
    served = await serveApp({ dataDir });
    await page.goto(served.url);
    await untilReady(page);
    await page.getByRole('navigation', { name: 'Chats' }).getByText('When is the boiler').click();
    await page.locator('[aria-label="Answer"]').getByText('bled every October').first().waitFor();
  });

  test('asks nothing of any other host', async () => {
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.reload();
    await untilReady(page);
    expect([...hosts]).toEqual([new URL(served.url).host]);
  });

  test('ends in an orderly way on Ctrl+C', async () => {
    expect(await served.stop()).toBe(130);
  });
});
