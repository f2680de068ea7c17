/** The child's side of the pipe to its parent. */
export interface ParentLink {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone without having asked the child to stop. */
  onDisconnect(listener: () => void): void;
  /** Ends this process. */
  exit(): void;
}

/** The part of Electron's `process.parentPort` used here; Electron's types are not loaded in children. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The link of this process: Electron's parent port in a utility process, else the fork's channel. */
export function childLink(): ParentLink {
  const port = (process as { parentPort?: ElectronParentPort | null }).parentPort;
  return port ? electronLink(port) : forkLink();
}

/** Electron ends utility processes itself when the app goes away. */
function electronLink(port: ElectronParentPort): ParentLink {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    onDisconnect: () => undefined,
    exit: () => process.exit(0),
  };
}

function forkLink(): ParentLink {
  if (!process.send) throw new Error('This file runs as a child of Alcove; it cannot be started by itself.');
  return {
    send: (message) => {
      // When the channel is already closed there is nobody to tell; `disconnect` ends this process.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on('message', listener),
    onDisconnect: (listener) => process.on('disconnect', listener),
    exit: () => process.exit(0),
  };
}
