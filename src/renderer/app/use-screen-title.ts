import { useEffect } from 'react';
import { liveConversations, useLive } from '../client/live.ts';
import { useStore } from '../client/store.ts';
import { route } from '../workspace/route.ts';

/** The name of what the centre shows; the window carries it as well. */
export function useScreenTitle(): string {
  const shown = useStore(route);
  const chats = useLive(liveConversations).value;
  const title =
    shown.view === 'chat'
      ? (chats?.find((chat) => chat.id === shown.conversationId)?.title ?? '')
      : { knowledge: 'Knowledge', models: 'Models', settings: 'Settings' }[shown.view];
  useEffect(() => {
    document.title = title === '' ? 'Alcove' : `${title} - Alcove`;
  }, [title]);
  // Pages carry their own heading; only a chat is named by the bar.
  return shown.view === 'chat' ? title : '';
}
