import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { readEmbeddingChoice, readModelsFolder } from './stored-settings.ts';

/**
 * Whether there is a default embedding model, and whether the user chose it or it is the first of the library. Found
 * out without the settings and the engine: most runs of a light command end here.
 */
export async function findEmbeddingModel(dataDir: string): Promise<'chosen' | 'first' | 'none'> {
  const choice = readEmbeddingChoice(dataDir);
  if (choice !== 'open') return choice;
  const path = join(dataDir, 'alcove.db');
  if (!existsSync(path)) return 'first'; // a folder of models that nobody has opened: the library will look into it
  const [{ ModelLibrary }, { sqliteModelStore }] = await Promise.all([
    import('../inference/model-library.ts'),
    import('../inference/model-store.ts'),
  ]);
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const folders = [join(dataDir, 'models'), readModelsFolder(dataDir)].filter((folder) => folder !== null);
    const library = new ModelLibrary({ store: sqliteModelStore(database), folders: () => folders });
    return (await library.defaultModel('embedding')) === null ? 'none' : 'first';
  } catch {
    return 'first'; // an older database: opening the library brings it up to date, or says what is wrong
  } finally {
    database.close();
  }
}
