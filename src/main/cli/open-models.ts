import { join } from 'node:path';
import { appMigrations } from '../app-migrations.ts';
import { type Models, openModels } from '../model-services.ts';
import { ensureDataDir } from '../platform/data-folder.ts';
import { openDatabase } from '../platform/database.ts';
import { nodeChildAdapter } from '../platform/node-child-adapter.ts';
import { SettingsService } from '../settings/settings-service.ts';

export interface OpenedModels {
  models: Models;
  settings: SettingsService;
  close(): Promise<void>;
}

/**
 * Opens the model library and the settings of a data folder without taking its lock: single rows are read, and written
 * in SQLite's own transactions, which is safe beside a running app.
 */
export function openModelsOf(dataDir: string): OpenedModels {
  ensureDataDir(dataDir);
  const path = join(dataDir, 'alcove.db');
  const database = openDatabase({ path, migrations: appMigrations, durability: 'full' });
  const settings = new SettingsService({ database });
  const models = openModels({ dataDir, adapter: nodeChildAdapter, database, settings: () => settings.get() });
  const close = async (): Promise<void> => {
    await models.close();
    database.close();
  };
  return { models, settings, close };
}
