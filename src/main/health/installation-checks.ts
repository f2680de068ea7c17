import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { entryPath, outFolder } from '../platform/entries.ts';
import { findDamage } from '../platform/find-damage.ts';
import { readVersion } from '../platform/version.ts';
import type { Finding } from './check-health.ts';

const lowSpaceBytes = 1_073_741_824;
const noSpaceBytes = 50 * 1_048_576;

/** Whether every part of the build is there. */
export function checkBuild(): Finding {
  const parts = [
    entryPath('engine-child'),
    entryPath('knowledge-child'),
    entryPath('ingest-worker'),
    join(outFolder(), 'renderer', 'index.html'),
  ];
  const missing = parts.filter((part) => !existsSync(part));
  if (missing.length > 0) {
    return {
      state: 'failed',
      detail: `Missing: ${missing.join(', ')}. Run "npm run build", or install Alcove again.`,
    };
  }
  const runtime = process.versions['electron']
    ? `Electron ${process.versions['electron']}`
    : `Node ${process.version}`;
  return {
    state: 'ok',
    detail: `Alcove ${readVersion()} on ${runtime}, ${process.platform} ${process.arch}.`,
  };
}

/** Whether the data folder, or the place where it will be, can be written to. */
export function checkDataFolder(dataDir: string): Finding {
  if (!existsSync(dataDir)) return { state: 'ok', detail: `${dataDir} will be created on first use.` };
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { state: 'ok', detail: dataDir };
  } catch {
    return {
      state: 'failed',
      detail: `${dataDir} cannot be written to. Change its permissions or choose another folder.`,
    };
  }
}

export async function checkDiskSpace(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDir));
  const freeBytes = bavail * bsize;
  const detail = `${(freeBytes / 1e9).toFixed(1)} GB free for the data folder.`;
  if (freeBytes < noSpaceBytes)
    return { state: 'failed', detail: `${detail} Free some, or move the data folder.` };
  if (freeBytes < lowSpaceBytes) return { state: 'warning', detail: `${detail} A large index may not fit.` };
  return { state: 'ok', detail };
}

/** Whether all of the database of chats and settings can be read. */
export function checkAppData(dataDir: string): Finding {
  const path = join(dataDir, 'alcove.db');
  if (!existsSync(path)) return { state: 'ok', detail: 'None yet.' };
  const damage = findDamage(path);
  return damage === null ? { state: 'ok', detail: 'Sound.' } : { state: 'failed', detail: damage.message };
}

/** Whether the database library loads here and has full-text search. */
export function checkSqlite(): Finding {
  const database = new DatabaseSync(':memory:');
  try {
    database.exec('CREATE VIRTUAL TABLE probe USING fts5(text)');
    const row = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
    return { state: 'ok', detail: `SQLite ${row.version} with FTS5.` };
  } finally {
    database.close();
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
