import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Door } from './connection.ts';

const portMessage = 'alcove:port';
const firstRetryMs = 250;
const longestRetryMs = 5_000;

/** The app's own window: the preload posts a port, and a new one if the first is replaced. */
export function windowDoor(): Door {
  return {
    open(onLink) {
      window.addEventListener('message', (event) => {
        const port = event.ports[0];
        if (event.source !== window || event.data !== portMessage || !port) return;
        port.addEventListener('close', () => onLink(null));
        onLink(new PortLink({ port }));
        port.start();
      });
    },
  };
}

/** A browser page served by Alcove: a WebSocket, opened again with growing pauses whenever it drops. */
export function browserDoor(url: string): Door {
  return {
    open(onLink) {
      let retryMs = firstRetryMs;
      const connect = (): void => {
        const socket = new WebSocket(url);
        const link = new SocketLink({ websocket: socket });
        socket.addEventListener('open', () => {
          retryMs = firstRetryMs;
          onLink(link);
        });
        socket.addEventListener('close', () => {
          onLink(null);
          setTimeout(connect, retryMs);
          retryMs = Math.min(retryMs * 2, longestRetryMs);
        });
      };
      connect();
    },
  };
}

/** The door this page came through. */
export function currentDoor(): Door {
  if (window.alcove) return windowDoor();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return browserDoor(`${scheme}://${location.host}/rpc`);
}
