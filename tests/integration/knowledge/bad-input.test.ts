import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ingestFile } from '../../../src/main/knowledge/ingest-file.ts';
import type { IngestJob } from '../../../src/main/knowledge/ingest-job.ts';
import type { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { countStrays, createWorkspace, find, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let knowledge: Knowledge;

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(() => {
  workspace = createWorkspace();
  knowledge = openKnowledge(workspace, { workerEntry: built.worker });
});
afterEach(async () => {
  await knowledge.close();
  workspace.remove();
});

function jobFor(path: string): IngestJob {
  return { purpose: 'index', root: workspace.folder, path, sizeBytes: 1, mtimeMs: 1, knownSha256: null };
}

const isLinux = process.platform === 'linux';
const canMount = isLinux && process.getuid?.() === 0 && canMountTmpfs();

function canMountTmpfs(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!canMount)
  console.log('Skipped: a full disk needs a small file system, and mounting one needs root on Linux.');

describe('odd names', () => {
  it.skipIf(process.platform === 'win32')(
    'are indexed, found, opened and removed like any other',
    async () => {
      const names = [
        `it's "quoted".txt`,
        'line\nbreak.txt',
        'emoji 🦩 flamingo.txt',
        `${'a'.repeat(251)}.txt`,
        'percent %20 #1?.txt',
        'back\\slash.txt',
        '-rf.txt',
        "'; DROP TABLE documents; --.txt",
      ];
      for (const name of names)
        workspace.write(join(`folder ${name.slice(0, 20)}`, name), 'A heron stands here.\n');
      expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: names.length, failed: 0 });
      const { hits } = await knowledge.search({ query: 'heron', limit: 50, mode: 'lexical', filters: {} });
      expect(hits.map((hit) => hit.relativePath.split('/').at(-1)).sort()).toEqual([...names].sort());
      for (const { documentId } of hits) {
        const view = await knowledge.document(documentId, { firstLine: 1, lineCount: 10 });
        expect(view.lines[0]).toBe('A heron stands here.');
      }
      for (const folder of readdirSync(workspace.folder))
        rmSync(join(workspace.folder, folder), { recursive: true });
      expect(await indexFolder(knowledge, workspace)).toMatchObject({ removed: names.length });
    },
  );

  it.skipIf(!isLinux)('that are not Unicode fail by themselves and say what to do', async () => {
    writeFileSync(
      Buffer.concat([Buffer.from(`${workspace.folder}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]),
      'x',
    );
    workspace.write('fine.txt', 'A heron.\n');
    const summary = await indexFolder(knowledge, workspace);
    expect(summary).toMatchObject({ indexed: 1, failed: 1 });
    expect(summary.failures[0]).toMatchObject({
      path: 'caf\ufffd.txt',
      reason: expect.stringMatching(/rename/i) as string,
    });
  });
});

describe('links', () => {
  it.skipIf(process.platform === 'win32')(
    'are never followed: no loop, nothing from outside, each listed',
    async () => {
      const outside = createWorkspace({ 'outside.txt': 'The vault code.\n' });
      workspace.write('inside.txt', 'A heron.\n');
      symlinkSync('..', join(workspace.folder, 'up'));
      symlinkSync(workspace.folder, join(workspace.folder, 'self'));
      symlinkSync(join(outside.folder, 'outside.txt'), join(workspace.folder, 'secret.txt'));
      symlinkSync(outside.folder, join(workspace.folder, 'elsewhere'));
      symlinkSync('nowhere', join(workspace.folder, 'dangling'));
      expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, skipped: 5, failed: 0 });
      expect(await find(knowledge, 'vault')).toEqual([]);
      const { files } = knowledge.files({
        sourceId: knowledge.state().sources[0]?.id ?? '',
        status: 'skipped',
      });
      expect(new Set(files.map((file) => file.reason))).toEqual(new Set(['A link. Links are not followed.']));
      outside.remove();
    },
  );

  it.skipIf(process.platform === 'win32')(
    'put in place of a folder after the walk lead nowhere',
    async () => {
      const outside = createWorkspace({ 'file.txt': 'The vault code.\n' });
      symlinkSync(outside.folder, join(workspace.folder, 'sub'));
      const job = jobFor('sub/file.txt');
      expect(await ingestFile(job, { maxFileBytes: 1_000 })).toEqual({ kind: 'vanished' });
      outside.remove();
    },
  );

  it('to the same file (hard links) are files like any other', async () => {
    linkSync(workspace.write('one.txt', 'A heron.\n'), join(workspace.folder, 'two.txt'));
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 2 });
  });
});

describe('unusual files', () => {
  it.skipIf(!isLinux)('that are no files are skipped without being opened', async () => {
    execFileSync('mkfifo', [join(workspace.folder, 'pipe.txt')]);
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 0, skipped: 1, failed: 0 });
  });

  it('with bytes that are no UTF-8 are indexed all the same', async () => {
    workspace.write(
      'mixed.txt',
      Buffer.concat([Buffer.from('A héron and '), Buffer.from([0xff]), Buffer.from(' more\n')]),
    );
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, failed: 0 });
    expect(await find(knowledge, 'heron')).toEqual(['mixed.txt']);
  });

  it('that are binary in spite of their name are skipped, and skipped again without a fuss', async () => {
    workspace.write('image.txt', Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 7]));
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ skipped: 1, failed: 0 });
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ skipped: 1, failed: 0 });
  });

  it('that are empty are indexed without a chunk', async () => {
    workspace.write('empty.py', '');
    workspace.write('blank.md', ' \n\n\t\n');
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 2, failed: 0, chunks: 0 });
  });

  it('of 200 MB in one line are too large by default, and work where the limit allows them', async () => {
    const line = Buffer.alloc(200 * 1_048_576, 'heron ');
    workspace.write('huge.txt', line);
    workspace.write('small.txt', 'A small heron.\n');
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, skipped: 1, failed: 0 });
    expect(await find(knowledge, 'heron')).toEqual(['small.txt']);
    workspace.write('huge.txt', line.subarray(0, 20 * 1_048_576));
    knowledge.updateSettings({ maxFileBytes: 50 * 1_048_576 });
    expect(await indexFolder(knowledge, workspace)).toMatchObject({ indexed: 1, unchanged: 1, failed: 0 });
  });
});

describe('files that change while they are indexed', () => {
  it('are not failures when they have vanished since the walk', async () => {
    const job = jobFor('gone.txt');
    expect(await ingestFile(job, { maxFileBytes: 1_000 })).toEqual({ kind: 'vanished' });
  });

  it('are not failures when a folder has taken their place', async () => {
    mkdirSync(join(workspace.folder, 'now-a-folder.txt'));
    const job = jobFor('now-a-folder.txt');
    expect(await ingestFile(job, { maxFileBytes: 1_000 })).toEqual({ kind: 'vanished' });
  });

  it('are too large when they have grown over the limit since the walk', async () => {
    workspace.write('grown.txt', 'x'.repeat(2_000));
    const job = jobFor('grown.txt');
    expect(await ingestFile(job, { maxFileBytes: 1_000 })).toMatchObject({
      kind: 'too-large',
      sizeBytes: 2_000,
    });
  });

  it('keep the rest of the index whole while a folder is rewritten under the run', async () => {
    for (let index = 0; index < 400; index++) workspace.write(`note-${index}.txt`, `Heron ${index}.\n`);
    const { id } = await knowledge.addSource(workspace.folder);
    let next = 0;
    await knowledge.indexSource(id, {
      onProgress: () => {
        for (let count = 0; count < 40 && next < 400; count++, next++) {
          if (next % 2 === 0) rmSync(join(workspace.folder, `note-${next}.txt`));
          else workspace.write(`note-${next}.txt`, `Egret ${next} and more.\n`);
        }
      },
    });
    expect(countStrays(workspace.dataDir)).toBe(0);
    for (; next < 400; next++) rmSync(join(workspace.folder, `note-${next}.txt`));
    expect(await knowledge.indexSource(id)).toMatchObject({ failed: 0 });
    const left = readdirSync(workspace.folder).length;
    expect(knowledge.state().sources[0]?.counts).toMatchObject({ indexed: left, failed: 0 });
  });
});

describe('folders that cannot be added', () => {
  it('are refused with the reason and a next step', async () => {
    workspace.write('inner/file.txt', 'A heron.\n');
    await knowledge.addSource(join(workspace.folder, 'inner'));
    const refused = (path: string) =>
      knowledge.addSource(path).then(
        () => 'added',
        (error: unknown) => error,
      );
    expect(await refused(join(workspace.folder, 'inner'))).toMatchObject({ code: 'source_already_added' });
    expect(await refused(workspace.folder)).toMatchObject({
      code: 'source_overlaps',
      message: /remove that one first/i,
    });
    expect(await refused(join(workspace.folder, 'missing'))).toMatchObject({ code: 'source_path_missing' });
    expect(await refused(join(workspace.folder, 'inner/file.txt'))).toMatchObject({
      code: 'source_path_missing',
    });
  });

  it('include a folder inside one already added, by whatever path it is named', async () => {
    workspace.write('inner/file.txt', 'A heron.\n');
    await knowledge.addSource(workspace.folder);
    const link = `${workspace.folder}-link`;
    symlinkSync(join(workspace.folder, 'inner'), link);
    await expect(knowledge.addSource(link)).rejects.toMatchObject({
      code: 'source_overlaps',
      data: { path: workspace.folder },
    });
  });

  it('do not include one whose name merely begins like another', async () => {
    await knowledge.addSource(workspace.folder);
    mkdirSync(`${workspace.folder}-2`);
    await expect(knowledge.addSource(`${workspace.folder}-2`)).resolves.toMatchObject({ name: 'folder-2' });
  });
});

describe.skipIf(!canMount)('a full disk', () => {
  it('stops the run with a clear error, keeps what is done, and goes on when there is room', async () => {
    for (let index = 0; index < 300; index++) {
      const words = Array.from({ length: 1_500 }, (_, word) => `w${index}x${word}`).join(' ');
      workspace.write(`note-${index}.txt`, `${words}\n`);
    }
    const small = { ...workspace, dataDir: `${workspace.dataDir}-small` };
    mkdirSync(small.dataDir);
    const mount = (options: string) =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', small.dataDir], { stdio: 'ignore' });
    mount('size=6m');
    const full = openKnowledge(small, { workerEntry: built.worker });
    try {
      const { id } = await full.addSource(small.folder);
      await expect(full.indexSource(id)).rejects.toMatchObject({
        code: 'disk_full',
        message: /free some space/i,
      });
      expect(full.state().progress[0]).toMatchObject({
        phase: 'failed',
        failure: expect.stringMatching(/full/i) as string,
      });
      expect(countStrays(small.dataDir)).toBe(0);
      execFileSync('mount', ['-o', 'remount,size=200m', small.dataDir], { stdio: 'ignore' });
      const summary = await full.indexSource(id);
      expect(summary.indexed + summary.unchanged).toBe(300);
      expect(summary.unchanged).toBeGreaterThan(0);
      expect(countStrays(small.dataDir)).toBe(0);
    } finally {
      await full.close();
      execFileSync('umount', [small.dataDir], { stdio: 'ignore' });
    }
  });
});

/** Runs as nobody for a moment: to root everything is readable. */
function asNobody<Result>(work: () => Result): Result {
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

const canChangeUser = isLinux && process.getuid?.() === 0;
if (!canChangeUser)
  console.log('Skipped: unreadable files are tried as another user, which needs root on Linux.');

describe.skipIf(!canChangeUser)('unreadable', () => {
  it('files fail with the reason, to be tried again', async () => {
    chmodSync(join(workspace.folder, '..'), 0o755);
    chmodSync(workspace.write('private.txt', 'A heron.\n'), 0o000);
    const job = jobFor('private.txt');
    const result = await asNobody(() => ingestFile(job, { maxFileBytes: 1_000 }));
    expect(result).toMatchObject({
      kind: 'failed',
      reason: 'No permission to read this file.',
      sha256: null,
    });
  });
});
