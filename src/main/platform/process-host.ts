import { AppError } from './app-error.ts';
import type { ChildAdapter, ChildConnection, ChildExit } from './child-adapter.ts';
import { childEnvironment } from './child-environment.ts';
import { ChildPeer } from './child-peer.ts';
import {
  isWireMessage,
  type ChildApi,
  type DeltaOf,
  type Handlers,
  type MethodOf,
  type NoApi,
  type Remote,
  type RequestOptions,
} from './child-protocol.ts';
import { deferred, type Deferred } from './deferred.ts';
import { OutputTail } from './process-host-output.ts';
import { defaultRestartLimits, RestartPolicy, type RestartLimits } from './process-host-restarts.ts';

export type { ChildApi, Handlers, NoApi, Remote } from './child-protocol.ts';

/** `backing-off`: crashed, will start again on request; `broken`: crashed too often, refuses for a while. */
export type HostState = 'stopped' | 'starting' | 'ready' | 'backing-off' | 'broken' | 'stopping';

export interface ProcessHostOptions<ParentApi extends ChildApi> {
  /** What the user would call it, e.g. `engine`; used in messages and process lists. */
  name: string;
  entry: string;
  adapter: ChildAdapter;
  /** Variables for this child beside the allow-listed part of the parent's environment. */
  env?: Record<string, string>;
  /** Calls the child may make to its parent. */
  handlers: Handlers<ParentApi>;
  readyTimeoutMs?: number;
  /** How long a child may take to stop before it is killed. */
  graceMs?: number;
  restarts?: Partial<RestartLimits>;
  outputTailChars?: number;
}

interface RunningChild<Api extends ChildApi, ParentApi extends ChildApi> {
  connection: ChildConnection;
  peer: ChildPeer<Api, ParentApi>;
  output: OutputTail;
  isStopping: boolean;
  started: Deferred<void>;
  exited: Deferred<void>;
  readyTimer: NodeJS.Timeout | undefined;
}

/**
 * Supervises one child process: starts it on the first request, and when it dies settles every pending request with
 * `child_crashed`. Work is never replayed; the next request starts a new child after a growing delay, until too many
 * crashes make the host refuse with `child_unavailable`.
 */
export class ProcessHost<Api extends ChildApi, ParentApi extends ChildApi = NoApi> implements Remote<Api> {
  readonly name: string;
  readonly #options: ProcessHostOptions<ParentApi>;
  readonly #restarts: RestartPolicy;
  readonly #listeners = new Set<(state: HostState) => void>();
  #state: HostState = 'stopped';
  #child: RunningChild<Api, ParentApi> | null = null;
  #pause: { over: Promise<void>; end: () => void } | null = null;
  #lastOutput = '';

  constructor(options: ProcessHostOptions<ParentApi>) {
    this.name = options.name;
    this.#options = options;
    this.#restarts = new RestartPolicy({ ...defaultRestartLimits, ...options.restarts });
  }

