import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../../../src/renderer/workspace/route.ts';

describe('routes', () => {
  const routes: Route[] = [
    { view: 'chat', conversationId: null },
    { view: 'chat', conversationId: 'a/b c#?' },
    { view: 'knowledge', sourceId: null },
    { view: 'knowledge', sourceId: 's1' },
    { view: 'models' },
    { view: 'settings' },
  ];

  it.each(routes)('come back from their address unchanged: %j', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('are a new chat when the address is empty or unknown', () => {
    expect(parseRoute('')).toEqual({ view: 'chat', conversationId: null });
    expect(parseRoute('#/somewhere')).toEqual({ view: 'chat', conversationId: null });
  });
});
