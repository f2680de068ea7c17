import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/main/platform/app-error.ts';
import {
  openDatabase,
  schemaVersion,
  transaction,
  type Database,
  type Migration,
} from '../../../src/main/platform/database.ts';

const createNotes: Migration = (database) => database.exec('CREATE TABLE notes (text TEXT NOT NULL)');
const addColour: Migration = (database) =>
  database.exec("ALTER TABLE notes ADD COLUMN colour TEXT DEFAULT 'red'");
const breaksHalfWay: Migration = (database) => {
  database.exec('ALTER TABLE notes ADD COLUMN size INTEGER');
  throw new Error('no such thing');
};

describe('openDatabase', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alcove-database-'));
    path = join(folder, 'test.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (migrations: readonly Migration[]): Database =>
    openDatabase({ path, migrations, durability: 'full' });

  it('creates the file, runs every migration and keeps no backup of nothing', () => {
    withDatabase(open([createNotes, addColour]), (database) => {
      expect(schemaVersion(database)).toBe(2);
      database.exec("INSERT INTO notes (text) VALUES ('a')");
    });
    expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toEqual([]);
  });

  it('runs only the missing migrations and backs the old data up first', () => {
    withDatabase(open([createNotes]), (database) =>
      database.exec("INSERT INTO notes (text) VALUES ('kept')"),
    );
    withDatabase(open([createNotes, addColour]), (database) => {
      expect(database.prepare('SELECT text, colour FROM notes').all()).toEqual([
        { text: 'kept', colour: 'red' },
      ]);
    });
    withDatabase(
      openDatabase({ path: `${path}.v1.bak`, migrations: [createNotes], durability: 'full' }),
      (backup) => {
        expect(backup.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
      },
    );
  });

  it('leaves the old version in place when a migration fails half-way', () => {
    withDatabase(open([createNotes]), (database) =>
      database.exec("INSERT INTO notes (text) VALUES ('kept')"),
    );
    expect(() => open([createNotes, breaksHalfWay])).toThrow('no such thing');
    withDatabase(open([createNotes]), (database) => {
      expect(schemaVersion(database)).toBe(1);
      expect(database.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
    });
  });

  it('refuses data of a newer version with a typed error, and does not touch it', () => {
    withDatabase(open([createNotes, addColour]), () => undefined);
    expect(() => open([createNotes])).toThrow(AppError);
    expect(existsSync(`${path}.v2.bak`)).toBe(false);
  });

  it('says that a file is damaged, with a next step, and leaves it as it is', () => {
    writeFileSync(path, 'This was a database once. '.repeat(400));
    const before = readFileSync(path);
    expect(() => open([createNotes])).toThrow(
      expect.objectContaining({
        code: 'data_damaged',
        data: { path },
        message: expect.stringContaining('put a backup in its place') as string,
      }) as Error,
    );
    expect(readFileSync(path)).toEqual(before);
  });

  it('says that a place cannot be written to', () => {
    path = join(folder, 'no such folder', 'test.db');
    expect(() => open([createNotes])).toThrow(
      expect.objectContaining({ code: 'data_folder_denied', data: { path } }) as Error,
    );
  });

  it('says that the disk is full, keeps what is there, and writes again once there is room', () => {
    withDatabase(open([createNotes]), (database) => {
      const insert = () =>
        transaction(database, () => database.prepare('INSERT INTO notes VALUES (?)').run('x'.repeat(50_000)));
      const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
      database.exec(`PRAGMA max_page_count = ${pages}`);
      expect(insert).toThrow(expect.objectContaining({ code: 'disk_full' }) as Error);
      database.exec('PRAGMA max_page_count = 100000');
      insert();
      expect(database.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: 1 });
    });
  });

  it('rolls a failed transaction back and stays usable', () => {
    withDatabase(open([createNotes]), (database) => {
      const insert = () => database.exec("INSERT INTO notes (text) VALUES ('gone')");
      expect(() =>
        transaction(database, () => {
          insert();
          throw new Error('stop');
        }),
      ).toThrow('stop');
      transaction(database, insert);
      expect(database.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: 1 });
    });
  });
});

function withDatabase(database: Database, work: (database: Database) => void): void {
  try {
    work(database);
  } finally {
    database.close();
  }
}
