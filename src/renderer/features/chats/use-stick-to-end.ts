import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 32;
// More than a frame of streaming ever adds.
const wholeAnswerPx = 200;
const questionMarginPx = 16;

interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  goToEnd: () => void;
}

/**
 * Keeps a growing list at its end for as long as the reader is there. Scrolling up lets go at once; coming back to the
 * end, or asking for it, takes hold again. An answer that comes whole is shown from its question on: it is read from
 * its beginning.
 */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const goToEnd = useCallback(() => {
    sticks.current = true;
    setIsAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: 'instant' });
  }, []);

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
    let lastHeight = 0;
    const observer = new ResizeObserver(() => {
      const grownPx = inner.offsetHeight - lastHeight;
      lastHeight = inner.offsetHeight;
      if (!sticks.current) return;
      element.scrollTop = element.scrollHeight;
      if (grownPx > wholeAnswerPx && showFromQuestion(element)) {
        sticks.current = false;
        setIsAtEnd(false);
      }
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  return { scroller, content, isAtEnd, goToEnd };
}

/** Scrolls back up to the last question if its answer does not fit into the view; returns whether it did. */
function showFromQuestion(element: HTMLElement): boolean {
  const question = [...element.querySelectorAll('.turn-user')].at(-1);
  if (!question) return false;
  const offsetPx = question.getBoundingClientRect().top - element.getBoundingClientRect().top;
  if (offsetPx >= 0) return false;
  element.scrollTop += offsetPx - questionMarginPx;
  return true;
}
