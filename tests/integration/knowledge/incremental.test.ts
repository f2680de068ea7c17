import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { countStrays, createWorkspace, find, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let knowledge: Knowledge;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace({
    'notes/garden.md': '# Garden\n\nTomatoes like sun and basil.\n',
    'notes/kitchen.md': '# Kitchen\n\nSharpen the knives.\n',
    'src/app.py': 'def open_valve():\n    return "water"\n',
  });
  knowledge = openKnowledge(workspace, { workerEntry: built.worker });
});
afterEach(async () => {
  await knowledge.close();
  workspace.remove();
});

const nothing = { indexed: 0, unchanged: 0, skipped: 0, failed: 0, removed: 0, failures: [] };

describe('indexing a folder again', () => {
  it('indexes every file at first and reads none again while nothing changes', async () => {
    expect(await indexFolder(knowledge, workspace)).toEqual({ ...nothing, indexed: 3, chunks: 3 });
    expect(await indexFolder(knowledge, workspace)).toEqual({ ...nothing, unchanged: 3, chunks: 3 });
  });

  it('finds text by a word of it, by a part of a symbol and by the path', async () => {
    await indexFolder(knowledge, workspace);
    expect(await find(knowledge, 'tomato')).toEqual(['notes/garden.md']);
    expect(await find(knowledge, 'valve')).toEqual(['src/app.py']);
    expect(await find(knowledge, 'kitchen')).toEqual(['notes/kitchen.md']);
  });

  it('replaces the text of an edited file and leaves the others alone', async () => {
    await indexFolder(knowledge, workspace);
    workspace.write('notes/garden.md', '# Garden\n\nCarrots like sand.\n');
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, unchanged: 2 });
    expect(await find(knowledge, 'carrot')).toEqual(['notes/garden.md']);
    expect(await find(knowledge, 'tomato')).toEqual([]);
    expect(countStrays(workspace.dataDir)).toBe(0);
  });

  it('takes a touched file with the same bytes as unchanged, and does not read it a third time', async () => {
    await indexFolder(knowledge, workspace);
    const touched = join(workspace.folder, 'notes/garden.md');
    utimesSync(touched, new Date(), new Date(2_000, 1, 1));
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 0, unchanged: 3 });
    await knowledge.close();
    // A run that had to read anything would need a worker.
    knowledge = openKnowledge(workspace, { workerEntry: '/nowhere.js' });
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 0, unchanged: 3 });
  });

  it('tells files of the last run from those it did not need to read', async () => {
    await indexFolder(knowledge, workspace);
    workspace.write('notes/garden.md', '# Garden\n\nCarrots like sand.\n');
    await indexFolder(knowledge, workspace);
    const sourceId = knowledge.state().sources[0]?.id ?? '';
    const paths = (status: 'indexed' | 'unchanged') =>
      knowledge.files({ sourceId, status }).files.map((file) => file.relativePath);
    expect(paths('indexed')).toEqual(['notes/garden.md']);
    expect(paths('unchanged')).toEqual(['notes/kitchen.md', 'src/app.py']);
    expect(knowledge.files({ sourceId, query: 'KITCH' }).total).toBe(1);
  });

  it('drops a deleted file and follows a renamed one', async () => {
    await indexFolder(knowledge, workspace);
    rmSync(join(workspace.folder, 'src/app.py'));
    renameSync(join(workspace.folder, 'notes/garden.md'), join(workspace.folder, 'notes/plot.md'));
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, unchanged: 1, removed: 2 });
    expect(await find(knowledge, 'tomato')).toEqual(['notes/plot.md']);
    expect(await find(knowledge, 'valve')).toEqual([]);
    expect(countStrays(workspace.dataDir)).toBe(0);
  });

  it('drops files that a new .gitignore leaves out', async () => {
    await indexFolder(knowledge, workspace);
    workspace.write('.gitignore', 'notes/\n');
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ removed: 2, unchanged: 1 });
  });

  it('reads a file that was too large once the limit is raised', async () => {
    workspace.write('log.txt', 'heron '.repeat(1_000));
    await knowledge.close();
    knowledge = openKnowledge(workspace, { workerEntry: built.worker }, 2_000);
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 3, skipped: 1 });
    const [skipped] = knowledge.files({
      sourceId: knowledge.state().sources[0]?.id ?? '',
      status: 'skipped',
    }).files;
    expect(skipped?.reason).toMatch(/larger than the limit/i);
    knowledge.updateSettings({ maxFileBytes: 10_000 });
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, unchanged: 3, skipped: 0 });
    expect(await find(knowledge, 'heron')).toContain('log.txt');
  });

  it('keeps every document when the folder has gone, and says that it cannot be reached', async () => {
    await indexFolder(knowledge, workspace);
    const sourceId = knowledge.state().sources[0]?.id ?? '';
    renameSync(workspace.folder, `${workspace.folder}-unplugged`);
    await expect(knowledge.indexSource(sourceId)).rejects.toMatchObject({ code: 'source_path_missing' });
    expect(await find(knowledge, 'tomato')).toEqual(['notes/garden.md']);
    const state = knowledge.state();
    expect(state.sources[0]?.isReachable).toBe(false);
    expect(state.progress[0]).toMatchObject({
      phase: 'failed',
      failure: expect.stringContaining('cannot be found') as string,
    });
    renameSync(`${workspace.folder}-unplugged`, workspace.folder);
    expect(await knowledge.indexSource(sourceId)).toMatchObject({ unchanged: 3, removed: 0 });
  });

  it('lists a failed file with its reason in every run and tries it again only when it changes', async () => {
    workspace.write('broken.pdf', 'this is no PDF');
    const first = await indexFolder(knowledge, workspace);
    expect(first.failures).toEqual([{ path: 'broken.pdf', reason: expect.any(String) as string }]);
    expect(await indexFolder(knowledge, workspace)).toMatchObject({
      failed: 1,
      unchanged: 3,
      failures: first.failures,
    });
  });

  it('counts what it holds for the list of sources', async () => {
    workspace.write('photo.xyz', 'not a format anybody reads');
    await indexFolder(knowledge, workspace);
    expect(knowledge.state().sources[0]).toMatchObject({
      counts: { indexed: 3, skipped: 1, failed: 0, chunks: 3 },
      isReachable: true,
      name: 'folder',
    });
  });

  it('leaves its own data out when the data folder lies in a source', async () => {
    await knowledge.close();
    workspace = { ...workspace, dataDir: join(workspace.folder, 'data') };
    mkdirSync(workspace.dataDir);
    knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 3, skipped: 0 });
  });
});
