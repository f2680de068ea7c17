import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataDirFlag } from '../../../src/main/app/data-dir-flag.ts';
import { isOpenable } from '../../../src/main/app/openable-files.ts';
import { isReachable, readWindowState, writeWindowState } from '../../../src/main/app/window-state.ts';

describe('the remembered place of the window', () => {
  const state = { bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: false };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'alcove-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is read back as written', () => {
    const path = join(folder, 'window.json');
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
  });

  test('is forgotten when it is absent, damaged or nonsense', () => {
    const path = join(folder, 'window.json');
    expect(readWindowState(path)).toBeNull();
    for (const text of ['', '{', '{"bounds":{"x":1,"y":1,"width":0,"height":5},"isMaximized":false}']) {
      writeFileSync(path, text);
      expect(readWindowState(path), text).toBeNull();
    }
  });

  test('that cannot be written is no failure', () => {
    expect(() => writeWindowState(join(folder, 'no', 'window.json'), state)).not.toThrow();
  });

  test('counts only while some screen shows enough of it', () => {
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
    expect(isReachable(state.bounds, screens)).toBe(true);
    expect(isReachable({ ...state.bounds, x: 1900 }, screens)).toBe(false);
    expect(isReachable({ ...state.bounds, x: -2_000 }, screens)).toBe(false);
    expect(isReachable({ ...state.bounds, x: -2_000 }, [{ x: -1920, y: 0, width: 1920, height: 1080 }])).toBe(
      true,
    );
    expect(isReachable(state.bounds, [])).toBe(false);
  });
});

describe('the data folder among the arguments of the app', () => {
  test.each([
    [['--no-sandbox', '.', '--data-dir', '/data'], '/data'],
    [['--data-dir=/data', '--disable-gpu'], '/data'],
    [['.'], undefined],
    [['--data-dir'], undefined],
    [['--data-dir='], undefined],
  ])('%j', (args, expected) => expect(dataDirFlag(args)).toBe(expected));
});

describe('opening a document in its default application', () => {
  test.each(['guide.pdf', 'Report.DOCX', 'notes.md', 'main.rs'])('%s is opened', (name) =>
    expect(isOpenable(`/folder/${name}`)).toBe(true),
  );

  test.each([
    'run.sh',
    'setup.exe',
    'x.bat',
    'x.ps1',
    'x.py',
    'x.js',
    'App.desktop',
    'x.command',
    'Makefile',
    'x.lnk',
  ])('%s could run as a program and is not', (name) => expect(isOpenable(`/folder/${name}`)).toBe(false));
});
