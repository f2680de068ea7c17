import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import { VectorStore } from '../../../src/main/knowledge/vectors/vector-store.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { countStrays, createWorkspace, find, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let knowledge: Knowledge;

const fileCount = 600;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace();
  for (let index = 0; index < fileCount; index++)
    workspace.write(`note-${index}.txt`, `Heron number ${index}.\n`);
  knowledge = openKnowledge(workspace, { workerEntry: built.worker });
});
afterEach(async () => {
  await knowledge.close();
  workspace.remove();
});

/** Runs the source and resolves when something of it is stored; `finished` settles with the run. */
async function startRun(sourceId: string): Promise<{ finished: Promise<unknown> }> {
  let finished: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    finished = knowledge
      .indexSource(sourceId, { onProgress: ({ chunks }) => (chunks > 0 ? resolve() : undefined) })
      .catch((error: unknown) => error);
  });
  return { finished };
}

describe('a running index', () => {
  it('pauses, keeping what is done, and goes on from there', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const { finished } = await startRun(id);
    await knowledge.pauseSource(id);
    expect(await finished).toMatchObject({ name: 'AbortError' });
    const paused = knowledge.state();
    expect(paused.sources[0]).toMatchObject({ isPaused: true });
    expect(paused.progress[0]).toMatchObject({ phase: 'paused', failure: null });
    const kept = paused.sources[0]?.counts.indexed ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(fileCount);
    expect(await knowledge.indexSource(id)).toMatchObject({ unchanged: kept, indexed: fileCount - kept });
    expect(knowledge.state().sources[0]).toMatchObject({ isPaused: false });
  });

  it('stays paused over a restart', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    await startRun(id);
    await knowledge.pauseSource(id);
    await knowledge.close();
    knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    knowledge.start();
    expect(knowledge.state().progress[0]?.phase).toBe('paused');
  });

  it('is cancelled without being a failure, and is not taken up by a restart', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const { finished } = await startRun(id);
    await knowledge.cancelIndexing(id);
    expect(await finished).toMatchObject({ name: 'AbortError' });
    expect(knowledge.state().progress[0]).toMatchObject({ phase: 'idle', failure: null });
    await knowledge.close();
    knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    knowledge.start();
    expect(knowledge.state().progress[0]?.phase).toBe('idle');
    expect(await find(knowledge, 'heron')).not.toHaveLength(0);
  });

  it('is stopped by the signal of the caller', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const controller = new AbortController();
    const run = knowledge.indexSource(id, {
      signal: controller.signal,
      onProgress: ({ chunks }) => (chunks > 0 ? controller.abort() : undefined),
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('loses nothing when its folder is removed under it, and goes on when it is back', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const { finished } = await startRun(id);
    renameSync(workspace.folder, `${workspace.folder}-away`);
    await finished;
    expect(countStrays(workspace.dataDir)).toBe(0);
    expect(knowledge.state().sources[0]?.isReachable).toBe(false);
    expect((await find(knowledge, 'heron')).length).toBeGreaterThan(0);
    await expect(knowledge.indexSource(id)).rejects.toMatchObject({
      code: 'source_path_missing',
      message: expect.stringContaining(workspace.folder) as string,
    });
    renameSync(`${workspace.folder}-away`, workspace.folder);
    const { indexed, unchanged, failed } = await knowledge.indexSource(id);
    expect({ done: indexed + unchanged, failed }).toEqual({ done: fileCount, failed: 0 });
  });

  it('is joined, not doubled, by a second call', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const [first, second] = await Promise.all([knowledge.indexSource(id), knowledge.indexSource(id)]);
    expect(first).toBe(second);
    expect(first).toMatchObject({ indexed: fileCount });
  });

  it('reports files, total and chunks as it goes, and the file at work', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const seen: {
      phase: string;
      filesDone: number;
      filesTotal: number | null;
      currentFile: string | null;
    }[] = [];
    await knowledge.indexSource(id, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['scanning', 'indexing']));
    expect(seen[0]?.filesTotal).toBeNull();
    expect(seen.at(-1)).toMatchObject({ filesDone: fileCount, filesTotal: fileCount, chunks: fileCount });
    expect(seen.some(({ currentFile }) => currentFile?.startsWith('note-'))).toBe(true);
  });

  it('is stopped by removing its source', async () => {
    const { id } = await knowledge.addSource(workspace.folder);
    const { finished } = await startRun(id);
    await knowledge.removeSource(id);
    expect(await finished).toMatchObject({ name: 'AbortError' });
    expect(knowledge.state().sources).toEqual([]);
    expect(countStrays(workspace.dataDir)).toBe(0);
  });
});

