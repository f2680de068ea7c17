import { PanelLeft } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useStore } from '../client/store.ts';
import { IconButton } from '../components/Button.tsx';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useMedia } from '../components/use-media.ts';
import { closeEvidence, evidence } from '../workspace/evidence.ts';
import { route } from '../workspace/route.ts';
import { formatShortcut } from '../workspace/shortcuts.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { EvidencePanel } from './later-parts.ts';
import { Sidebar } from './Sidebar.tsx';
import { isSidebarOpen, narrowWindow, toggleSidebar } from './sidebar-state.ts';
import { useReturnedFocus } from './use-returned-focus.ts';
import { useScreenTitle } from './use-screen-title.ts';
import './shell.css';

/** The frame: chats at the left, one screen in the centre, evidence at the right. */
export function Shell({ children }: { children: ReactNode }) {
  const isOpen = useStore(isSidebarOpen);
  const isNarrow = useMedia(narrowWindow);
  const overlaysEvidence = useMedia('(width < 900px)');
  const shown = useStore(evidence);
  useEffect(() => isSidebarOpen.set(!isNarrow), [isNarrow]);
  // Evidence belongs to the place it was opened from.
  useEffect(() => route.subscribe(closeEvidence), []);
  const shell = isOpen && !isNarrow ? 'shell' : 'shell shell-wide';
  return (
    <div className={shell}>
      {isOpen && <Sidebar />}
      {isOpen && isNarrow && <SidebarScrim />}
      <Group className="shell-centre" orientation="horizontal" id="centre">
        <Panel id="screen" minSize="360px">
          <main className="screen" inert={(shown !== null && overlaysEvidence) || (isOpen && isNarrow)}>
            <ScreenBar />
            <ConnectionLine />
            <div className="screen-content">{children}</div>
          </main>
        </Panel>
        {shown && !overlaysEvidence && (
          <>
            <Separator className="shell-separator" aria-label="Resize the evidence panel" />
            <Panel id="evidence" defaultSize="46%" minSize="300px" maxSize="70%">
              <EvidencePlace />
            </Panel>
          </>
        )}
      </Group>
      {shown && overlaysEvidence && <EvidenceOverlay />}
    </div>
  );
}

/** In a small window evidence lies over the screen, so the keyboard goes with it. */
function EvidenceOverlay() {
  const overlay = useRef<HTMLDivElement>(null);
  useEffect(() => overlay.current?.focus(), []);
  return (
    <div className="shell-overlay" ref={overlay} tabIndex={-1}>
      <EvidencePlace />
    </div>
  );
}

function EvidencePlace() {
  useReturnedFocus();
  return (
    <ErrorBoundary name="This file">
      <Suspense fallback={<Skeleton label="Opening the file" />}>
        <EvidencePanel />
      </Suspense>
    </ErrorBoundary>
  );
}

function SidebarScrim() {
  const shown = useStore(route);
  useEffect(() => () => isSidebarOpen.set(false), [shown]);
  useReturnedFocus();
  return (
    <button type="button" className="shell-scrim" aria-label="Close the sidebar" onClick={toggleSidebar} />
  );
}

function ScreenBar() {
  const isOpen = useStore(isSidebarOpen);
  const title = useScreenTitle();
  return (
    <header className="screen-bar">
      {!isOpen && (
        <IconButton
          label="Show the sidebar"
          shortcut={formatShortcut('toggle-sidebar')}
          onClick={toggleSidebar}
        >
          <PanelLeft />
        </IconButton>
      )}
      <p className="screen-title truncate" title={title}>
        {title}
      </p>
    </header>
  );
}
