import { createStore } from '../client/store.ts';

export const narrowWindow = '(width < 720px)';

/** Whether the sidebar is in view; a narrow window starts without it. */
export const isSidebarOpen = createStore(
  typeof matchMedia === 'undefined' || !matchMedia(narrowWindow).matches,
);

export function toggleSidebar(): void {
  isSidebarOpen.update((isOpen) => !isOpen);
}
