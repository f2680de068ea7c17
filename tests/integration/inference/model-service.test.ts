import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineState, ModelsState } from '../../../src/contract/models.ts';
import type { EngineApi } from '../../../src/main/inference/engine-api.ts';
import { InferenceService } from '../../../src/main/inference/inference-service.ts';
import { ModelLibrary } from '../../../src/main/inference/model-library.ts';
import { ModelService } from '../../../src/main/inference/model-service.ts';
import { modelMigration, sqliteModelStore } from '../../../src/main/inference/model-store.ts';
import { openDatabase, type Database } from '../../../src/main/platform/database.ts';
import type { ProcessHost } from '../../../src/main/platform/process-host.ts';
import { writeBertEmbedder } from '../../fixtures/gguf/bert-models.ts';
import { citedAnswer, writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';
import { engineHost } from '../../fixtures/processes/engine.ts';

let folder = '';
let database: Database;
let host: ProcessHost<EngineApi>;
let inference: InferenceService;
let models: ModelService;
const file = (name: string) => join(folder, 'models', name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alcove-models-'));
  database = openDatabase({
    path: join(folder, 'app.db'),
    migrations: [modelMigration],
    durability: 'normal',
  });
  const library = new ModelLibrary({
    store: sqliteModelStore(database),
    folders: () => [join(folder, 'models')],
  });
  host = await engineHost();
  inference = new InferenceService(host);
  models = new ModelService(library, inference);
});
afterEach(async () => {
  await inference.stop();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(): Promise<string> {
  const chat = await models.chatModel({});
  let text = '';
  const request = { messages: [{ role: 'user' as const, content: 'Well?' }], maxTokens: 100, temperature: 0 };
  await chat?.generate(request, { onDelta: (piece) => (text += piece) });
  return text;
}

describe('without models', () => {
  it('has none to offer and starts no engine to find out', async () => {
    expect(await models.chatModel({})).toBeNull();
    expect(await models.embedder()).toBeNull();
    expect((await models.state()).engine).toMatchObject({ phase: 'stopped', backend: null, loaded: [] });
  });
});

describe('with models', () => {
  beforeEach(() => {
    writeScriptedModel(file('chat.gguf'), { text: citedAnswer, name: 'Chat' });
    writeScriptedModel(file('other.gguf'), { text: 'I am another.', name: 'Other' });
    writeBertEmbedder(file('embedder.gguf'), { name: 'Embedder' });
  });

  it('answers with the default chat model, and says what the engine does meanwhile', async () => {
    const phases: EngineState['phase'][] = [];
    inference.onChange(() => phases.push(inference.state.phase));
    expect(await ask()).toBe(citedAnswer);
    expect([...new Set(phases)]).toEqual(['starting', 'loading', 'ready']);
    const { engine, models: listed } = await models.state();
    const chat = listed.find(({ name }) => name === 'Chat');
    expect(engine).toMatchObject({
      phase: 'ready',
      backend: 'cpu',
      loaded: [{ modelId: chat?.id, role: 'chat', contextSize: 8192, gpuLayers: 0 }],
    });
  });

  it('uses the model that was chosen, and takes turns between two', async () => {
    const { models: listed } = await models.state();
    const other = listed.find(({ name }) => name === 'Other');
    const first = await models.chatModel({});
    await models.setDefault('chat', other?.id ?? '');
    expect(await ask()).toBe('I am another.');
    let text = '';
    const request = {
      messages: [{ role: 'user' as const, content: 'Well?' }],
      maxTokens: 100,
      temperature: 0,
    };
    await first?.generate(request, { onDelta: (piece) => (text += piece) });
    expect(text).toBe(citedAnswer);
    expect(inference.state.loaded).toHaveLength(1);
  });

  it('knows the embedder without loading it, and loads it for the first texts', async () => {
    const embedder = await models.embedder();
    expect(embedder).toMatchObject({ name: 'Embedder', dimensions: 64 });
    expect(host.state).toBe('stopped');
    expect(await embedder?.embed(['a', 'b'])).toHaveLength(2);
    expect(inference.state.loaded.map(({ role }) => role)).toEqual(['embedding']);
  });

  it('says failed after a crash, forgets what was loaded, and loads it again for the next question', async () => {
    const chat = await models.chatModel({});
    const crashed = new Promise<EngineState>((resolve) => {
      inference.onChange(() => {
        if (inference.state.phase === 'failed') resolve(inference.state);
      });
    });
    process.kill(host.pid ?? 0, 'SIGKILL');
    expect(await crashed).toMatchObject({
      loaded: [],
      reason: expect.stringContaining('unexpectedly') as string,
    });
    expect(await chat?.countTokens(['one'])).toHaveLength(1);
    expect(inference.state.loaded).toHaveLength(1);
  });

  it('unloads a model, and a removed one too', async () => {
    writeScriptedModel(join(folder, 'elsewhere.gguf'), { text: 'Added.', name: 'Added' });
    const added = await models.add({ path: join(folder, 'elsewhere.gguf') });
    await models.load(added.id);
    expect(inference.state.loaded).toHaveLength(1);
    await models.unload(added.id);
    expect(inference.state.loaded).toEqual([]);
    await models.load(added.id);
    await models.remove(added.id);
    expect(inference.state.loaded).toEqual([]);
  });

  it('refuses to chat with an embedding model, and to load a file that has gone', async () => {
    const { models: listed } = await models.state();
    const idOf = (name: string) => listed.find((model) => model.name === name)?.id ?? '';
    await expect(models.chatModel({ modelId: idOf('Embedder') })).rejects.toMatchObject({
      code: 'model_role_mismatch',
    });
    rmSync(file('other.gguf'));
    await expect(models.load(idOf('Other'))).rejects.toMatchObject({ code: 'model_file_missing' });
    await expect(models.load('nothing')).rejects.toMatchObject({ code: 'model_not_found' });
  });

  it('tells watchers the state at once and after each change', async () => {
    const states: ModelsState[] = [];
    const leave = models.watch((state) => states.push(state));
    await expect.poll(() => states.length).toBeGreaterThan(0);
    await models.setDefault('chat', null);
    await expect
      .poll(() => states.at(-1)?.models.some(({ role, isDefault }) => role === 'chat' && isDefault))
      .toBe(false);
    leave();
    const heard = states.length;
    await models.rescan();
    expect(states).toHaveLength(heard);
  });
});
