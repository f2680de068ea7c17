import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../src/main/knowledge/knowledge.ts';
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
  const { hits } = await knowledge.search({ query: 'heron', limit: 1, mode: 'lexical', filters: {} });
  documentId = hits[0]?.documentId ?? -1;
});
afterEach(async () => {
  await knowledge.close();
  workspace.remove();
});

describe('showing a document', () => {
  it('gives a window of its lines, counted as citations count them', async () => {
    const view = await knowledge.document(documentId, { firstLine: 2, lineCount: 2 });
    expect(view).toMatchObject({
      ...{ documentId, relativePath: 'notes/birds.txt', firstLine: 2, isStale: false, totalLines: 5 },
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
});
