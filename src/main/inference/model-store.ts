import type { ModelRole } from '@contract/models';
import type { Database, Migration } from '../platform/database.ts';

/** A model file the user added by its path. */
export interface StoredModel {
  path: string;
  /** The role the user gave it; null leaves it to the file's metadata. */
  role: ModelRole | null;
  addedAt: number;
}

/** The user's own choices about models; everything else is read from the files. */
export interface ModelStore {
  list(): StoredModel[];
  put(model: StoredModel): void;
  remove(path: string): void;
  /** Model ids by role; null: the user wants none; absent: never chosen. */
  defaults(): Partial<Record<ModelRole, string | null>>;
  setDefault(role: ModelRole, modelId: string | null): void;
}

export const modelMigration: Migration = (database) =>
  database.exec(`
    CREATE TABLE model_files (
      path TEXT PRIMARY KEY,
      role TEXT CHECK (role IN ('chat', 'embedding', 'reranker')),
      added_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE model_defaults (
      role TEXT PRIMARY KEY CHECK (role IN ('chat', 'embedding', 'reranker')),
      model_id TEXT
    ) STRICT;
  `);

/** Keeps the choices in the app's database, migrated with `modelMigration`. */
export function sqliteModelStore(database: Database): ModelStore {
  const list = database.prepare(
    'SELECT path, role, added_at AS addedAt FROM model_files ORDER BY added_at, path',
  );
  const put = database.prepare(
    'INSERT INTO model_files (path, role, added_at) VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET role = excluded.role',
  );
  const remove = database.prepare('DELETE FROM model_files WHERE path = ?');
  const defaults = database.prepare('SELECT role, model_id AS modelId FROM model_defaults');
  const setDefault = database.prepare(
    'INSERT INTO model_defaults (role, model_id) VALUES (?, ?) ON CONFLICT (role) DO UPDATE SET model_id = excluded.model_id',
  );
  return {
    list: () => list.all() as StoredModel[],
    put: ({ path, role, addedAt }) => void put.run(path, role, addedAt),
    remove: (path) => void remove.run(path),
    defaults: () => {
      const rows = defaults.all() as { role: ModelRole; modelId: string | null }[];
      return Object.fromEntries(rows.map(({ role, modelId }) => [role, modelId]));
    },
    setDefault: (role, modelId) => void setDefault.run(role, modelId),
  };
}
