import { describe, expect, test } from 'vitest';
import { BrowserAccess } from '../../../src/main/api/browser-access.ts';

describe('access through the browser door', () => {
  test('a token that lay about for more than ten minutes opens nothing', () => {
    let now = 0;
    const access = new BrowserAccess({ port: 1, now: () => now });
    const token = access.issueToken();
    now = 10 * 60_000 + 1;
    expect(access.redeemToken(token)).toBeNull();
  });

  test('a new token replaces an unused one, and sessions stay', () => {
    const access = new BrowserAccess({ port: 1 });
    const session = access.redeemToken(access.issueToken());
    const old = access.issueToken();
    const fresh = access.issueToken();
    expect(access.redeemToken(old)).toBeNull();
    expect(access.redeemToken(fresh)).not.toBeNull();
    expect(access.hasSession({ cookie: `a=b; alcove_session_1=${session}; c=d` })).toBe(true);
  });

  test('a cookie of another server on this machine is no session', () => {
    const access = new BrowserAccess({ port: 1 });
    const session = access.redeemToken(access.issueToken());
    expect(access.hasSession({ cookie: `alcove_session_2=${session}` })).toBe(false);
    expect(access.hasSession({})).toBe(false);
  });

  test.each(['localhost:1', '127.0.0.1:1', '[::1]:1', 'LOCALHOST:1'])('%s is this server', (host) => {
    expect(new BrowserAccess({ port: 1 }).isOwnHost({ host })).toBe(true);
  });

  test.each(['localhost', 'localhost:2', 'localhost.evil.example:1', '127.0.0.1.evil.example:1', ''])(
    '"%s" is not this server',
    (host) => expect(new BrowserAccess({ port: 1 }).isOwnHost({ host })).toBe(false),
  );
});
