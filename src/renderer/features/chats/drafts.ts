/** Unsent text per chat, kept while the window is open. */
const drafts = new Map<string, string>();

export function draftOf(conversationId: string | null): string {
  return drafts.get(conversationId ?? '') ?? '';
}

export function keepDraft(conversationId: string | null, text: string): void {
  if (text === '') drafts.delete(conversationId ?? '');
  else drafts.set(conversationId ?? '', text);
}
