import type { KeyboardEvent } from 'react';

/** Moves the focus among a list's `selector` elements with the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const index = items.findIndex((item) => item === document.activeElement);
  if (index < 0 || event.altKey) return;
  const next = items[nextIndex(event.key, index, items.length)];
  if (!next || next === items[index]) return;
  event.preventDefault();
  next.focus();
}

function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return index;
  }
}
