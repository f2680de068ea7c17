import type { ConversationSummary } from '@contract/conversations';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { alcove } from '../../client/alcove.ts';
import { liveConversations, useLive } from '../../client/live.ts';
import { useStore } from '../../client/store.ts';
import { classNames } from '../../components/class-names.ts';
import { Menu } from '../../components/Menu.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { moveFocus } from '../../components/move-focus.ts';
import { useKeptScroll } from '../../components/use-kept-scroll.ts';
import { useNow } from '../../components/use-now.ts';
import { formatRoute, goTo, route } from '../../workspace/route.ts';
import { attempt, showFailure, showToast } from '../../workspace/toasts.ts';
import { groupChats } from './group-chats.ts';
import './chat-list.css';

const regroupMs = 60_000;

/** All chats by day; each can be renamed and deleted, and a deletion undone. */
export function ChatList() {
  const { value: chats, failure } = useLive(liveConversations);
  const now = useNow(regroupMs);
  const scroller = useRef<HTMLElement>(null);
  useKeptScroll('chats', scroller);
  return (
    <nav className="chat-list" aria-label="Chats" ref={scroller} onKeyDown={(event) => moveFocus(event, 'a')}>
      {chats ? (
        groupChats(chats, now).map((group) => (
          <section key={group.label} aria-label={group.label}>
            <h2>{group.label}</h2>
            <ul>
              {group.chats.map((chat) => (
                <ChatRow key={chat.id} chat={chat} />
              ))}
            </ul>
          </section>
        ))
      ) : failure ? (
        <p className="chat-list-empty">{failure.detail}</p>
      ) : (
        <Skeleton label="Loading chats" lines={5} />
      )}
      {chats?.length === 0 && <p className="chat-list-empty">Your chats will be listed here.</p>}
    </nav>
  );
}

function ChatRow({ chat }: { chat: ConversationSummary }) {
  const shown = useStore(route);
  const [isRenaming, setIsRenaming] = useState(false);
  const isShown = shown.view === 'chat' && shown.conversationId === chat.id;
  if (isRenaming) return <RenameRow chat={chat} onDone={() => setIsRenaming(false)} />;
  return (
    <li className={classNames('chat-row', isShown && 'chat-row-shown')}>
      <a
        href={formatRoute({ view: 'chat', conversationId: chat.id })}
        aria-current={isShown ? 'page' : undefined}
        title={chat.title}
        onDoubleClick={() => setIsRenaming(true)}
      >
        {chat.isAnswering && <span className="phase-dot" role="img" aria-label="Answering" />}
        <span className="truncate">{chat.title}</span>
      </a>
      <Menu
        trigger={
          <button type="button" className="icon-button" aria-label={`Actions for ${chat.title}`}>
            <Ellipsis />
          </button>
        }
        items={[
          { label: 'Rename', icon: <Pencil />, run: () => setIsRenaming(true) },
          { label: 'Delete', icon: <Trash2 />, tone: 'danger', run: () => void remove(chat, isShown) },
        ]}
      />
    </li>
  );
}

function RenameRow({ chat, onDone }: { chat: ConversationSummary; onDone: () => void }) {
  const [title, setTitle] = useState(chat.title);
  const isCancelled = useRef(false);
  const finish = (): void => {
    onDone();
    const next = title.trim();
    if (isCancelled.current || next === '' || next === chat.title) return;
    attempt(alcove.conversations.rename({ conversationId: chat.id, title: next }));
  };
  return (
    <li className="chat-row">
      <input
        className="field"
        aria-label="Chat title"
        value={title}
        maxLength={200}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.stopPropagation();
          isCancelled.current = event.key === 'Escape';
          event.currentTarget.blur();
        }}
      />
    </li>
  );
}

async function remove(chat: ConversationSummary, isShown: boolean): Promise<void> {
  try {
    await alcove.conversations.remove({ conversationId: chat.id });
    if (isShown) goTo({ view: 'chat', conversationId: null });
    const undo = (): void => attempt(alcove.conversations.restore({ conversationId: chat.id }));
    showToast({ title: 'Chat deleted', detail: chat.title, action: { label: 'Undo', run: undo } });
  } catch (error) {
    showFailure(error);
  }
}
