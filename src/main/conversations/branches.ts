import type { Message } from '@contract/conversations';

/** Messages from the first of the branch to the one with this id; empty when there is no such message. */
export function pathTo(messages: readonly Message[], id: string | null): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  for (let at = id; at !== null;) {
    const message = byId.get(at);
    if (!message) break;
    path.unshift(message);
    at = message.parentId;
  }
  return path;
}

/** The last message of the branch through this id, taking the newest branch wherever it parts again. */
export function newestLeaf(messages: readonly Message[], id: string): string {
  const newestChild = new Map<string, string>();
  for (const message of messages) {
    if (message.parentId !== null) newestChild.set(message.parentId, message.id);
  }
  let leaf = id;
  for (let child = newestChild.get(leaf); child !== undefined; child = newestChild.get(leaf)) leaf = child;
  return leaf;
}

/** A question of the branch and what was answered. */
export interface Exchange {
  question: string;
  answer: string;
}

/** The exchanges of a branch that have an answer, oldest first. */
export function exchanges(path: readonly Message[]): Exchange[] {
  const found: Exchange[] = [];
  for (const [index, message] of path.entries()) {
    const answer = path[index + 1];
    if (message.role !== 'user' || answer?.role !== 'assistant' || answer.text.trim() === '') continue;
    found.push({ question: message.text, answer: answer.text });
  }
  return found;
}
