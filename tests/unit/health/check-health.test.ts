import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from 'vitest';
import { damageTable } from '../../fixtures/damaged-database.ts';
import { checkHealth } from '../../../src/main/health/check-health.ts';
import { listFolders } from '../../../src/main/platform/list-folders.ts';

test('a check that breaks has failed, and the others still answer', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'alcove-health-'));
  const broken = {
    id: 'engine',
    label: 'Engine',
    run: () => {
      throw new Error('It would not start.');
    },
  };
  const checks = await checkHealth({ dataDir, more: [broken] });
  expect(checks.at(-1)).toEqual({
    id: 'engine',
    label: 'Engine',
    state: 'failed',
    detail: 'It would not start.',
  });
  expect(checks.find(({ id }) => id === 'sqlite')?.state).toBe('ok');
  expect(checks.find(({ id }) => id === 'data-folder')).toMatchObject({ state: 'ok', detail: dataDir });
  rmSync(dataDir, { recursive: true });
});

test('a data folder that is not there yet is no failure', async () => {
  const checks = await checkHealth({ dataDir: join(tmpdir(), 'alcove-not-there', 'yet') });
  expect(
    checks.filter(({ id }) => id === 'data-folder' || id === 'disk-space').map(({ state }) => state),
  ).toEqual(['ok', 'ok']);
});

test('damage inside the database of chats is found, with a next step', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'alcove-health-'));
  const path = join(dataDir, 'alcove.db');
  const appData = async () => (await checkHealth({ dataDir })).find(({ id }) => id === 'app-data');
  const database = new DatabaseSync(path);
  database.exec("CREATE TABLE messages (text TEXT); INSERT INTO messages VALUES ('kept')");
  database.close();
  expect(await appData()).toMatchObject({ state: 'ok' });
  damageTable(path, 'messages');
  expect(await appData()).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('put a backup in its place') as string,
  });
  rmSync(dataDir, { recursive: true });
});

test('folders that are not there are told as such', async () => {
  await expect(listFolders('/no/such/folder')).rejects.toMatchObject({ code: 'source_path_missing' });
});

test('folders are listed by name with the way up, hidden ones left out', async () => {
  const listing = await listFolders(import.meta.dirname + '/..');
  expect(listing.folders.map(({ name }) => name)).toContain('health');
  expect(listing.folders.every(({ name }) => !name.startsWith('.'))).toBe(true);
  expect(listing.parent).toBe(join(import.meta.dirname, '..', '..'));
  expect((await listFolders('/')).parent).toBeNull();
});
