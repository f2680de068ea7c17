import { Box, Library, PanelLeft, Search, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from '../client/store.ts';
import { IconButton } from '../components/Button.tsx';
import { classNames } from '../components/class-names.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { ChatList } from '../features/chats/ChatList.tsx';
import { focusMessageField } from '../workspace/focus.ts';
import { formatRoute, goTo, route, type Route } from '../workspace/route.ts';
import { formatShortcut } from '../workspace/shortcuts.ts';
import { isPaletteOpen } from './palette-state.ts';
import { toggleSidebar } from './sidebar-state.ts';
import './sidebar.css';

export function Sidebar() {
  const startChat = (): void => {
    goTo({ view: 'chat', conversationId: null });
    focusMessageField();
  };
  return (
    <aside className="sidebar" aria-label="Sidebar">
      <div className="sidebar-bar">
        <span className="sidebar-brand">Alcove</span>
        <IconButton
          label="Hide the sidebar"
          shortcut={formatShortcut('toggle-sidebar')}
          onClick={toggleSidebar}
        >
          <PanelLeft />
        </IconButton>
      </div>
      <div className="sidebar-actions">
        <SidebarButton
          icon={<SquarePen />}
          label="New chat"
          shortcut={formatShortcut('new-chat')}
          onClick={startChat}
        />
        <SidebarButton
          icon={<Search />}
          label="Search"
          shortcut={formatShortcut('search')}
          onClick={() => isPaletteOpen.set(true)}
        />
      </div>
      <ErrorBoundary name="The list of chats">
        <ChatList />
      </ErrorBoundary>
      <nav className="sidebar-places" aria-label="Places">
        <Place icon={<Library />} label="Knowledge" to={{ view: 'knowledge', sourceId: null }} />
        <Place icon={<Box />} label="Models" to={{ view: 'models' }} />
        <Place icon={<Settings />} label="Settings" to={{ view: 'settings' }} />
      </nav>
    </aside>
  );
}

function SidebarButton(props: { icon: ReactNode; label: string; shortcut: string; onClick: () => void }) {
  return (
    <button type="button" className="sidebar-row" aria-label={props.label} onClick={props.onClick}>
      {props.icon}
      <span className="sidebar-label">{props.label}</span>
      <kbd aria-hidden>{props.shortcut}</kbd>
    </button>
  );
}

function Place({ icon, label, to }: { icon: ReactNode; label: string; to: Route }) {
  const isShown = useStore(route).view === to.view;
  return (
    <a
      className={classNames('sidebar-row', isShown && 'sidebar-row-shown')}
      href={formatRoute(to)}
      aria-current={isShown ? 'page' : undefined}
    >
      {icon}
      <span className="sidebar-label">{label}</span>
    </a>
  );
}
