import { utilityProcess } from 'electron';
import type { ChildAdapter, ChildConnection, SpawnOptions } from './child-adapter.ts';

/** Runs children as Electron utility processes. */
export const electronChildAdapter: ChildAdapter = {
  spawn(entry: string, { env, name }: SpawnOptions): ChildConnection {
    const child = utilityProcess.fork(entry, [], { env, execArgv: [], stdio: 'pipe', serviceName: name });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null })),
      onOutput: (listener) => {
        child.stdout?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8')));
        child.stderr?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8')));
      },
      kill: () => forceKill(child),
    };
  },
};

/** Electron's own `kill` asks with SIGTERM, which a child stuck in native code never gets to handle. */
function forceKill(child: Electron.UtilityProcess): void {
  if (child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It ended in the meantime; `exit` follows.
  }
}
