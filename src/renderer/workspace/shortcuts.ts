/** One keyboard shortcut: `mod` is Command on macOS, Control elsewhere. */
export interface Shortcut {
  id:
    | 'new-chat'
    | 'search'
    | 'focus-message'
    | 'stop'
    | 'settings'
    | 'toggle-sidebar'
    | 'next-passage'
    | 'previous-passage';
  keys: readonly string[];
  label: string;
}

export const shortcuts: readonly Shortcut[] = [
  { id: 'new-chat', keys: ['mod', 'N'], label: 'New chat' },
  { id: 'search', keys: ['mod', 'K'], label: 'Search chats, documents and actions' },
  { id: 'focus-message', keys: ['mod', 'L'], label: 'Go to the message field' },
  { id: 'stop', keys: ['Esc'], label: 'Stop the answer, or close the panel' },
  { id: 'settings', keys: ['mod', ','], label: 'Settings' },
  { id: 'toggle-sidebar', keys: ['mod', 'B'], label: 'Show or hide the sidebar' },
  { id: 'next-passage', keys: ['Alt', '↓'], label: 'Next passage in the evidence panel' },
  { id: 'previous-passage', keys: ['Alt', '↑'], label: 'Previous passage in the evidence panel' },
];

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a shortcut is written on this system, e.g. `⌘K` or `Ctrl K`. */
export function formatShortcut(id: Shortcut['id'], mac = isMac): string {
  const keys = shortcuts.find((shortcut) => shortcut.id === id)?.keys ?? [];
  const written = keys.map((key) =>
    key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key === 'Alt' && mac ? '⌥' : key,
  );
  return written.join(mac ? '' : ' ');
}

/** The shortcut a key press means, if any. */
export function shortcutOf(event: KeyboardEvent, mac = isMac): Shortcut['id'] | null {
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    if (event.key === 'ArrowDown') return 'next-passage';
    if (event.key === 'ArrowUp') return 'previous-passage';
  }
  if (event.key === 'Escape') return 'stop';
  const hasMod = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!hasMod || event.altKey || event.shiftKey) return null;
  const key = event.key.toUpperCase();
  return shortcuts.find((shortcut) => shortcut.keys[0] === 'mod' && shortcut.keys[1] === key)?.id ?? null;
}
