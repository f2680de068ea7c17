import type { ConversationEvent } from '@contract/conversations';

/** Runs `flush` a little later: with the next frame when the window is drawn. */
export type Schedule = (flush: () => void) => void;

/**
 * Collects events and hands them on together, deltas of one message joined, so that a fast answer costs one state
 * change per frame however many deltas it comes in.
 */
export function createEventBuffer(
  onEvents: (events: readonly ConversationEvent[]) => void,
  schedule: Schedule,
): (event: ConversationEvent) => void {
  let waiting: ConversationEvent[] = [];
  const flush = (): void => {
    const events = waiting;
    waiting = [];
    onEvents(events);
  };
  return (event) => {
    if (waiting.length === 0) schedule(flush);
    const last = waiting.at(-1);
    if (event.type === 'delta' && last?.type === 'delta' && last.messageId === event.messageId) {
      waiting[waiting.length - 1] = { ...last, text: last.text + event.text };
    } else {
      waiting.push(event);
    }
  };
}

const hiddenWindowMs = 250;

/** The next frame; a hidden window draws none, so there it is a timer. */
export const nextFrame: Schedule = (flush) => {
  if (document.hidden) setTimeout(flush, hiddenWindowMs);
  else requestAnimationFrame(flush);
};
