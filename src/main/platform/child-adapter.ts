/** How a child ended; both null when the system does not say. */
export interface ChildExit {
  code: number | null;
  signal: string | null;
}

/** A running child process as its parent sees it. */
export interface ChildConnection {
  readonly pid: number | undefined;
  /** Throws when the message cannot be cloned; sending to a child that has gone does nothing. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, after the last message. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** What the child writes to stdout and stderr. */
  onOutput(listener: (text: string) => void): void;
  /** Ends the child at once, without asking. */
  kill(): void;
}

export interface SpawnOptions {
  /** The child's whole environment: nothing is inherited beside it. */
  env: Record<string, string>;
  /** Shown in process lists. */
  name: string;
}

/** One way of running a child: Electron's utility process, a forked Node, an in-memory pair in tests. */
export interface ChildAdapter {
  spawn(entry: string, options: SpawnOptions): ChildConnection;
}
