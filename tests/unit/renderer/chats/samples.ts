import type { Conversation, Message } from '@contract/conversations';

export function aMessage(change: Partial<Message> = {}): Message {
  return {
    id: 'm',
    conversationId: 'c',
    parentId: null,
    role: 'user',
    text: 'A question',
    createdAt: 0,
    status: 'complete',
    mode: null,
    modelName: null,
    citations: [],
    usage: null,
    durationMs: null,
    failure: null,
    notice: null,
    ...change,
  };
}

export function aConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c',
    title: 'A chat',
    createdAt: 0,
    updatedAt: 0,
    isAnswering: false,
    messages: [],
    activeMessageId: null,
    sourceIds: null,
    ...change,
  };
}
