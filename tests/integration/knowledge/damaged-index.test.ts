import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { damageTable } from '../../fixtures/damaged-database.ts';
import { checkIndex } from '../../../src/main/knowledge/check-index.ts';
import { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import { KnowledgeService } from '../../../src/main/knowledge/knowledge-service.ts';
import { nodeChildAdapter } from '../../../src/main/platform/node-child-adapter.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { createWorkspace, find, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

const settings = { maxFileBytes: 1_048_576 };

let built: BuiltEntries;
let workspace: Workspace;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace({ 'garden.md': '# Garden\n\nTomatoes like sun.\n', 'pond.md': 'A heron.\n' });
});
afterEach(() => workspace.remove());

const open = () => openKnowledge(workspace, { workerEntry: built.worker });
const indexPath = () => join(workspace.dataDir, 'knowledge.db');
/** Without the log that may be kept beside each. */
const keptFiles = () => readdirSync(workspace.dataDir).filter((name) => /\.damaged-[^.]*Z$/.test(name));

async function withKnowledge<Result>(work: (knowledge: Knowledge) => Promise<Result>): Promise<Result> {
  const knowledge = open();
  try {
    return await work(knowledge);
  } finally {
    await knowledge.close();
  }
}

/** Indexes the folder, in a database without a log beside it, and returns the id of its source. */
function indexed(): Promise<string> {
  return withKnowledge(async (knowledge) => {
    await indexFolder(knowledge, workspace);
    return knowledge.state().sources[0]?.id ?? '';
  });
}

describe('an index that is no database any more', () => {
  it('is set aside, and the folder can be indexed anew', async () => {
    await indexed();
    writeFileSync(indexPath(), 'x'.repeat(statSync(indexPath()).size));
    await withKnowledge(async (knowledge) => {
      expect(knowledge.state().sources).toEqual([]);
      expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 2 });
      expect(await find(knowledge, 'heron')).toEqual(['pond.md']);
    });
    expect(keptFiles()).toHaveLength(1);
  });

  it('is left alone by a process that only reads, which says what helps', async () => {
    mkdirSync(workspace.dataDir);
    writeFileSync(indexPath(), 'x'.repeat(8_192));
    const openForReading = () => Knowledge.open({ dataDir: workspace.dataDir, settings, isReadOnly: true });
    expect(openForReading).toThrow(
      expect.objectContaining({
        code: 'index_damaged',
        message: expect.stringContaining('alcove index <folder>') as string,
      }) as Error,
    );
    expect(keptFiles()).toEqual([]);
  });
});

describe('an index that is damaged inside', () => {
  it('says so when a run meets the damage, and is built again at the next start with its folders', async () => {
    const sourceId = await indexed();
    damageTable(indexPath(), 'chunks');
    workspace.write('garden.md', '# Garden\n\nCourgettes like sun too.\n');
    await withKnowledge(async (knowledge) => {
      await expect(knowledge.indexSource(sourceId)).rejects.toMatchObject({ code: 'index_damaged' });
      expect(knowledge.state().progress[0]?.failure).toContain('builds it again');
    });
    await withKnowledge(async (knowledge) => {
      expect(knowledge.state().sources).toMatchObject([{ id: sourceId, path: workspace.folder }]);
      expect(await knowledge.indexSource(sourceId)).toMatchObject({ indexed: 2, unchanged: 0 });
      expect(await find(knowledge, 'courgettes')).toEqual(['garden.md']);
    });
    expect(keptFiles()).toHaveLength(1);
  });

  it('takes its vectors along, which belong to chunks of the damaged file', async () => {
    await indexed();
    const vectors = join(workspace.dataDir, 'vectors');
    mkdirSync(vectors);
    writeFileSync(indexPath(), 'x'.repeat(8_192));
    await withKnowledge(async () => undefined);
    expect(existsSync(vectors)).toBe(false);
  });

  it('keeps a paused folder paused', async () => {
    const sourceId = await indexed();
    await withKnowledge((knowledge) => knowledge.pauseSource(sourceId));
    damageTable(indexPath(), 'chunks');
    expect(checkIndex(workspace.dataDir)).toMatchObject({ state: 'failed' });
    await withKnowledge(async (knowledge) => {
      expect(knowledge.state().sources).toMatchObject([{ id: sourceId, isPaused: true }]);
    });
  });
});

describe('the app', () => {
  it('rebuilds a damaged index by itself as soon as a search meets the damage', async () => {
    await indexed();
    damageTable(indexPath(), 'chunks');
    const service = new KnowledgeService({
      dataDir: workspace.dataDir,
      adapter: nodeChildAdapter,
      settings,
      entry: built.child,
    });
    const search = () => service.search({ query: 'heron', limit: 5, mode: 'lexical', filters: {} });
    try {
      await expect(search()).rejects.toMatchObject({
        code: 'index_damaged',
        message: expect.stringContaining('building it again') as string,
      });
      await vi.waitFor(async () => expect((await search()).hits).toHaveLength(1), 20_000);
      expect((await service.state()).sources).toMatchObject([{ path: workspace.folder }]);
    } finally {
      await service.close();
    }
  });
});

describe('the check of the index', () => {
  it('finds damage, and later says where what is left of it lies', async () => {
    expect(checkIndex(workspace.dataDir)).toMatchObject({ state: 'ok' });
    await indexed();
    expect(checkIndex(workspace.dataDir)).toEqual({ state: 'ok', detail: 'The index is sound.' });
    damageTable(indexPath(), 'documents');
    expect(checkIndex(workspace.dataDir)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('alcove index') as string,
    });
    await withKnowledge(async () => undefined);
    const [kept = ''] = keptFiles();
    expect(checkIndex(workspace.dataDir)).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining(kept) as string,
    });
  });
});
