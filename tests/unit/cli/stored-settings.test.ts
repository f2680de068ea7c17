import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeBertEmbedder } from '../../fixtures/gguf/bert-models.ts';
import { writeScriptedModel } from '../../fixtures/gguf/scripted-model.ts';
import { readEmbeddingChoice, readMaxFileBytes } from '../../../src/main/cli/stored-settings.ts';
import { findEmbeddingModel } from '../../../src/main/cli/find-embedding-model.ts';
import { appMigrations } from '../../../src/main/app-migrations.ts';
import { sqliteModelStore } from '../../../src/main/inference/model-store.ts';
import type { ModelStore } from '../../../src/main/inference/model-store.ts';
import { openDatabase } from '../../../src/main/platform/database.ts';
import type { Database } from '../../../src/main/platform/database.ts';
import { SettingsService } from '../../../src/main/settings/settings-service.ts';

describe('what a light command reads of the settings', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'alcove-stored-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  function store(write: (models: ModelStore, database: Database) => void): void {
    const path = join(dataDir, 'alcove.db');
    const database = openDatabase({ path, migrations: appMigrations, durability: 'full' });
    write(sqliteModelStore(database), database);
    database.close();
  }

  test('is the default while nothing is stored', () => {
    expect(readMaxFileBytes(dataDir)).toBe(50 * 1_048_576);
    expect(readEmbeddingChoice(dataDir)).toBe('none');
    store(() => undefined);
    expect(readMaxFileBytes(dataDir)).toBe(50 * 1_048_576);
    expect(readEmbeddingChoice(dataDir)).toBe('none');
  });

  test('is what the settings hold', () => {
    store((_, database) => new SettingsService({ database }).update({ maxFileMegabytes: 7 }));
    expect(readMaxFileBytes(dataDir)).toBe(7 * 1_048_576);
  });

  test('tells a chosen embedding model from one that may be in the library, and from none wanted', () => {
    store((models) => models.setDefault('chat', 'a'));
    expect(readEmbeddingChoice(dataDir)).toBe('none');
    store((models) => models.put({ path: '/models/a.gguf', role: null, addedAt: 1 }));
    expect(readEmbeddingChoice(dataDir)).toBe('open');
    store((models) => models.setDefault('embedding', 'a'));
    expect(readEmbeddingChoice(dataDir)).toBe('chosen');
    store((models) => models.setDefault('embedding', null));
    expect(readEmbeddingChoice(dataDir)).toBe('none');
  });

  test('looks into the library where there is a folder of models', () => {
    mkdirSync(join(dataDir, 'models'));
    expect(readEmbeddingChoice(dataDir)).toBe('open');
    rmSync(join(dataDir, 'models'), { recursive: true });
    store((_, database) => new SettingsService({ database }).update({ modelsFolder: '/models' }));
    expect(readEmbeddingChoice(dataDir)).toBe('open');
  });

  test('finds the first embedding model of the library, and none among chat models', async () => {
    const modelsFolder = mkdtempSync(join(dataDir, 'mine-'));
    store((_, database) => new SettingsService({ database }).update({ modelsFolder }));
    writeScriptedModel(join(modelsFolder, 'chat.gguf'), { text: 'Yes.' });
    expect(await findEmbeddingModel(dataDir)).toBe('none');
    writeBertEmbedder(join(modelsFolder, 'embedder.gguf'));
    expect(await findEmbeddingModel(dataDir)).toBe('first');
    store((models) => models.setDefault('embedding', null));
    expect(await findEmbeddingModel(dataDir)).toBe('none');
  });
});
