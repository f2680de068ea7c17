import { useEffect, type RefObject } from 'react';

const kept = new Map<string, number>();

/** Keeps a list's scroll position under `key` while the user is elsewhere. */
export function useKeptScroll(key: string, ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.scrollTop = kept.get(key) ?? 0;
    const keep = (): void => void kept.set(key, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [key, ref]);
}
