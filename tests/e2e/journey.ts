import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { question } from './handbook.ts';

/** Asks from an empty chat and waits for the whole answer. */
export async function ask(page: Page, text: string = question): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('[aria-label="Answer"][aria-busy="false"]').last().waitFor();
}

/** Waits until a folder is in and its text can be searched. */
export async function untilIndexed(page: Page, fileCount: number): Promise<void> {
  await page.getByText(`${fileCount} files ready`).waitFor();
}

/** Opens the first citation and looks at the marked passage of the real file. */
export async function openCitation(page: Page, fileName: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Citation 1', exact: true }).first().click();
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await evidence.getByText(text).first().waitFor();
  expect(await evidence.innerText()).toContain(fileName);
}