  get state(): HostState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.connection.pid;
  }

  /** The last output of the running child, or of the one before it. */
  get outputTail(): string {
    return this.#child?.output.text ?? this.#lastOutput;
  }

  /** Calls `listener` after every change of state; the returned function ends that. */
  onStateChange(listener: (state: HostState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async request<Method extends MethodOf<Api>>(
    method: Method,
    input: Api[Method]['input'],
    options: RequestOptions<DeltaOf<Api[Method]>> = {},
  ): Promise<Api[Method]['output']> {
    options.signal?.throwIfAborted();
    const child = await abortable(this.#running(), options.signal);
    return child.peer.request(method, input, options);
  }

  /** Starts the child now instead of on the first request. */
  async start(): Promise<void> {
    await this.#running();
  }

  /** Asks the child to stop, waits for the grace period, then kills it. Pending requests reject. */
  async stop(): Promise<void> {
    this.#pause?.end();
    const child = this.#child;
    if (!child) return this.#setState('stopped');
    if (!child.isStopping) {
      child.isStopping = true;
      this.#setState('stopping');
      child.connection.send({ type: 'shutdown' });
      const killTimer = setTimeout(() => child.connection.kill(), this.#options.graceMs ?? 3_000);
      void child.exited.promise.then(() => clearTimeout(killTimer));
    }
    await child.exited.promise;
  }

  async #running(): Promise<RunningChild<Api, ParentApi>> {
    switch (this.#state) {
      case 'broken':
        throw this.#unavailable(
          'keeps stopping unexpectedly. Wait a minute and try again, or restart Alcove.',
        );
      case 'stopping':
        throw this.#unavailable('is shutting down. Try again in a moment.');
      case 'backing-off':
        await this.#pause?.over;
        return this.#running();
      case 'stopped':
      case 'starting':
      case 'ready': {
        const child = this.#child ?? this.#spawn();
        await child.started.promise;
        return child;
      }
    }
  }

  #spawn(): RunningChild<Api, ParentApi> {
    const {
      adapter,
      entry,
      name,
      env,
      handlers,
      readyTimeoutMs = 20_000,
      outputTailChars = 16_384,
    } = this.#options;
    const connection = adapter.spawn(entry, { env: childEnvironment(env), name: `alcove ${name}` });
    const child: RunningChild<Api, ParentApi> = {
      connection,
      peer: new ChildPeer<Api, ParentApi>({ send: (message) => connection.send(message), handlers }),
      output: new OutputTail(outputTailChars),
      isStopping: false,
      started: deferred(),
      exited: deferred(),
      readyTimer: setTimeout(() => this.#giveUpStarting(child, readyTimeoutMs), readyTimeoutMs),
    };
    this.#child = child;
    connection.onOutput((text) => child.output.append(text));
    connection.onMessage((message) => this.#receive(child, message));
    connection.onExit((exit) => this.#handleExit(child, exit));
    this.#setState('starting');
    return child;
  }

  #receive(child: RunningChild<Api, ParentApi>, message: unknown): void {
    if (!isWireMessage(message)) return;
    if (message.type !== 'ready') return child.peer.receive(message);
    clearTimeout(child.readyTimer);
    if (child.isStopping) return;
    this.#setState('ready');
    child.started.resolve();
  }

  #giveUpStarting(child: RunningChild<Api, ParentApi>, readyTimeoutMs: number): void {
    child.started.reject(
      this.#unavailable(`did not start within ${Math.round(readyTimeoutMs / 1_000)} seconds. Try again.`),
    );
    child.connection.kill();
  }

  #handleExit(child: RunningChild<Api, ParentApi>, exit: ChildExit): void {
    clearTimeout(child.readyTimer);
    this.#lastOutput = child.output.text;
    if (this.#child === child) this.#child = null;
    const reason = child.isStopping ? this.#unavailable('was stopped.') : this.#crashed(exit);
    if (child.isStopping) this.#setState('stopped');
    else this.#pauseAfterCrash();
    child.started.reject(reason);
    child.peer.close(reason);
    child.exited.resolve();
  }

  #pauseAfterCrash(): void {
    const verdict = this.#restarts.recordCrash(Date.now());
    const over = deferred<void>();
    const end = () => {
      clearTimeout(timer);
      this.#pause = null;
      this.#setState('stopped');
      over.resolve();
    };
    const timer = setTimeout(end, verdict.kind === 'wait' ? verdict.delayMs : verdict.coolDownMs);
    this.#pause = { over: over.promise, end };
    this.#setState(verdict.kind === 'wait' ? 'backing-off' : 'broken');
  }

  #setState(state: HostState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #crashed({ code, signal }: ChildExit): AppError {
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    return new AppError(
      'child_crashed',
      `The ${this.name} process stopped unexpectedly (${how}). It starts again with the next request; try again.`,
      { data: this.#detail() },
    );
  }

  #unavailable(predicate: string): AppError {
    return new AppError('child_unavailable', `The ${this.name} process ${predicate}`, {
      data: this.#detail(),
    });
  }

  #detail(): { detail?: string } {
    const tail = this.outputTail.slice(-2_000).trim();
    return tail === '' ? {} : { detail: tail };
  }
}

/** Rejects as soon as the signal aborts; `work` itself goes on for whoever else waits for it. */
function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
