import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openBrowserDoor, type BrowserDoor } from '../../src/main/api/browser-door.ts';
import { PageFiles } from '../../src/main/api/page-files.ts';
import { cookieOf, temporaryPages } from './doors.ts';
import { sampleServices, silentLogger, type SampleServices } from './sample-services.ts';

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('the browser door', () => {
  let pages: string;
  let door: BrowserDoor;
  let sample: SampleServices;

  beforeEach(async () => {
    pages = temporaryPages();
    sample = sampleServices();
    door = await openBrowserDoor({
      services: sample.services,
      logger: silentLogger,
      pageFiles: new PageFiles(pages),
      port: 0,
      heartbeatMs: 20,
    });
  });

  afterEach(async () => {
    await door.close();
    rmSync(pages, { recursive: true });
  });

  /** Plain http, because fetch does not let a test lie about its Host. */
  async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    const sent = request({ host: '127.0.0.1', port: door.port, path, headers, method, agent: false });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let body = '';
    for await (const part of response) body += String(part);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  }

  const origin = () => `http://127.0.0.1:${door.port}`;

  /** The status a WebSocket is refused with, or 101. */
  async function connect(headers: Record<string, string>, path = '/rpc'): Promise<number> {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
    return new Promise((resolve) => {
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  }

  async function openSocket(): Promise<WebSocket> {
    const headers = { cookie: await cookieOf(door.issueUrl()), origin: origin() };
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, { headers });
    await once(socket, 'open');
    return socket;
  }

  test('turns the printed token into a session cookie no script or other site can use', async () => {
    const { status, headers } = await get(new URL(door.issueUrl()).search.replace(/^/, '/'));
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']?.[0]).toMatch(
      /^alcove_session_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  test('takes a token once', async () => {
    const url = door.issueUrl();
    expect(await cookieOf(url)).not.toBe('');
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
  });

  test('refuses a made-up token', async () => {
    door.issueUrl();
    expect((await get('/?token=guess')).status).toBe(401);
  });

  test('shows nothing to a browser without a session', async () => {
    expect((await get('/')).status).toBe(401);
    expect((await get('/assets/index-1a2b.js')).status).toBe(401);
    expect((await get('/', { cookie: `alcove_session_${door.port}=guess` })).status).toBe(401);
  });

  test('serves the page under a strict policy', async () => {
    const { status, headers, body } = await get('/', { cookie: await cookieOf(door.issueUrl()) });
    expect(status).toBe(200);
    expect(body).toContain('<title>Alcove</title>');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });

  test('serves no file beside the page’s own', async () => {
    const cookie = await cookieOf(door.issueUrl());
    for (const path of [
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '/etc/passwd',
    ]) {
      expect((await get(path, { cookie })).status, path).toBe(404);
    }
  });

  test('refuses a name that was re-pointed at this machine', async () => {
    const cookie = await cookieOf(door.issueUrl());
    expect((await get('/', { cookie, host: 'evil.example' })).status).toBe(403);
    expect((await get('/', { cookie, host: `evil.example:${door.port}` })).status).toBe(403);
    expect((await get('/', { cookie, host: `localhost:${door.port}` })).status).toBe(200);
  });

  test('refuses a token sent to a foreign host name, and keeps it for its owner', async () => {
    const url = new URL(door.issueUrl());
    expect((await get(`/${url.search}`, { host: 'evil.example' })).status).toBe(403);
    expect(await cookieOf(url.href)).not.toBe('');
  });

  test('changes nothing on a request that is not a read', async () => {
    const cookie = await cookieOf(door.issueUrl());
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
  });

  test('opens a WebSocket only for its own page with a session', async () => {
    const cookie = await cookieOf(door.issueUrl());
    expect(await connect({ cookie, origin: origin() })).toBe(101);
    expect(await connect({ origin: origin() })).toBe(403);
    expect(await connect({ cookie })).toBe(403);
    expect(await connect({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await connect({ cookie, origin: `http://localhost:${door.port}` })).toBe(403);
    expect(await connect({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
    expect(await connect({ cookie, origin: origin() }, '/other')).toBe(403);
  });

  test('ends a connection that sends what is not a message', async () => {
    for (const nonsense of ['not json', '[]', '"text"', Buffer.from([0xff, 0xfe])]) {
      const socket = await openSocket();
      socket.send(nonsense);
      const [code] = (await once(socket, 'close')) as [number];
      expect(code).toBe(1003);
    }
  });

  test('ends a connection that sends too much', async () => {
    const socket = await openSocket();
    socket.on('error', () => undefined);
    socket.send(JSON.stringify({ i: '1', p: 'x'.repeat(5 * 1_048_576) }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });

  test('lets go of a page that no longer answers', async () => {
    const socket = await openSocket();
    socket.send(JSON.stringify({ i: '1', p: { u: '/knowledge/watch', b: {} } }));
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(1));
    // A paused socket reads no pings, so it answers none: the laptop was closed.
    socket.pause();
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(0));
    socket.terminate();
  });

  test('says which port is taken', async () => {
    const options = { services: sample.services, logger: silentLogger, pageFiles: new PageFiles(pages) };
    await expect(openBrowserDoor({ ...options, port: door.port })).rejects.toMatchObject({
      code: 'invalid_input',
      message: `Port ${door.port} is already in use. Choose another with --port, or leave it out.`,
    });
  });
});
