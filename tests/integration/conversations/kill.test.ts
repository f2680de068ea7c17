import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Sent } from '../../../src/main/conversations/conversation-service.ts';
import type { Database } from '../../../src/main/platform/database.ts';
import { openConversations, temporaryFolder } from './open.ts';

const root = resolve(import.meta.dirname, '../../..');
const maxUnsavedCharacters = 4_096;
let outDir: string;

/** Plain Node runs the script, so it is bundled first, inside the repository to find its packages. */
beforeAll(async () => {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  outDir = mkdtempSync(join(cache, 'alcove-writing-'));
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    resolve: { alias: { '@contract': join(root, 'src/contract') } },
    build: { ssr: join(import.meta.dirname, 'writing-process.ts'), outDir, target: 'node20.18' },
  });
});
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

async function startWriting(folder: string) {
  const child = spawn(process.execPath, [join(outDir, 'writing-process.js'), join(folder, 'alcove.db')]);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const line = await lines.next();
    if (line.done) throw new Error('The writing process ended early');
    return line.value;
  };
  return { child, nextLine, sent: JSON.parse(await nextLine()) as Sent };
}

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Throws when a full-text index and the text it is about have drifted apart. */
function checkIndexes(database: Database): void {
  for (const index of ['message_text', 'conversation_title']) {
    database.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`);
  }
}

describe('kill -9', () => {
  it('loses neither the question nor its answer once send has returned', async () => {
    const folder = temporaryFolder();
    const { child, sent } = await startWriting(folder);
    await kill(child);
    const { service, close } = openConversations({ folder });
    const kept = service.get(sent.conversationId);
    expect(kept.title).toBe('How long is parental leave?');
    expect(kept.messages).toMatchObject([
      { id: sent.userMessageId, text: 'How long is parental leave?', status: 'complete' },
      { id: sent.assistantMessageId, status: 'interrupted' },
    ]);
    await close();
  });

  it('keeps a long answer up to its last few kilobytes, and the conversation goes on', async () => {
    const folder = temporaryFolder();
    const { child, nextLine, sent } = await startWriting(folder);
    let written = '';
    for (let piece = 0; piece < 40; piece++) {
      const text = `${piece} `.repeat(200);
      child.stdin.write(`${text}\n`);
      await nextLine();
      written += text;
    }
    await kill(child);

    const { service, close } = openConversations({ folder });
    const kept = service.get(sent.conversationId).messages.at(-1);
    expect(kept?.status).toBe('interrupted');
    expect(written.startsWith(kept?.text ?? 'nothing')).toBe(true);
    expect(kept?.text.length).toBeGreaterThan(written.length - maxUnsavedCharacters - 1_000);
    expect(service.list({ query: '3', limit: 5 }).map(({ id }) => id)).toEqual([sent.conversationId]);
    service.send({ conversationId: sent.conversationId, parentId: sent.assistantMessageId, text: 'Go on?' });
    await close();
  });

  it('leaves a sound database, however often it happens', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 5; round++) {
      const { child } = await startWriting(folder);
      child.stdin.write(`${'words '.repeat(1_500)}\n`);
      await kill(child);
    }
    const { service, database, close } = openConversations({ folder });
    expect(service.list({ limit: 10 })).toHaveLength(5);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    checkIndexes(database);
    await close();
  });
});

describe('purging', () => {
  it('leaves no word of a removed conversation in the files after the next start', async () => {
    const folder = temporaryFolder();
    const first = openConversations({ folder });
    const { id } = first.service.create({ sourceIds: null });
    first.service.send({ conversationId: id, parentId: null, text: 'zanzibarian quixotry '.repeat(500) });
    await first.service.stop(id);
    first.service.remove(id);
    first.service.create({ sourceIds: null });
    await first.close();

    const second = openConversations({ folder });
    expect(second.service.list({ limit: 10 })).toEqual([]);
    expect(() => second.service.restore(id)).toThrow(
      expect.objectContaining({ code: 'conversation_not_found' }) as Error,
    );
    await second.close();
    const bytes = readFileSync(join(folder, 'alcove.db')).toString('latin1');
    expect(bytes).not.toMatch(/zanzibar|quixot/);
    const check = new DatabaseSync(join(folder, 'alcove.db'));
    checkIndexes(check);
    check.close();
  });
});
