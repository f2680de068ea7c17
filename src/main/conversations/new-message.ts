import { randomUUID } from 'node:crypto';
import type { Message } from '@contract/conversations';

type NewMessage = Pick<Message, 'conversationId' | 'parentId' | 'role' | 'text' | 'status' | 'createdAt'>;

/** A message with an id of its own and nothing yet known about how it was made. */
export function newMessage(given: NewMessage): Message {
  return {
    id: randomUUID(),
    mode: null,
    modelName: null,
    citations: [],
    usage: null,
    durationMs: null,
    failure: null,
    notice: null,
    ...given,
  };
}
