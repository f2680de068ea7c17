import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { WebSocket } from 'ws';
import type { Contract } from '@contract/index';
import { openBrowserDoor } from '../../src/main/api/browser-door.ts';
import { PageFiles } from '../../src/main/api/page-files.ts';
import { router } from '../../src/main/api/router.ts';
import type { Services } from '../../src/main/api/services.ts';
import type { Logger } from '../../src/main/platform/logger.ts';

export interface OpenDoor {
  client: ContractRouterClient<Contract>;
  close(): Promise<void>;
}

export interface DoorUnderTest {
  name: string;
  open(services: Services, logger: Logger): Promise<OpenDoor>;
}

/** The window's door without Electron: the same adapter over the same kind of port. */
const windowDoor: DoorUnderTest = {
  name: 'window',
  open: async (services, logger) => {
    const { port1, port2 } = new MessageChannel();
    const context = { services, logger, door: { kind: 'window' as const, desktop: null } };
    new RPCHandler(router).upgrade(port1, { context });
    port1.start();
    port2.start();
    return { client: createORPCClient(new PortLink({ port: port2 })), close: async () => port2.close() };
  },
};

const browserDoor: DoorUnderTest = {
  name: 'browser',
  open: async (services, logger) => {
    const pages = temporaryPages();
    const door = await openBrowserDoor({ services, logger, pageFiles: new PageFiles(pages), port: 0 });
    const cookie = await cookieOf(door.issueUrl());
    const origin = `http://127.0.0.1:${door.port}`;
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, { headers: { cookie, origin } });
    await once(socket, 'open');
    // The link wants the browser's WebSocket; the one of `ws` has all it uses.
    const websocket = socket as unknown as globalThis.WebSocket;
    return {
      client: createORPCClient(new SocketLink({ websocket })),
      close: async () => {
        socket.terminate();
        await door.close();
        rmSync(pages, { recursive: true });
      },
    };
  },
};

export const doors: readonly DoorUnderTest[] = [windowDoor, browserDoor];

/** A built page of one file, so that these tests need no build. */
export function temporaryPages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alcove-pages-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Alcove</title>');
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'export {};');
  return folder;
}

/** Opens a printed URL as a browser would and gives the session cookie. */
export async function cookieOf(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  const header = response.headers.get('set-cookie') ?? '';
  return header.split(';', 1)[0] ?? '';
}
