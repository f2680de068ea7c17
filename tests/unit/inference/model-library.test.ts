import { mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelLibrary } from '../../../src/main/inference/model-library.ts';
import { modelMigration, sqliteModelStore } from '../../../src/main/inference/model-store.ts';
import { openDatabase, type Database } from '../../../src/main/platform/database.ts';
import { writeBertEmbedder } from '../../fixtures/gguf/bert-models.ts';
import { str, u32, writeGguf } from '../../fixtures/gguf/gguf-writer.ts';
import { writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';

let folder = '';
let database: Database;
const inFolder = (name: string) => join(folder, 'models', name);
const elsewhere = (name: string) => join(folder, 'downloads', name);

function openLibrary(): ModelLibrary {
  database = openDatabase({
    path: join(folder, 'app.db'),
    migrations: [modelMigration],
    durability: 'normal',
  });
  return new ModelLibrary({ store: sqliteModelStore(database), folders: () => [join(folder, 'models')] });
}

function reopen(): ModelLibrary {
  database.close();
  return openLibrary();
}

let library: ModelLibrary;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alcove-library-'));
  library = openLibrary();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const names = async () => (await library.list()).map(({ name }) => name);

describe('the models folder', () => {
  it('may be absent', async () => {
    expect(await library.list()).toEqual([]);
  });

  it('is searched with its subfolders, and again on rescan', async () => {
    writeScriptedModel(inFolder('deep/er/b.gguf'), { text: 'Hi.', name: 'B' });
    expect(await names()).toEqual(['B']);
    writeScriptedModel(inFolder('a.GGUF'), { text: 'Hi.', name: 'A' });
    writeFileSync(inFolder('readme.txt'), 'not a model');
    expect(await names()).toEqual(['B']);
    await library.rescan();
    expect(await names()).toEqual(['A', 'B']);
  });

  it('lists a damaged file with its problem instead of hiding it', async () => {
    writeScriptedModel(inFolder('cut.gguf'), { text: 'Hi.' });
    truncateSync(inFolder('cut.gguf'), 300_000);
    const [model] = await library.list();
    expect(model?.name).toBe('cut');
    expect(model?.problem).toContain('truncated');
  });

  it('reads a file again when it changed', async () => {
    writeScriptedModel(inFolder('m.gguf'), { text: 'Hi.', name: 'Before' });
    expect(await names()).toEqual(['Before']);
    writeScriptedModel(inFolder('m.gguf'), { text: 'Something longer than that.', name: 'After' });
    await library.rescan();
    expect(await names()).toEqual(['After']);
  });

  it('leaves out the vision part of a model and later parts of a split one', async () => {
    writeGguf(inFolder('mmproj.gguf'), { metadata: { 'general.architecture': str('clip') }, tensors: [] });
    writeGguf(inFolder('m-00002-of-00002.gguf'), {
      metadata: { 'general.architecture': str('llama'), 'split.no': u32(1) },
      tensors: [],
    });
    expect(await names()).toEqual([]);
  });

  it('does not let go of a model that only the file system can remove', async () => {
    writeScriptedModel(inFolder('m.gguf'), { text: 'Hi.' });
    const [model] = await library.list();
    await expect(library.remove(model?.id ?? '')).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('added files', () => {
  it('stay where they are, survive a restart, and can be taken out', async () => {
    writeScriptedModel(elsewhere('it’s "mine".gguf'), { text: 'Hi.', name: 'Mine' });
    const added = await library.add({ path: elsewhere('it’s "mine".gguf') });
    expect(added).toMatchObject({ name: 'Mine', origin: 'added', role: 'chat', problem: null });
    library = reopen();
    expect((await library.list()).map(({ id }) => id)).toEqual([added.id]);
    await library.remove(added.id);
    expect(await library.list()).toEqual([]);
  });

  it('are refused when they are no models, and nothing is stored', async () => {
    writeFileSync(join(folder, 'notes.gguf'), 'Just some notes, long enough for a header.');
    writeGguf(elsewhere('mmproj.gguf'), { metadata: { 'general.architecture': str('clip') }, tensors: [] });
    await expect(library.add({ path: join(folder, 'notes.gguf') })).rejects.toMatchObject({
      code: 'model_file_invalid',
    });
    await expect(library.add({ path: elsewhere('mmproj.gguf') })).rejects.toMatchObject({
      code: 'model_file_invalid',
    });
    await expect(library.add({ path: elsewhere('absent.gguf') })).rejects.toMatchObject({
      code: 'model_file_missing',
    });
    expect(await library.list()).toEqual([]);
  });

  it('keep the role the user gave them', async () => {
    writeScriptedModel(elsewhere('m.gguf'), { text: 'Hi.' });
    await library.add({ path: elsewhere('m.gguf'), role: 'embedding' });
    library = reopen();
    expect((await library.list())[0]?.role).toBe('embedding');
  });

  it('say that they are missing when they were moved, and recover', async () => {
    writeScriptedModel(elsewhere('m.gguf'), { text: 'Hi.' });
    const { id } = await library.add({ path: elsewhere('m.gguf') });
    renameSync(elsewhere('m.gguf'), elsewhere('n.gguf'));
    await library.rescan();
    expect((await library.get(id)).problem).toContain('no longer there');
    renameSync(elsewhere('n.gguf'), elsewhere('m.gguf'));
    await library.rescan();
    expect((await library.get(id)).problem).toBeNull();
  });
});

describe('defaults', () => {
  beforeEach(() => {
    writeScriptedModel(inFolder('a.gguf'), { text: 'Hi.', name: 'A' });
    writeScriptedModel(inFolder('b.gguf'), { text: 'Hi.', name: 'B' });
    writeBertEmbedder(inFolder('e.gguf'), { name: 'E' });
  });
  const chosen = async (role: 'chat' | 'embedding') => (await library.defaultModel(role))?.name ?? null;

  it('are the first usable model of each role until the user chooses', async () => {
    expect([await chosen('chat'), await chosen('embedding')]).toEqual(['A', 'E']);
    truncateSync(inFolder('a.gguf'), 300_000);
    await library.rescan();
    expect(await chosen('chat')).toBe('B');
  });

  it('survive a restart, also when none was chosen', async () => {
    const { id } = await library.find('B');
    await library.setDefault('chat', id);
    await library.setDefault('embedding', null);
    library = reopen();
    expect([await chosen('chat'), await chosen('embedding')]).toEqual(['B', null]);
    expect((await library.list()).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual([
      'B',
    ]);
  });

  it('fall back when the chosen model has gone', async () => {
    await library.setDefault('chat', (await library.find('B')).id);
    rmSync(inFolder('b.gguf'));
    await library.rescan();
    expect(await chosen('chat')).toBe('A');
  });

  it('refuse a model of another role', async () => {
    const { id } = await library.find('E');
    await expect(library.setDefault('chat', id)).rejects.toMatchObject({ code: 'model_role_mismatch' });
  });
});

describe('find', () => {
  it('knows a model by id, path, name and file name', async () => {
    writeScriptedModel(inFolder('file.gguf'), { text: 'Hi.', name: 'The Name' });
    const { id, path } = await library.find('the name');
    for (const wanted of [id, path, 'The Name', 'file.gguf', 'FILE']) {
      expect((await library.find(wanted)).id).toBe(id);
    }
    await expect(library.find('other')).rejects.toMatchObject({ code: 'model_not_found' });
  });
});

describe('listeners', () => {
  it('hear of changes until they leave', async () => {
    let changes = 0;
    const leave = library.onChange(() => (changes += 1));
    await library.rescan();
    await library.setDefault('chat', null);
    leave();
    await library.rescan();
    expect(changes).toBe(2);
  });
});
