import type { Message } from '@contract/conversations';

/** Where a message stands among the other messages that follow the same one. */
export interface BranchPlace {
  index: number;
  siblings: readonly Message[];
}

/** The messages on show: from the first one to the active one, each the parent of the next. */
export function branchOf(messages: readonly Message[], activeMessageId: string | null): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let current = byId.get(activeMessageId ?? '') ?? messages.at(-1);
  while (current && !path.includes(current)) {
    path.push(current);
    current = current.parentId === null ? undefined : byId.get(current.parentId);
  }
  return path.reverse();
}

/** The branches one can switch between at a message, oldest first. */
export function branchPlace(messages: readonly Message[], message: Message): BranchPlace {
  const siblings = messages
    .filter((other) => other.parentId === message.parentId && other.role === message.role)
    .sort((a, b) => a.createdAt - b.createdAt);
  return { siblings, index: siblings.findIndex((other) => other.id === message.id) };
}
