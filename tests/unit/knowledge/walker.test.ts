import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk } from '../../../src/main/knowledge/walker.ts';
import type { WalkEntry } from '../../../src/main/knowledge/walker.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'alcove-walk-')));
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) writeTo(path, 'text');
}

function writeTo(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Paths the walk gives, in order; those of another kind than `file` with the kind. */
function paths(folder = root, excluded: string | null = null): string[] {
  return [...walk(folder, excluded)]
    .map(({ kind, path }) => (kind === 'file' ? path : `${kind}: ${path}`))
    .sort();
}

describe('walking a folder', () => {
  it('gives every file with its size and time, by a path relative to the folder', () => {
    write('b.txt', 'a/deep/er/c.txt');
    const entries = [...walk(root)];
    expect(entries).toHaveLength(2);
    expect(entries.find(({ path }) => path === 'a/deep/er/c.txt')).toEqual({
      kind: 'file',
      path: 'a/deep/er/c.txt',
      sizeBytes: 4,
      mtimeMs: expect.any(Number) as number,
    });
  });

  it('leaves out what tools and systems make', () => {
    write(
      'node_modules/x/index.js',
      '.git/config',
      'src/__pycache__/a.pyc',
      '.venv/lib.py',
      '.DS_Store',
      '._a.txt',
    );
    write('~$letter.docx', 'notes.txt~', '.a.txt.swp', 'Thumbs.db', 'src/a.py');
    expect(paths()).toEqual(['src/a.py']);
  });

  it('knows a made folder by a marker in it or a project file beside it', () => {
    write('env/pyvenv.cfg', 'env/lib/a.py', 'cache/CACHEDIR.TAG', 'cache/a.txt');
    write('crate/Cargo.toml', 'crate/target/debug/a.txt', 'shooting/target/paper.txt');
    expect(paths()).toEqual(['crate/Cargo.toml', 'shooting/target/paper.txt']);
  });

  it('indexes a folder inside node_modules, or one of that name, when that is what the user gave', () => {
    write('node_modules/pkg/index.js', 'node_modules/pkg/node_modules/inner/index.js');
    expect(paths(join(root, 'node_modules'))).toEqual(['pkg/index.js']);
    expect(paths(join(root, 'node_modules/pkg'))).toEqual(['index.js']);
  });

  it('keeps hidden files that a person writes', () => {
    write('.github/workflows/check.yml', '.editorconfig');
    expect(paths()).toEqual(['.editorconfig', '.github/workflows/check.yml']);
  });

  it('leaves out an excluded folder', () => {
    write('a.txt', 'data/knowledge.db', 'data/deep/x.txt');
    expect(paths(root, join(root, 'data'))).toEqual(['a.txt']);
    expect(paths(root, '/elsewhere')).toHaveLength(3);
  });
});

describe('ignore files', () => {
  it('leave out what they name, from the folder they lie in downwards', () => {
    writeTo('.gitignore', '*.log\n/only-here.txt\nbuild/\n');
    write(
      'a.log',
      'sub/b.log',
      'only-here.txt',
      'sub/only-here.txt',
      'build/x.txt',
      'sub/build/y.txt',
      'kept.txt',
    );
    expect(paths()).toEqual(['.gitignore', 'kept.txt', 'sub/only-here.txt']);
  });

  it('of a deeper folder are stronger', () => {
    writeTo('.gitignore', '*.txt\n');
    writeTo('sub/.gitignore', '!kept.txt\n');
    write('a.txt', 'sub/kept.txt', 'sub/other.txt', 'sub/deeper/kept.txt');
    expect(paths()).toEqual(['.gitignore', 'sub/.gitignore', 'sub/deeper/kept.txt', 'sub/kept.txt']);
  });

  it('of Alcove are stronger than those of git and than the defaults', () => {
    writeTo('.gitignore', '*.csv\n');
    writeTo('.alcoveignore', '!data.csv\n!node_modules\nprivate/\n');
    write('data.csv', 'other.csv', 'node_modules/x.js', 'private/diary.txt');
    expect(paths()).toEqual(['.alcoveignore', '.gitignore', 'data.csv', 'node_modules/x.js']);
  });

  it('with odd lines, or that are folders, do no harm', () => {
    writeTo('.gitignore', '\ufeff# note\r\n\r\n*.tmp\r\n[\n\\\n!\n**\\\n');
    write('a.tmp', 'b.txt', 'sub/.gitignore/c.txt');
    expect(paths()).toEqual(expect.arrayContaining(['b.txt', 'sub/.gitignore/c.txt']));
    expect(paths()).not.toContain('a.tmp');
  });
});

describe('what cannot be read', () => {
  it('throws when it is the folder itself', () => {
    expect(() => [...walk(join(root, 'missing'))]).toThrow(/ENOENT/);
  });

  it.skipIf(process.platform === 'win32')('is a link: listed, not followed', () => {
    write('a.txt');
    symlinkSync('.', join(root, 'loop'));
    symlinkSync('a.txt', join(root, 'b.txt'));
    expect(paths()).toEqual(['a.txt', 'skipped: b.txt', 'skipped: loop']);
  });

  const canChangeUser = process.platform === 'linux' && process.getuid?.() === 0;
  if (!canChangeUser)
    console.log('Skipped: an unreadable folder is tried as another user, which needs root on Linux.');

  it.skipIf(!canChangeUser)('is a folder without permission: it fails, the rest goes on', () => {
    write('a.txt', 'closed/b.txt', 'z/c.txt');
    chmodSync(join(root, 'closed'), 0o000);
    process.seteuid?.(65_534);
    let entries: WalkEntry[];
    try {
      entries = [...walk(root)];
    } finally {
      process.seteuid?.(0);
    }
    expect(entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)).toEqual([
      'a.txt',
      'z/c.txt',
    ]);
    expect(entries).toContainEqual({
      kind: 'failed',
      path: 'closed',
      reason: 'No permission to read this folder.',
    });
  });
});
