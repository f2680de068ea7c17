import { fork, type ChildProcess } from 'node:child_process';
import type { ChildAdapter, ChildConnection, ChildExit, SpawnOptions } from './child-adapter.ts';

/** Runs children as forked Node processes, outside Electron. */
export const nodeChildAdapter: ChildAdapter = {
  spawn(entry: string, { env }: SpawnOptions): ChildConnection {
    const child = fork(entry, [], {
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return {
      pid: child.pid,
      send: (message) => {
        // A send that fails because the child has just gone is settled by its exit.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => onceGone(child, listener),
      onOutput: (listener) => {
        child.stdout?.setEncoding('utf8').on('data', listener);
        child.stderr?.setEncoding('utf8').on('data', listener);
      },
      kill: () => void child.kill('SIGKILL'),
    };
  },
};

/** Last messages and output may arrive after `exit`; `close` comes when the channel and the pipes have drained. */
function onceGone(child: ChildProcess, listener: (exit: ChildExit) => void): void {
  let exit: ChildExit | null = null;
  const finish = () => {
    if (!exit) return;
    listener(exit);
    listener = () => undefined;
  };
  const settle = (found: ChildExit) => {
    exit ??= found;
    // A grandchild that inherited the pipes would keep `close` away.
    setTimeout(finish, 1_000).unref();
  };
  child.on('exit', (code, signal) => settle({ code, signal }));
  child.on('error', () => {
    // Spawning failed: there will be no `exit`.
    if (child.pid === undefined) settle({ code: null, signal: null });
  });
  child.on('close', finish);
}
