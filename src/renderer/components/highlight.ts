import type { HighlightAnswer, HighlightRequest } from './highlight-worker.ts';
import type { Grammar } from './languages.ts';
import type { CodeToken } from './tokenize.ts';

type Lines = CodeToken[][] | null;

const waiting = new Map<number, (lines: Lines) => void>();
let worker: Worker | null = null;
let lastId = 0;

/** Lines of coloured tokens; null when there are none to be had. Uncoloured code is still readable, so it never fails. */
export function highlight(text: string, grammar: Grammar): Promise<Lines> {
  worker ??= start();
  lastId += 1;
  const request: HighlightRequest = { id: lastId, text, grammar };
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    worker?.postMessage(request);
  });
}

function start(): Worker {
  const started = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', (event: MessageEvent<HighlightAnswer>) => {
    const { id, lines } = event.data;
    waiting.get(id)?.(lines);
    waiting.delete(id);
  });
  started.addEventListener('error', () => {
    for (const resolve of waiting.values()) resolve(null);
    waiting.clear();
    worker = null;
  });
  return started;
}
