import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 32;

/**
 * Keeps a growing list at its end for as long as the reader is there. Scrolling up lets go at once; coming back to the
 * end, or asking for it, takes hold again.
 */
export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): { isAtEnd: boolean; goToEnd: () => void } {
  const sticks = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const goToEnd = useCallback(() => {
    const element = scroller.current;
    sticks.current = true;
    setIsAtEnd(true);
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    let lastTop = element.scrollTop;
    const onScroll = (): void => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (element.scrollTop < lastTop - 1 && left > nearPx) sticks.current = false;
      else if (left <= nearPx) sticks.current = true;
      lastTop = element.scrollTop;
      setIsAtEnd(sticks.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, content]);

  return { isAtEnd, goToEnd };
}
