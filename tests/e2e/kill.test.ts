import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts';
import { handbookFolder, question } from './handbook.ts';
import { untilIndexed } from './journey.ts';
import { dropPaths, electronExecutable, launchApp, temporaryFolder, type RunningApp } from './launch.ts';

const fileCount = 900;

describe.skipIf(!electronExecutable())('after kill -9 of the whole app', () => {
  let running: RunningApp;

  afterEach(() => running.app.close());

  test('the question and what was written of its answer are there, and the folder still answers', async () => {
    const dataDir = temporaryFolder('killed-answer');
    mkdirSync(join(dataDir, 'models'));
    writeScriptedModel(join(dataDir, 'models', 'endless.gguf'), {
      text: ' over and over again it says the very same thing',
      isEndless: true,
    });
    running = await launchApp({ dataDir });
    await dropPaths(running.page, [handbookFolder()]);
    await untilIndexed(running.page, 3);
    await running.page.getByRole('textbox', { name: 'Message' }).fill(question);
    await running.page.getByRole('button', { name: 'Send' }).click();
    // What is on disk when it is killed is what must be there after.
    await expect.poll(() => savedAnswer(dataDir), { timeout: 30_000 }).toContain('over and over');
    await kill(running);

    running = await launchApp({ dataDir });
    await untilIndexed(running.page, 3);
    const chats = running.page.getByRole('navigation', { name: 'Chats' });
    await chats.getByText('When is the boiler').click();
    await running.page.getByText(question).last().waitFor();
    await running.page.getByText('Alcove was closed while this was being written').waitFor();
    await running.page.locator('[aria-label="Answer"]').getByText('over and over').first().waitFor();
    expect(await running.page.locator('[aria-label="Answer"][aria-busy="true"]').count()).toBe(0);
  });

  test('an index that was under way goes on by itself, until every file is in', async () => {
    const dataDir = temporaryFolder('killed-index');
    running = await launchApp({ dataDir });
    await dropPaths(running.page, [manyFiles()]);
    await running.page
      .getByText(/Indexing many/)
      .first()
      .waitFor();
    await kill(running);

    running = await launchApp({ dataDir });
    await untilIndexed(running.page, fileCount);
  });
});

function savedAnswer(dataDir: string): string {
  const database = new DatabaseSync(join(dataDir, 'alcove.db'), { readOnly: true });
  try {
    const row = database.prepare("SELECT text FROM messages WHERE role = 'assistant'").get() as
      { text: string } | undefined;
    return row?.text ?? '';
  } finally {
    database.close();
  }
}

async function kill({ app }: RunningApp): Promise<void> {
  const main = app.process();
  const ended = once(main, 'exit');
  main.kill('SIGKILL');
  await ended;
}

function manyFiles(): string {
  const folder = join(temporaryFolder('many'), 'many');
  mkdirSync(folder);
  const paragraph =
    'The quick brown fox jumps over the lazy dog, and does so in paragraph after paragraph.\n\n';
  for (let n = 0; n < fileCount; n++) {
    writeFileSync(join(folder, `note-${n}.md`), `# Note ${n}\n\n${paragraph.repeat(100)}`);
  }
  return folder;
}
