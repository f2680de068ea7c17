import { createStore } from '../client/store.ts';

/** What the centre of the window shows. */
export type Route =
  | { view: 'chat'; conversationId: string | null }
  | { view: 'knowledge'; sourceId: string | null }
  | { view: 'models' }
  | { view: 'settings' };

/** The route written in a location hash; anything unknown is a new chat. */
export function parseRoute(hash: string): Route {
  const [view, rest] = hash.replace(/^#\/?/, '').split('/');
  const id = rest ? decodeURIComponent(rest) : null;
  switch (view) {
    case 'knowledge':
      return { view: 'knowledge', sourceId: id };
    case 'models':
    case 'settings':
      return { view };
    case undefined:
    default:
      return { view: 'chat', conversationId: id };
  }
}

export function formatRoute(route: Route): string {
  const id = 'conversationId' in route ? route.conversationId : 'sourceId' in route ? route.sourceId : null;
  return id === null ? `#/${route.view}` : `#/${route.view}/${encodeURIComponent(id)}`;
}

export const route = createStore<Route>({ view: 'chat', conversationId: null });

/** Reads the address once and follows it from then on. */
export function followAddress(): void {
  const read = (): void => route.set(parseRoute(location.hash));
  window.addEventListener('hashchange', read);
  read();
}

export function goTo(next: Route): void {
  const hash = formatRoute(next);
  if (location.hash === hash) route.set(next);
  else location.hash = hash;
}
