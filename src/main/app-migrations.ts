import { conversationMigration } from './conversations/schema.ts';
import { modelMigration } from './inference/model-store.ts';
import type { Migration } from './platform/database.ts';
import { settingsMigration } from './settings/schema.ts';

/** The steps of `alcove.db`, in the order they were released. Append; never edit or reorder. */
export const appMigrations: readonly Migration[] = [settingsMigration, conversationMigration, modelMigration];
