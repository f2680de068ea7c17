import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePdf } from '../../fixtures/documents/make-pdf.ts';
import { DocumentText } from '../../../src/main/knowledge/document-text.ts';
import type { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
import { WorkerPool } from '../../../src/main/knowledge/worker-pool.ts';
import { writeActingWorker } from './acting-worker.ts';
import { buildEntries } from './build-entries.ts';
import type { BuiltEntries } from './build-entries.ts';
import { createWorkspace, indexFolder, openKnowledge } from './knowledge-fixture.ts';
import type { Workspace } from './knowledge-fixture.ts';

let built: BuiltEntries;
let workspace: Workspace;
let knowledge: Knowledge;
let documentId: number;

const whole = { firstLine: 1, lineCount: 100 };

beforeAll(async () => {
  built = await buildEntries();
});
afterAll(() => built.remove());

beforeEach(async () => {
  workspace = createWorkspace({ 'notes/birds.txt': 'one\r\ntwo heron\r\nthree\nfour\n' });
  knowledge = openKnowledge(workspace, { workerEntry: built.worker });
  await indexFolder(knowledge, workspace);
  documentId = await findDocument('heron');
});
afterEach(async () => {
  await knowledge.close();
  workspace.remove();
});

async function findDocument(query: string): Promise<number> {
  const { hits } = await knowledge.search({ query, limit: 1, mode: 'lexical', filters: {} });
  return hits[0]?.documentId ?? -1;
}

describe('showing a document', () => {
  it('gives a window of its lines, counted as citations count them', async () => {
    const view = await knowledge.document(documentId, { firstLine: 2, lineCount: 2 });
    expect(view).toMatchObject({
      documentId,
      relativePath: 'notes/birds.txt',
      firstLine: 2,
      isStale: false,
      totalLines: 5,
      lines: ['two heron', 'three'],
    });
    expect((await knowledge.document(documentId, { firstLine: 90, lineCount: 5 })).lines).toEqual([]);
  });

  it('shows the file as it is now and says when that is not what was indexed', async () => {
    await knowledge.document(documentId, whole);
    workspace.write('notes/birds.txt', 'rewritten\n');
    expect(await knowledge.document(documentId, whole)).toMatchObject({
      isStale: true,
      lines: ['rewritten', ''],
    });
  });

  it('gives ranges of the bytes, none beyond the end', () => {
    const range = knowledge.documentBytes(documentId, { offset: 1, length: 4 });
    expect(range).toEqual({ base64: Buffer.from('ne\r\n').toString('base64'), sizeBytes: 27 });
    expect(knowledge.documentBytes(documentId, { offset: 1_000, length: 4 }).base64).toBe('');
  });

  it('says that a file is missing, or that the index no longer has it', async () => {
    rmSync(join(workspace.folder, 'notes/birds.txt'));
    await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({ code: 'document_missing' });
    expect(() => knowledge.documentPath(documentId)).toThrow(
      expect.objectContaining({ code: 'document_missing' }),
    );
    await indexFolder(knowledge, workspace);
    await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({ code: 'document_not_found' });
  });

  it.skipIf(process.platform === 'win32')(
    'never leaves the source, whatever links have been put in the way',
    async () => {
      const outside = createWorkspace({ 'birds.txt': 'secret\n' });
      const file = join(workspace.folder, 'notes/birds.txt');
      rmSync(file);
      symlinkSync(join(outside.folder, 'birds.txt'), file);
      await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({ code: 'document_missing' });
      renameSync(join(workspace.folder, 'notes'), join(workspace.folder, 'moved'));
      symlinkSync(outside.folder, join(workspace.folder, 'notes'));
      await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({ code: 'document_missing' });
      expect(() => knowledge.documentBytes(documentId, { offset: 0, length: 10 })).toThrow(
        /gone or was moved/,
      );
      expect(() => knowledge.documentPath(documentId)).toThrow(/gone or was moved/);
      outside.remove();
    },
  );

  it('takes a folder in place of the file for a missing file', async () => {
    rmSync(join(workspace.folder, 'notes/birds.txt'));
    mkdirSync(join(workspace.folder, 'notes/birds.txt'));
    await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({ code: 'document_missing' });
  });

  it('shows the text of a PDF', async () => {
    workspace.write('egret.pdf', makePdf([['The egret waits.'], ['It is white.']]));
    await indexFolder(knowledge, workspace);
    const view = await knowledge.document(await findDocument('egret'), whole);
    expect(view).toMatchObject({ format: 'pdf', isStale: false });
    expect(view.lines).toEqual(expect.arrayContaining(['The egret waits.', 'It is white.']));
  });

  it('says why a file has no text any more', async () => {
    workspace.write('notes/birds.txt', new Uint8Array(100));
    await expect(knowledge.document(documentId, whole)).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringMatching(/\.$/) as string,
    });
  });

  it('applies another limit of the size at once', async () => {
    await knowledge.document(documentId, whole);
    knowledge.updateSettings({ maxFileBytes: 10 });
    const refused = expect.objectContaining({ code: 'document_unreadable' }) as Error;
    await expect(knowledge.document(documentId, whole)).rejects.toThrow(refused);
    workspace.write('notes/birds.txt', 'x'.repeat(2_000_000));
    knowledge.updateSettings({ maxFileBytes: 3_000_000 });
    expect((await knowledge.document(documentId, whole)).sizeBytes).toBe(2_000_000);
  });
});

