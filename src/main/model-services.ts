import { join } from 'node:path';
import type { Settings } from '@contract/settings';
import type { ChatModelProvider } from './conversations/ports.ts';
import type { Check, Finding } from './health/check-health.ts';
import type { EngineApi } from './inference/engine-api.ts';
import { InferenceService } from './inference/inference-service.ts';
import { ModelLibrary } from './inference/model-library.ts';
import { ModelService } from './inference/model-service.ts';
import { sqliteModelStore } from './inference/model-store.ts';
import type { Embedder } from './knowledge/vectors/embedder.ts';
import type { ChildAdapter } from './platform/child-adapter.ts';
import type { Database } from './platform/database.ts';
import { entryPath } from './platform/entries.ts';
import { ProcessHost } from './platform/process-host.ts';

export interface ModelsOptions {
  dataDir: string;
  adapter: ChildAdapter;
  /** `alcove.db`, migrated. */
  database: Database;
  /** Read at each look through the models folders. */
  settings: () => Pick<Settings, 'modelsFolder'>;
}

/** The model library and the engine, as the other domains are given them. */
export interface Models {
  readonly library: ModelLibrary;
  readonly services: ModelService;
  readonly chatModels: ChatModelProvider;
  readonly checks: readonly Check[];
  /** Tells the default embedding model, now and whenever it becomes another; null for none. */
  followEmbedder(listener: (embedder: Embedder | null) => void): void;
  close(): Promise<void>;
}

/** Opens the model library and prepares the engine, which starts with the first model that is needed. */
export function openModels({ dataDir, adapter, database, settings }: ModelsOptions): Models {
  const folders = () =>
    [join(dataDir, 'models'), settings().modelsFolder].filter((folder) => folder !== null);
  const library = new ModelLibrary({ store: sqliteModelStore(database), folders });
  const entry = entryPath('engine-child');
  const host = new ProcessHost<EngineApi>({ name: 'engine', entry, adapter, handlers: {} });
  const inference = new InferenceService(host);
  const services = new ModelService(library, inference);
  return {
    library,
    services,
    chatModels: { current: (request) => services.chatModel(request) },
    checks: [
      { id: 'engine', label: 'Model engine', run: () => checkEngine(inference) },
      { id: 'models', label: 'Models', run: () => checkModels(library) },
    ],
    followEmbedder: (listener) => followEmbedder(library, services, listener),
    close: () => inference.stop(),
  };
}

function followEmbedder(
  library: ModelLibrary,
  services: ModelService,
  listener: (embedder: Embedder | null) => void,
): void {
  let currentKey: string | null = null;
  const update = async (): Promise<void> => {
    const embedder = await services.embedder();
    const key = embedder?.key ?? null;
    if (key === currentKey) return;
    currentKey = key;
    listener(embedder);
  };
  // One after the other, so that the last choice wins. A model that cannot be read says so in the library itself.
  let updates = Promise.resolve();
  const enqueue = (): void => {
    updates = updates.then(update).catch(() => undefined);
  };
  library.onChange(enqueue);
  enqueue();
}

async function checkEngine(inference: InferenceService): Promise<Finding> {
  const { backend, deviceNames, reason } = await inference.describe();
  const devices = deviceNames.length > 0 ? ` (${deviceNames.join(', ')})` : '';
  return { state: 'ok', detail: `Runs on ${backend.toUpperCase()}${devices}.${reason ? ` ${reason}` : ''}` };
}

async function checkModels(library: ModelLibrary): Promise<Finding> {
  const chat = await library.defaultModel('chat');
  const broken = (await library.list()).filter((model) => model.problem !== null);
  if (broken.length > 0) {
    return { state: 'warning', detail: broken.map(({ name, problem }) => `${name}: ${problem}`).join(' ') };
  }
  if (chat) return { state: 'ok', detail: `${chat.name} answers.` };
  return {
    state: 'warning',
    detail: 'No chat model: answers quote your files. Add a GGUF file to have them written.',
  };
}