/** All bytes of the data folder's files. */
function readDataFolder(): string {
  return readdirSync(workspace.dataDir)
    .map((name) => readFileSync(join(workspace.dataDir, name), 'latin1'))
    .join('\n');
}

describe('removing a source', () => {
  it.each([{ hasOther: true }, { hasOther: false }])(
    'leaves no byte of its text behind (%o)',
    async ({ hasOther }) => {
      const other = createWorkspace({ 'kept.txt': 'The osprey stays.\n' });
      if (hasOther) await knowledge.indexSource((await knowledge.addSource(other.folder)).id);
      workspace.write('secret.md', '# Zanzibar\n\nThe quetzalcoatlus sleeps under xylophones.\n');
      await indexFolder(knowledge, workspace);
      workspace.write('secret.md', '# Zanzibar\n\nThe quetzalcoatlus woke among mizzenmasts.\n');
      await indexFolder(knowledge, workspace);
      expect(await find(knowledge, 'quetzalcoatlus')).toEqual(['secret.md']);
      expect(readDataFolder()).toMatch(/quetzalcoatlu/);

      const { id } = await knowledge.ensureSource(workspace.folder);
      await knowledge.removeSource(id);
      expect(readDataFolder()).not.toMatch(/quetzalcoatl|xylophon|mizzenmast|zanzibar|heron/i);
      expect(await find(knowledge, 'heron')).toEqual([]);
      expect(await find(knowledge, 'osprey')).toEqual(hasOther ? ['kept.txt'] : []);
      other.remove();
    },
  );

  it('takes its vectors along, also where nothing is embedded in the background', async () => {
    const embedder = {
      key: 'ones',
      name: 'Ones',
      dimensions: 4,
      embed: async (texts: readonly string[]) => texts.map(() => new Float32Array(4).fill(0.5)),
    };
    await indexFolder(knowledge, workspace);
    await knowledge.setEmbedder(embedder);
    const embedded = new Promise<void>((resolve) => {
      knowledge.onChange((state) => (state.embedding.phase === 'done' ? resolve() : undefined));
    });
    knowledge.start();
    await embedded;
    await knowledge.close();
    const countVectors = async () => {
      const vectors = new VectorStore(join(workspace.dataDir, 'vectors'));
      const count = await vectors.count('ones');
      await vectors.close();
      return count;
    };
    expect(await countVectors()).toBe(fileCount);
    knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    await knowledge.removeSource(knowledge.state().sources[0]?.id ?? '');
    expect((await countVectors()) ?? 0).toBe(0);
  });

  it('is completed by the next start when it was interrupted', async () => {
    await indexFolder(knowledge, workspace);
    const { id } = await knowledge.ensureSource(workspace.folder);
    const removal = knowledge.removeSource(id).catch((error: unknown) => error);
    await knowledge.close();
    await removal;
    knowledge = openKnowledge(workspace, { workerEntry: built.worker });
    expect(knowledge.state().sources).toEqual([]);
    knowledge.start();
    await knowledge.settled();
    expect(countStrays(workspace.dataDir)).toBe(0);
    // The folder can be added again at once.
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: fileCount });
  });
});

describe('a data folder that is open already', () => {
  it('is read beside the process that indexes', async () => {
    await indexFolder(knowledge, workspace);
    const { Knowledge } = await import('../../../src/main/knowledge/knowledge.ts');
    const reader = Knowledge.open({
      dataDir: workspace.dataDir,
      settings: { maxFileBytes: 1_000 },
      isReadOnly: true,
    });
    workspace.write('later.txt', 'A kingfisher came later.\n');
    const run = indexFolder(knowledge, workspace);
    expect(await find(reader, 'heron')).not.toHaveLength(0);
    await run;
    expect(await find(reader, 'kingfisher')).toEqual(['later.txt']);
    await reader.close();
  });

  it('says that nothing is indexed yet where there is no index to read', async () => {
    const { Knowledge } = await import('../../../src/main/knowledge/knowledge.ts');
    const empty = { dataDir: join(workspace.dataDir, 'other'), settings: { maxFileBytes: 1_000 } };
    expect(() => Knowledge.open({ ...empty, isReadOnly: true })).toThrow(/nothing is indexed yet/i);
  });
});
