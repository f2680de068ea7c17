import type { Migration } from '../platform/database.ts';

/** One JSON value per setting; a setting without a row has its default. */
export const settingsMigration: Migration = (database) => {
  database.exec('CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
};
