import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const tokenLifetimeMs = 10 * 60_000;

export interface BrowserAccessOptions {
  port: number;
  now?: () => number;
}

/**
 * Who may come through the browser door: a browser that opened the printed URL once, on this machine, on this
 * server's own address. Pages of other sites, and names that were re-pointed at 127.0.0.1, are turned away.
 */
export class BrowserAccess {
  readonly cookieName: string;
  readonly #hosts: ReadonlySet<string>;
  readonly #now: () => number;
  readonly #sessions = new Set<string>();
  #token: { digest: Buffer; expiresAt: number } | null = null;

  constructor({ port, now = Date.now }: BrowserAccessOptions) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
    this.#now = now;
    // Cookies do not tell ports apart; two servers of one machine must not overwrite each other's.
    this.cookieName = `alcove_session_${port}`;
  }

  /** A fresh token for one browser; it replaces an unused one. */
  issueToken(): string {
    const token = randomSecret();
    this.#token = { digest: digestOf(token), expiresAt: this.#now() + tokenLifetimeMs };
    return token;
  }

  /** Trades a token for a session, once. Null when it is wrong, used or too old. */
  redeemToken(token: string): string | null {
    const expected = this.#token;
    if (!expected || this.#now() > expected.expiresAt) return null;
    if (!timingSafeEqual(expected.digest, digestOf(token))) return null;
    this.#token = null;
    const session = randomSecret();
    this.#sessions.add(keyOf(session));
    return session;
  }

  isOwnHost(headers: IncomingHttpHeaders): boolean {
    return headers.host !== undefined && this.#hosts.has(headers.host.toLowerCase());
  }

  /** Whether a request comes from a page of this very address. Browsers always say so when opening a WebSocket. */
  isOwnOrigin(headers: IncomingHttpHeaders): boolean {
    return this.isOwnHost(headers) && headers.origin === `http://${headers.host}`;
  }

  hasSession(headers: IncomingHttpHeaders): boolean {
    const session = readCookie(headers.cookie ?? '', this.cookieName);
    return session !== undefined && this.#sessions.has(keyOf(session));
  }
}

function readCookie(header: string, name: string): string | undefined {
  const prefix = `${name}=`;
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Sessions are kept and looked up by digest, so that the time a look-up takes tells nothing about them. */
function keyOf(session: string): string {
  return digestOf(session).toString('base64');
}
