import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../platform/logger.ts';
import { router } from './router.ts';
import type { Door, Services } from './services.ts';

export interface SocketClientsOptions {
  services: Services;
  logger: Logger;
  heartbeatMs?: number;
}

type SocketOfRpc = Parameters<RPCHandler<never>['upgrade']>[0];

const door: Door = { kind: 'browser', desktop: null };
const goingAway = 1001;
const unsupportedData = 1003;

/** The pages connected through the browser door, each served the contract over its WebSocket. */
export class SocketClients {
  readonly #rpc = new RPCHandler(router);
  readonly #options: SocketClientsOptions;
  readonly #answering = new Map<WebSocket, boolean>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: SocketClientsOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMs ?? 30_000);
    this.#heartbeat.unref();
  }

  add(socket: WebSocket): void {
    this.#answering.set(socket, true);
    socket.on('pong', () => this.#answering.set(socket, true));
    socket.on('close', () => this.#answering.delete(socket));
    // A broken connection closes the socket next; the client connects again.
    socket.on('error', () => undefined);
    const { services, logger } = this.#options;
    void this.#rpc.upgrade(checkedSocket(socket), { context: { services, logger, door } });
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const socket of this.#answering.keys()) socket.close(goingAway);
    for (const socket of this.#answering.keys()) socket.terminate();
  }

  /** Ends connections that did not answer since the last beat, so that their handlers stop too. */
  #beat(): void {
    for (const [socket, hasAnswered] of this.#answering) {
      if (!hasAnswered) socket.terminate();
      else {
        this.#answering.set(socket, false);
        socket.ping();
      }
    }
  }
}

/**
 * The socket as oRPC sees it: what is not a JSON object ends the connection instead of reaching it, and a send is done
 * when the bytes have left, so that a slow page holds back its streams.
 */
function checkedSocket(socket: WebSocket): SocketOfRpc {
  const wrapped = {
    addEventListener: (type: 'message' | 'close', listener: (event: { data: string }) => void) => {
      if (type === 'message') onJsonMessage(socket, listener);
      else socket.on('close', () => listener({ data: '' }));
    },
    send: (data: string | ArrayBufferLike | Uint8Array) =>
      new Promise<void>((resolve) => socket.send(data, () => resolve())),
  };
  return wrapped as unknown as SocketOfRpc;
}

function onJsonMessage(socket: WebSocket, listener: (event: { data: string }) => void): void {
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const text = isBinary ? '' : data.toString('utf8');
    if (isJsonObject(text)) listener({ data: text });
    else socket.close(unsupportedData);
  });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'i' in value;
  } catch {
    return false; // the caller ends the connection
  }
}
