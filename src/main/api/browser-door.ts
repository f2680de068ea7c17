import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AppError } from '../platform/app-error.ts';
import type { Logger } from '../platform/logger.ts';
import { BrowserAccess } from './browser-access.ts';
import { contentSecurityPolicy, securityHeaders } from './content-security-policy.ts';
import type { PageFiles } from './page-files.ts';
import type { Services } from './services.ts';
import { SocketClients } from './socket-clients.ts';

export interface BrowserDoorOptions {
  services: Services;
  logger: Logger;
  pageFiles: PageFiles;
  /** 0 lets the system choose. */
  port: number;
  heartbeatMs?: number;
}

export interface BrowserDoor {
  readonly port: number;
  /** A URL that lets one browser in, once, within ten minutes. */
  issueUrl(): string;
  close(): Promise<void>;
}

/** The largest message a page may send: a long question with room to spare. */
const maxMessageBytes = 4 * 1_048_576;

/**
 * Serves the page and the contract on 127.0.0.1 only.
 *
 * @throws AppError `invalid_input` when the port is taken or not allowed.
 */
export async function openBrowserDoor(options: BrowserDoorOptions): Promise<BrowserDoor> {
  const server = createServer();
  const port = await listen(server, options.port);
  const access = new BrowserAccess({ port });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, clientTracking: false });
  const clients = new SocketClients(options);
  server.on('request', (request, response) => answer(request, response, access, options.pageFiles));
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, access)) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (client) => clients.add(client));
  });
  return {
    port,
    issueUrl: () => `http://127.0.0.1:${port}/?token=${access.issueToken()}`,
    close: async () => {
      clients.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(port, error)));
    server.listen({ host: '127.0.0.1', port }, () => resolve((server.address() as AddressInfo).port));
  });
}

function cannotListen(port: number, cause: Error & { code?: string }): AppError {
  const why = cause.code === 'EADDRINUSE' ? 'is already in use' : 'cannot be used';
  return new AppError('invalid_input', `Port ${port} ${why}. Choose another with --port, or leave it out.`, {
    cause,
  });
}

function mayConnect(request: IncomingMessage, access: BrowserAccess): boolean {
  return (
    pathOf(request) === '/rpc' && access.isOwnOrigin(request.headers) && access.hasSession(request.headers)
  );
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: BrowserAccess,
  pageFiles: PageFiles,
): void {
  for (const [name, value] of Object.entries(headersFor(request))) response.setHeader(name, value);
  if (!access.isOwnHost(request.headers)) return refuse(response, 403, 'This address is not Alcove’s.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET is served.');
  const token = queryOf(request).get('token');
  if (token !== null && pathOf(request) === '/') return letIn(response, access, token);
  if (!access.hasSession(request.headers)) return refuse(response, 401, howToComeIn);
  sendFile(response, pageFiles, pathOf(request));
}

const howToComeIn =
  'This page is closed to you. Open the address that "alcove serve" printed; it works once. ' +
  'Press Enter in that terminal, or start it again, for a new one.';

/** Older Safari versions do not count a WebSocket of the same address as 'self'. */
function headersFor(request: IncomingMessage): Record<string, string> {
  const host = request.headers.host ?? '';
  const connect = /^[\w.[\]:]+$/.test(host) ? [`ws://${host}`] : [];
  return securityHeaders(contentSecurityPolicy({ connect }));
}

/** The redirect takes the token out of the address bar and the history. */
function letIn(response: ServerResponse, access: BrowserAccess, token: string): void {
  const session = access.redeemToken(token);
  if (session === null) return refuse(response, 401, howToComeIn);
  response.setHeader('Set-Cookie', `${access.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`);
  response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store' }).end();
}

function sendFile(response: ServerResponse, pageFiles: PageFiles, path: string): void {
  const file = pageFiles.read(path);
  if (!file) return refuse(response, 404, 'There is nothing here.');
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Length': file.body.length,
    'Cache-Control': file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  response.end(file.body);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${words}\n`);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '/';
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
