import { alcove } from '../../client/alcove.ts';
import { goTo, route } from '../../workspace/route.ts';

/** Sends a message; without a conversation it starts one and shows it. */
export async function ask(question: {
  conversationId: string | null;
  parentId: string | null;
  text: string;
  sourceIds: string[] | null;
}): Promise<void> {
  const { conversationId, parentId, text, sourceIds } = question;
  if (conversationId !== null) {
    await alcove.conversations.send({ conversationId, parentId, text });
    return;
  }
  const created = await alcove.conversations.create({ sourceIds });
  await alcove.conversations.send({ conversationId: created.id, parentId: null, text });
  const shown = route.get();
  // The user may have gone elsewhere while it was being created; the answer goes on without pulling them back.
  if (shown.view === 'chat' && shown.conversationId === null)
    goTo({ view: 'chat', conversationId: created.id });
}
