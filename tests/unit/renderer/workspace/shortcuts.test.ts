import { describe, expect, it } from 'vitest';
import { formatShortcut, shortcutOf } from '../../../../src/renderer/workspace/shortcuts.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held }) as KeyboardEvent;

describe('shortcutOf', () => {
  it('takes Command on macOS and Control elsewhere, never the other one', () => {
    expect(shortcutOf(press('k', { metaKey: true }), true)).toBe('search');
    expect(shortcutOf(press('k', { ctrlKey: true }), true)).toBeNull();
    expect(shortcutOf(press('k', { ctrlKey: true }), false)).toBe('search');
    expect(shortcutOf(press('k', { metaKey: true }), false)).toBeNull();
  });

  it('leaves plain typing and other combinations alone', () => {
    expect(shortcutOf(press('n'), false)).toBeNull();
    expect(shortcutOf(press('N', { ctrlKey: true, shiftKey: true }), false)).toBeNull();
    // AltGr is Control and Alt together: it types characters.
    expect(shortcutOf(press('l', { ctrlKey: true, altKey: true }), false)).toBeNull();
  });

  it('steps through passages with Alt and the arrows', () => {
    expect(shortcutOf(press('ArrowDown', { altKey: true }), false)).toBe('next-passage');
    expect(shortcutOf(press('ArrowUp', { altKey: true }), true)).toBe('previous-passage');
  });
});

describe('formatShortcut', () => {
  it('is written as the system writes it', () => {
    expect(formatShortcut('new-chat', true)).toBe('⌘N');
    expect(formatShortcut('new-chat', false)).toBe('Ctrl N');
    expect(formatShortcut('next-passage', true)).toBe('⌥↓');
  });
});
