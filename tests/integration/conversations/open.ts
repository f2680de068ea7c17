import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AnswerService } from '../../../src/main/conversations/answering/answer-service.ts';
import { ConversationService } from '../../../src/main/conversations/conversation-service.ts';
import type { ChatModel, Retriever } from '../../../src/main/conversations/ports.ts';
import { conversationMigration } from '../../../src/main/conversations/schema.ts';
import { openDatabase } from '../../../src/main/platform/database.ts';
import { FixedRetriever, passage, provide } from '../../unit/conversations/doubles.ts';

export const passages = [
  passage({ text: 'Parents get twelve weeks.', chunkId: 1, documentId: 1 }),
  passage({ text: 'Contractors get none.', chunkId: 2, documentId: 2, relativePath: 'contractors.md' }),
];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-conversations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface OpenOptions {
  folder?: string;
  model?: ChatModel | null;
  retriever?: Retriever;
  onUnexpectedError?: (error: unknown) => void;
}

/** A service over a real database file; opening the same folder again is a restart. */
export function openConversations(options: OpenOptions = {}) {
  const { folder = temporaryFolder(), model = null, retriever = new FixedRetriever(passages) } = options;
  const database = openDatabase({
    path: join(folder, 'alcove.db'),
    migrations: [conversationMigration],
    durability: 'full',
  });
  let tick = 1_000;
  const service = new ConversationService({
    database,
    answers: new AnswerService({ retriever, models: provide(model), passagesPerAnswer: () => 8 }),
    now: () => tick++,
    ...(options.onUnexpectedError && { onUnexpectedError: options.onUnexpectedError }),
  });
  const close = async () => {
    await service.close();
    database.close();
  };
  return { folder, database, service, close };
}

/** Resolves when the answer being written in a conversation is final. */
export function answered(service: ConversationService, conversationId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = service.watch(conversationId, (event) => {
      const isDone =
        event.type === 'finished' || (event.type === 'snapshot' && !event.conversation.isAnswering);
      if (!isDone) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** A new conversation with this question in it, and its ids. */
export function ask(service: ConversationService, text: string) {
  const { id } = service.create({ sourceIds: null });
  return service.send({ conversationId: id, parentId: null, text });
}
