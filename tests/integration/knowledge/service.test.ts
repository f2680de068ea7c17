import type { KnowledgeState } from '@contract/knowledge';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KnowledgeService } from '../../../src/main/knowledge/knowledge-service.ts';
import type { Embedder } from '../../../src/main/knowledge/vectors/embedder.ts';
import { nodeChildAdapter } from '../../../src/main/platform/node-child-adapter.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { createWorkspace } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let service: KnowledgeService;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace({ 'garden.md': '# Garden\n\nTomatoes like sun.\n' });
  service = openService();
});
afterEach(async () => {
  await service.close();
  workspace.remove();
});

function openService(embedder: Embedder | null = null): KnowledgeService {
  const { dataDir } = workspace;
  const settings = { maxFileBytes: 1_048_576 };
  return new KnowledgeService({ dataDir, adapter: nodeChildAdapter, settings, embedder, entry: built.child });
}

/** Resolves with the first state that fits. */
function stateWhere(isWanted: (state: KnowledgeState) => boolean): Promise<KnowledgeState> {
  return new Promise((resolve) => {
    const stop = service.watch((state) => {
      if (!isWanted(state)) return;
      resolve(state);
      // `watch` may call before it has returned.
      queueMicrotask(() => stop());
    });
  });
}

const isIdleWith = (files: number) => (state: KnowledgeState) =>
  state.progress[0]?.phase === 'idle' && state.sources[0]?.counts.indexed === files;

const lexical = (query: string) => service.search({ query, limit: 5, mode: 'lexical', filters: {} });

describe('the knowledge child', () => {
  it('indexes an added folder at once and finds its text', async () => {
    const indexed = stateWhere(isIdleWith(1));
    const source = await service.addSource(workspace.folder);
    expect(source).toMatchObject({ path: workspace.folder, name: 'folder' });
    await indexed;
    const { hits } = await lexical('tomato');
    expect(hits[0]).toMatchObject({ relativePath: 'garden.md', sourceId: source.id });
    const view = await service.document({ documentId: hits[0]?.documentId ?? 0, firstLine: 1, lineCount: 1 });
    expect(view.lines).toEqual(['# Garden']);
  });

  it('hands typed errors across', async () => {
    await service.addSource(workspace.folder);
    await expect(service.addSource(workspace.folder)).rejects.toMatchObject({ code: 'source_already_added' });
    await expect(service.files({ sourceId: 'unknown' })).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(service.documentPath(4_711)).rejects.toMatchObject({ code: 'document_not_found' });
  });

  it('comes back by itself after being killed while indexing, and completes the index', async () => {
    for (let index = 0; index < 1_500; index++) workspace.write(`note-${index}.txt`, `Heron ${index}.\n`);
    const begun = stateWhere((state) => (state.progress[0]?.chunks ?? 0) > 0);
    await service.addSource(workspace.folder);
    await begun;
    const completed = stateWhere(isIdleWith(1_501));
    process.kill(service.pid ?? 0, 'SIGKILL');
    await completed;
    expect((await lexical('heron')).hits).toHaveLength(5);
  });

  it('fails what was asked of it when it dies, and answers the next request', async () => {
    await service.addSource(workspace.folder);
    await stateWhere(isIdleWith(1));
    const pid = service.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const asked = service.state().catch((error: unknown) => error);
    process.kill(pid, 'SIGKILL');
    expect(await asked).toMatchObject({ code: 'child_crashed' });
    expect((await lexical('tomato')).hits).toHaveLength(1);
  });

  it('says why when the index cannot be opened, without trying for ever', async () => {
    workspace.write('file', 'not a folder');
    workspace.dataDir = `${workspace.folder}/file`;
    await service.close();
    service = openService();
    await expect(service.state()).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('keeps the index over a restart and pauses a source for good', async () => {
    const { id } = await service.addSource(workspace.folder);
    await stateWhere(isIdleWith(1));
    await service.pauseSource(id);
    await service.close();
    service = openService();
    expect(await service.state()).toMatchObject({
      sources: [{ id, isPaused: true }],
      progress: [{ phase: 'paused' }],
    });
    await service.resumeSource(id);
    await stateWhere((state) => state.sources[0]?.isPaused === false && isIdleWith(1)(state));
    await service.removeSource(id);
    expect((await service.state()).sources).toEqual([]);
  });

  it('reads what was too large as soon as the limit is raised', async () => {
    workspace.write('large.txt', 'heron '.repeat(300_000));
    await service.addSource(workspace.folder);
    await stateWhere((state) => isIdleWith(1)(state) && state.sources[0]?.counts.skipped === 1);
    await service.updateSettings({ maxFileBytes: 5_000_000 });
    await stateWhere(isIdleWith(2));
    expect((await lexical('heron')).hits[0]?.relativePath).toBe('large.txt');
  });

  it('embeds with the embedder of the parent and searches by meaning', async () => {
    const embedder: Embedder = {
      key: 'letters',
      name: 'Letters',
      dimensions: 26,
      embed: async (texts) => texts.map(letterFrequencies),
    };
    await service.close();
    service = openService(embedder);
    await service.addSource(workspace.folder);
    await stateWhere((state) => state.embedding.phase === 'done' && state.embedding.done === 1);
    const result = await service.search({
      query: 'tomatoes like sun',
      limit: 5,
      mode: 'vector',
      filters: {},
    });
    expect(result).toMatchObject({ mode: 'vector', hits: [{ relativePath: 'garden.md' }] });
    await service.setEmbedder(null);
    expect(await service.search({ query: 'tomato', limit: 5, mode: 'hybrid', filters: {} })).toMatchObject({
      mode: 'lexical',
    });
  });
});

/** A crude embedding, good enough to tell that vectors travel. */
function letterFrequencies(text: string): Float32Array {
  const vector = new Float32Array(26);
  for (const character of text.toLowerCase()) {
    const letter = character.charCodeAt(0) - 97;
    if (letter >= 0 && letter < 26) vector[letter] = (vector[letter] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
