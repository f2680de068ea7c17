import { join } from 'node:path';
import type { AppInfo } from '@contract/app';
import type { KnowledgeServices, Services } from './api/services.ts';
import { AnswerService } from './conversations/answering/answer-service.ts';
import { ConversationService } from './conversations/conversation-service.ts';
import type { Retriever } from './conversations/ports.ts';
import { checkHealth } from './health/check-health.ts';
import { knowledgeChecks } from './knowledge-checks.ts';
import { KnowledgeService } from './knowledge/knowledge-service.ts';
import { openModels, type Models } from './model-services.ts';
import { appMigrations } from './app-migrations.ts';
import { listFolders } from './platform/list-folders.ts';
import type { ChildAdapter } from './platform/child-adapter.ts';
import { lockDataDir } from './platform/data-folder.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { openLogger, type Logger } from './platform/logger.ts';
import { translateStorageError } from './platform/storage-error.ts';
import { readVersion } from './platform/version.ts';
import type { Settings } from '@contract/settings';
import { SettingsService } from './settings/settings-service.ts';

export interface AlcoveOptions {
  dataDir: string;
  /** How children are run: Electron's utility processes or forked Node. */
  adapter: ChildAdapter;
}

/** The whole app without any door: what the window, the browser and programs are served from. */
export interface Alcove {
  readonly services: Services;
  readonly logger: Logger;
  /** Takes up unfinished indexing and looks for changes. Not part of opening, so that a window can be painted first. */
  start(): void;
  /** Stops every child, saves what is being written, and gives the data folder back. */
  close(): Promise<void>;
}

/**
 * Opens a data folder for writing and composes the domains over it. Runs in plain Node and in Electron alike; children
 * start when they are first needed.
 *
 * @throws AppError `data_folder_in_use`, `data_folder_newer`, `data_folder_denied`, `data_damaged`, `disk_full`, or
 *   `invalid_input` for a folder that cannot be made.
 */
export async function openAlcove({ dataDir, adapter }: AlcoveOptions): Promise<Alcove> {
  const lock = lockDataDir(dataDir);
  const path = join(dataDir, 'alcove.db');
  let database: Database | null = null;
  try {
    database = openDatabase({ path, migrations: appMigrations, durability: 'full' });
    return compose({ dataDir, adapter, database, release: () => lock.release() });
  } catch (error) {
    database?.close();
    lock.release();
    // Damage inside the file shows only when the domains read it.
    throw translateStorageError(error, path);
  }
}

interface Composition extends AlcoveOptions {
  database: Database;
  release: () => void;
}

function compose({ dataDir, adapter, database, release }: Composition): Alcove {
  const logger = openLogger(dataDir);
  const settings = new SettingsService({
    database,
    onProblem: ({ key, detail }) => logger.info('a stored setting cannot be used', { key, detail }),
  });
  const models = openModels({ dataDir, adapter, database, settings: () => settings.get() });
  const knowledge = new KnowledgeService({
    dataDir,
    adapter,
    settings: knowledgeSettings(settings.get()),
  });
  passOnChanges({ settings, models, knowledge, logger });
  const answers = new AnswerService({
    retriever: retrieverOver(knowledge),
    models: models.chatModels,
    passagesPerAnswer: () => settings.get().passagesPerAnswer,
  });
  const conversations = new ConversationService({
    database,
    answers,
    onUnexpectedError: (error) => logger.bug('an answer failed', error),
  });
  const info = { version: readVersion(), platform: platformName(), dataDir };
  const doctor = () => checkHealth({ dataDir, more: [...knowledgeChecks(dataDir), ...models.checks] });
  logger.info('opened', { version: info.version });
  return {
    logger,
    services: {
      app: { info, doctor, listFolders },
      conversations,
      knowledge,
      models: models.services,
      settings,
    },
    start: () => knowledge.start(),
    close: async () => {
      await conversations.close();
      await Promise.all([knowledge.close(), models.close()]);
      database.close();
      release();
    },
  };
}

function knowledgeSettings({ maxFileMegabytes }: Settings) {
  return { maxFileBytes: maxFileMegabytes * 1_048_576 };
}

interface Domains {
  settings: SettingsService;
  models: Models;
  knowledge: KnowledgeService;
  logger: Logger;
}

/** What one domain learns, the others need. A child that cannot take a change now reads it when it next starts. */
function passOnChanges({ settings, models, knowledge, logger }: Domains): void {
  const passOn = (change: Promise<void>): void => {
    change.catch((error: unknown) => logger.bug('a changed setting could not be passed on', error));
  };
  settings.onChange((changed) => {
    passOn(knowledge.updateSettings(knowledgeSettings(changed)));
    passOn(models.services.rescan());
  });
  models.followEmbedder((embedder) => passOn(knowledge.setEmbedder(embedder)));
}

/** Search as the answers use it. */
function retrieverOver(knowledge: Pick<KnowledgeServices, 'search' | 'state'>): Retriever {
  return {
    search: (input, signal) => knowledge.search(input, signal),
    hasSources: async () => (await knowledge.state()).sources.length > 0,
  };
}

function platformName(): AppInfo['platform'] {
  const { platform } = process;
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}
