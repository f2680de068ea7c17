import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationEvent } from '@contract/conversations';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { damageTable } from '../../fixtures/damaged-database.ts';
import { writeBertEmbedder } from '../../fixtures/gguf/bert-models.ts';
import { openAlcove, type Alcove } from '../../../src/main/alcove.ts';
import { nodeChildAdapter } from '../../../src/main/platform/node-child-adapter.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && canMountTmpfs();
if (!canMount)
  console.log('Skipped: a full disk at the start needs a small file system, which root can mount on Linux.');

/** The whole app without a door, with its real children. */
describe('Alcove, composed', () => {
  let root: string;
  let dataDir: string;
  let folder: string;
  let alcove: Alcove | null = null;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'alcove-composed-'));
    dataDir = join(root, 'data');
    folder = join(root, 'notes');
    mkdirSync(folder);
    writeFileSync(join(folder, 'boiler.md'), '# Boiler\n\nThe boiler is bled every October.\n');
  });
  afterEach(async () => {
    await alcove?.close();
    alcove = null;
    rmSync(root, { recursive: true, force: true });
  });

  async function open(): Promise<Alcove> {
    alcove = await openAlcove({ dataDir, adapter: nodeChildAdapter });
    alcove.start();
    return alcove;
  }

  async function addFolder({ services }: Alcove): Promise<void> {
    await services.knowledge.addSource(folder);
    await vi.waitFor(
      async () => expect((await services.knowledge.state()).sources[0]?.counts.indexed).toBe(1),
      20_000,
    );
  }

  test('opens one data folder once', async () => {
    await open();
    await expect(openAlcove({ dataDir, adapter: nodeChildAdapter })).rejects.toMatchObject({
      code: 'data_folder_in_use',
    });
  });

  test('gives the data folder back and stops its children when it is closed', async () => {
    const first = await open();
    await addFolder(first);
    await first.close();
    const second = await open();
    expect((await second.services.knowledge.state()).sources).toHaveLength(1);
  });

  test('does not open over a damaged database of chats, which it leaves as it is', async () => {
    mkdirSync(dataDir);
    const path = join(dataDir, 'alcove.db');
    writeFileSync(path, 'x'.repeat(8_192));
    await expect(openAlcove({ dataDir, adapter: nodeChildAdapter })).rejects.toMatchObject({
      code: 'data_damaged',
      data: { path },
    });
    expect(readFileSync(path, 'utf8')).toBe('x'.repeat(8_192));
    // The folder was given back: with the file moved away, Alcove opens.
    rmSync(path);
    await open();
  });

  test('does not open over a database that is damaged inside either, and gives the folder back', async () => {
    const sound = await open();
    sound.services.settings.update({ passagesPerAnswer: 5 });
    await sound.close();
    alcove = null;
    const path = join(dataDir, 'alcove.db');
    damageTable(path, 'settings');
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(openAlcove({ dataDir, adapter: nodeChildAdapter })).rejects.toMatchObject({
        code: 'data_damaged',
        data: { path },
      });
    }
  });

  test.skipIf(!canMount)(
    'says that the disk is full when it cannot even be opened, and opens with room',
    async () => {
      mkdirSync(dataDir);
      const mount = (...args: string[]) => execFileSync('mount', [...args, dataDir], { stdio: 'ignore' });
      mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs');
      try {
        writeFileSync(join(dataDir, 'ballast'), 'x'.repeat(60_000));
        await expect(openAlcove({ dataDir, adapter: nodeChildAdapter })).rejects.toMatchObject({
          code: 'disk_full',
          message: expect.stringMatching(/free some space/i) as string,
        });
        mount('-o', 'remount,size=64m');
        await (await open()).close();
        alcove = null;
      } finally {
        execFileSync('umount', [dataDir], { stdio: 'ignore' });
      }
    },
  );

  test('answers from an indexed folder, and keeps the answer', async () => {
    const first = await open();
    await addFolder(first);
    const { conversations } = first.services;
    const { id } = await conversations.create({ sourceIds: null });
    const finished = new Promise<void>((resolve) => {
      conversations.watch(id, (event: ConversationEvent) => event.type === 'finished' && resolve());
    });
    await conversations.send({ conversationId: id, parentId: null, text: 'When is the boiler bled?' });
    await finished;
    await first.close();
    const { messages } = (await open()).services.conversations.get(id);
    expect(messages.map(({ role, status }) => [role, status])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ]);
    expect(messages[1]).toMatchObject({
      mode: 'extractive',
      text: expect.stringContaining('October') as string,
    });
  });

  test('a chosen embedding model reaches the index, and so does its removal', async () => {
    const { services } = await open();
    await addFolder({ services } as Alcove);
    const file = join(root, 'embedder.gguf');
    writeBertEmbedder(file);
    const model = await services.models.add({ path: file });
    await vi.waitFor(async () => {
      const { embedding } = await services.knowledge.state();
      expect(embedding).toMatchObject({ modelName: model.name, phase: 'done', done: 1 });
    }, 30_000);
    await services.models.remove(model.id);
    await vi.waitFor(
      async () => expect((await services.knowledge.state()).embedding.modelName).not.toBe(model.name),
      20_000,
    );
  });

  test('settings reach the domains they are for', async () => {
    const { services } = await open();
    const models = join(root, 'models');
    mkdirSync(models);
    writeBertEmbedder(join(models, 'embedder.gguf'));
    services.settings.update({ modelsFolder: models });
    await vi.waitFor(async () => expect((await services.models.state()).models).toHaveLength(1), 20_000);
  });
});

function canMountTmpfs(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // a container without that right
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
