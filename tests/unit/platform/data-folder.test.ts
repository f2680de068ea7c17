import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/main/platform/app-error.ts';
import { ensureDataDir, lockDataDir, resolveDataDir } from '../../../src/main/platform/data-folder.ts';

describe('the place of the data folder', () => {
  const home = '/home/ada';

  test('the flag wins over the environment, and that over the platform', () => {
    const env = { ALCOVE_DATA_DIR: '/env' };
    expect(resolveDataDir({ flag: '/flag', env, home })).toBe('/flag');
    expect(resolveDataDir({ env, home })).toBe('/env');
  });

  test('a relative folder is meant from where the command runs', () => {
    expect(resolveDataDir({ flag: 'data', env: {} })).toBe(resolve('data'));
  });

  test('an empty variable counts as none', () => {
    expect(resolveDataDir({ env: { ALCOVE_DATA_DIR: '' }, platform: 'linux', home })).toBe(
      '/home/ada/.local/share/alcove',
    );
  });

  test('follows each platform', () => {
    expect(resolveDataDir({ env: { XDG_DATA_HOME: '/xdg' }, platform: 'linux', home })).toBe('/xdg/alcove');
    expect(resolveDataDir({ env: { XDG_DATA_HOME: 'relative' }, platform: 'linux', home })).toBe(
      '/home/ada/.local/share/alcove',
    );
    expect(resolveDataDir({ env: {}, platform: 'darwin', home })).toBe(
      '/home/ada/Library/Application Support/Alcove',
    );
    expect(resolveDataDir({ env: { LOCALAPPDATA: '/local' }, platform: 'win32', home })).toBe(
      '/local/Alcove',
    );
  });
});

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alcove-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is given to one at a time, and again after release', () => {
    const lock = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(AppError);
    lock.release();
    lockDataDir(folder).release();
  });

  test('says who holds it', () => {
    const lock = lockDataDir(folder);
    try {
      lockDataDir(folder);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'data_folder_in_use', data: { path: folder } });
      expect(String(error)).toContain(`process ${process.pid}`);
    } finally {
      lock.release();
    }
  });

  test('is free again the moment its holder is killed', async () => {
    // A script of its own: it takes the lock as SQLite does and never gives it back.
    const script = join(folder, 'holder.mjs');
    const sqlite = import.meta.resolve('@photostructure/sqlite');
    writeFileSync(
      script,
      `import { DatabaseSync } from ${JSON.stringify(sqlite)};
       const database = new DatabaseSync(process.argv[2]);
       database.exec('BEGIN EXCLUSIVE');
       process.send('held');
       setInterval(() => database, 1_000);`,
    );
    const holder = fork(script, [join(folder, 'lock.db')], { execArgv: [] });
    await once(holder, 'message');
    expect(() => lockDataDir(folder)).toThrow(/Another Alcove/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataDir(folder).release();
  });

  // To root every folder can be written to: as root, this is tried as another user.
  test.skipIf(process.platform === 'win32')('says so when it cannot be written to, with a next step', () => {
    chmodSync(folder, 0o555);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(() => lockDataDir(folder)).toThrow(
        expect.objectContaining({
          code: 'data_folder_denied',
          data: { path: folder },
          message: expect.stringContaining('--data-dir') as string,
        }) as Error,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test('makes a folder for its owner only', () => {
    const inside = join(folder, 'a', 'b');
    ensureDataDir(inside);
    if (process.platform !== 'win32') expect(statSync(inside).mode & 0o777).toBe(0o700);
  });

  test('says so when the folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => ensureDataDir(join(folder, 'file', 'inside'))).toThrow(/cannot be created/);
  });
});
