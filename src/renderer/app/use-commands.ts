import type { AppCommand } from '@contract/app';
import { useEffect } from 'react';
import { alcove } from '../client/alcove.ts';
import { followStream } from '../client/live.ts';
import { chooseFolder } from '../workspace/add-folder.ts';
import { closeEvidence, evidence, stepEvidence } from '../workspace/evidence.ts';
import { focusMessageField } from '../workspace/focus.ts';
import { goTo, route } from '../workspace/route.ts';
import { type Shortcut, shortcutOf } from '../workspace/shortcuts.ts';
import { attempt } from '../workspace/toasts.ts';
import { isPaletteOpen } from './palette-state.ts';
import { isSidebarOpen, narrowWindow, toggleSidebar } from './sidebar-state.ts';

/** Acts on the window's shortcuts, and on commands from the menu and from a second launch. */
export function useCommands(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const id = event.defaultPrevented ? null : shortcutOf(event);
      if (id !== null && runShortcut(id)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    void followStream((signal) => alcove.app.commands(undefined, { signal }), stop.signal, {
      event: ({ command }) => runCommand(command),
      failure: () => {
        // Menus are an extra way in; everything they do has a button here.
      },
    });
    return () => stop.abort();
  }, []);
}

function runCommand(command: AppCommand['command']): void {
  switch (command) {
    case 'new-chat':
      runShortcut('new-chat');
      break;
    case 'search':
      isPaletteOpen.set(true);
      break;
    case 'open-settings':
      goTo({ view: 'settings' });
      break;
    case 'open-knowledge':
      goTo({ view: 'knowledge', sourceId: null });
      break;
    case 'add-folder':
      void chooseFolder();
      break;
  }
}

/** Returns whether the shortcut did something; what it did not use stays with the browser. */
function runShortcut(id: Shortcut['id']): boolean {
  switch (id) {
    case 'new-chat':
      goTo({ view: 'chat', conversationId: null });
      focusMessageField();
      return true;
    case 'search':
      isPaletteOpen.update((isOpen) => !isOpen);
      return true;
    case 'focus-message':
      if (route.get().view !== 'chat') goTo({ view: 'chat', conversationId: null });
      focusMessageField();
      return true;
    case 'settings':
      goTo({ view: 'settings' });
      return true;
    case 'toggle-sidebar':
      toggleSidebar();
      return true;
    case 'next-passage':
    case 'previous-passage':
      if (!evidence.get()) return false;
      stepEvidence(id === 'next-passage' ? 1 : -1);
      return true;
    case 'stop':
      return stopOrClose();
  }
}

/** Escape closes what is on top; with nothing on top it stops the answer on show. */
function stopOrClose(): boolean {
  if (evidence.get()) {
    closeEvidence();
    return true;
  }
  if (isSidebarOpen.get() && matchMedia(narrowWindow).matches) {
    toggleSidebar();
    return true;
  }
  const shown = route.get();
  if (shown.view !== 'chat' || shown.conversationId === null) return false;
  attempt(alcove.conversations.stop({ conversationId: shown.conversationId }));
  return true;
}