describe('a document that breaks its reader', () => {
  const names = ['hang', 'exit', 'throw', 'memory', 'fine'] as const;
  const ids = new Map<string, number>();

  /** The documents are indexed by the real worker, then shown by one that does what their names say. */
  async function openWith(fileTimeLimitMs: number): Promise<void> {
    for (const name of names) workspace.write(`${name}.txt`, `All about ${name}.\n`);
    await indexFolder(knowledge, workspace);
    for (const name of names) ids.set(name, await findDocument(name));
    await knowledge.close();
    const workerEntry = writeActingWorker(workspace.folder);
    knowledge = openKnowledge(workspace, { workerEntry, fileTimeLimitMs, heapMegabytes: 32 });
  }

  const show = (name: (typeof names)[number], signal?: AbortSignal) =>
    knowledge.document(ids.get(name) ?? -1, whole, signal);

  const isHanging = () =>
    vi.waitFor(() => expect(existsSync(join(workspace.folder, 'hanging'))).toBe(true), 10_000);

  it.each([
    ['hang', 'Reading this file took longer than 1 s.'],
    ['exit', 'Reading this file ended unexpectedly.'],
    ['throw', 'Reading this file ended unexpectedly.'],
    ['memory', 'Reading this file needs too much memory.'],
  ] as const)('says so when it makes it %s, and the next one is shown', async (name, message) => {
    await openWith(400);
    await expect(show(name)).rejects.toMatchObject({ code: 'document_unreadable', message });
    expect((await show('fine')).lines).toEqual(['fine.txt']);
  });

  it('lets go of it when nobody waits any longer', async () => {
    await openWith(600_000);
    const abort = new AbortController();
    const hanging = show('hang', abort.signal);
    const next = show('fine');
    await isHanging();
    abort.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect((await next).lines).toEqual(['fine.txt']);
  });

  it('does not keep the index from being closed', async () => {
    await openWith(600_000);
    const settled = Promise.allSettled([show('hang'), show('fine')]);
    await isHanging();
    await knowledge.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('the thread that reads documents', () => {
  it('is started by the first, serves the next, and ends when there is none for a while', async () => {
    let started = 0;
    let tellEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (tellEnded = resolve));
    const createPool = (maxFileBytes: number) => {
      started++;
      const limits = { maxFileBytes, threads: 1, fileTimeLimitMs: 60_000, heapMegabytes: 64 };
      const pool = new WorkerPool({ workerEntry: built.worker, ...limits });
      return Promise.resolve(Object.assign(pool, { close: () => closeAndTell(pool) }));
    };
    const closeAndTell = async (pool: WorkerPool) => {
      await WorkerPool.prototype.close.call(pool);
      tellEnded();
    };
    const text = new DocumentText({ createPool, maxFileBytes: () => 1_000, idleMs: 200 });
    const relativePath = 'notes/birds.txt';
    const file = { documentId: 1, root: workspace.folder, relativePath, sizeBytes: 1, mtimeMs: 1 };
    expect(started).toBe(0);
    const lines = ['one', 'two heron', 'three', 'four', ''];
    expect(await Promise.all([text.read(file), text.read({ ...file, documentId: 2 })])).toMatchObject([
      { documentId: 1, lines },
      { documentId: 2, lines },
    ]);
    await ended;
    expect(await text.read(file)).toMatchObject({ documentId: 1, lines });
    expect(started).toBe(2);
    await text.close();
  });

  it('leaves the process free to end while it idles', async () => {
    const busy = () => process.getActiveResourcesInfo().filter((name) => /worker|port/i.test(name)).length;
    const before = busy();
    await knowledge.document(documentId, whole);
    expect(busy()).toBe(before);
  });
});
