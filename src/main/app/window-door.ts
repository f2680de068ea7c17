import { RPCHandler } from '@orpc/server/message-port';
import {
  type BrowserWindow,
  ipcMain,
  type IpcMainEvent,
  MessageChannelMain,
  type MessagePortMain,
} from 'electron';
import type { Logger } from '../platform/logger.ts';
import { router } from '../api/router.ts';
import type { Desktop, Services } from '../api/services.ts';
import { isOwnPage } from './page-address.ts';

export interface WindowDoorOptions {
  window: BrowserWindow;
  page: string;
  services: Services;
  desktop: Desktop;
  logger: Logger;
}

/**
 * Gives the page a MessagePort that carries the contract, when it asks. Only the main frame of our own page gets one,
 * and a page that asks again (after a reload) makes the earlier port close.
 */
export function openWindowDoor({ window, page, services, desktop, logger }: WindowDoorOptions): void {
  const rpc = new RPCHandler(router);
  let current: MessagePortMain | null = null;
  const connect = (event: IpcMainEvent): void => {
    if (!isFromPage(event, window, page)) return;
    current?.close();
    const { port1, port2 } = new MessageChannelMain();
    current = port1;
    rpc.upgrade(port1, { context: { services, door: { kind: 'window', desktop }, logger } });
    port1.start();
    event.senderFrame?.postMessage('alcove:port', null, [port2]);
  };
  ipcMain.on('alcove:connect', connect);
  window.on('closed', () => {
    ipcMain.off('alcove:connect', connect);
    current?.close();
  });
}

function isFromPage(event: IpcMainEvent, window: BrowserWindow, page: string): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === window.webContents.mainFrame && isOwnPage(frame.url, page);
}
