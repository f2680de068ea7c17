import { childLink, type ParentLink } from './child-link.ts';
import { ChildPeer } from './child-peer.ts';
import { isWireMessage, type ChildApi, type Handlers, type NoApi, type Remote } from './child-protocol.ts';

export type { ChildApi, HandlerContext, Handlers, NoApi, Remote } from './child-protocol.ts';

export interface ServeChildOptions<Api extends ChildApi, ParentApi extends ChildApi> {
  /** Every context also carries `parent`, for calls in the other direction. */
  handlers: Handlers<Api, { parent: Remote<ParentApi> }>;
  /** Runs before the child ends in an orderly way: close databases, free native memory. */
  onShutdown?: () => void | Promise<void>;
  /** Where the parent is; found by itself in a real child. */
  link?: ParentLink;
}

const maxShutdownMs = 5_000;

/**
 * Makes this process serve its parent. The process ends when the parent asks, and by itself when the parent goes
 * away; running handlers see their signal abort in both cases.
 */
export function serveChild<Api extends ChildApi, ParentApi extends ChildApi = NoApi>(
  options: ServeChildOptions<Api, ParentApi>,
): Remote<ParentApi> {
  const link = options.link ?? childLink();
  const peer: ChildPeer<ParentApi, Api> = new ChildPeer<ParentApi, Api>({
    send: (message) => link.send(message),
    handlers: withParent(options.handlers, () => peer),
  });
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    peer.close(new DOMException('The app is shutting down.', 'AbortError'));
    // A parent that still lives kills sooner; without one, nobody else would end a hanging shutdown.
    setTimeout(() => link.exit(), maxShutdownMs).unref();
    try {
      await options.onShutdown?.();
    } finally {
      link.exit();
    }
  };
  link.onDisconnect(() => void end());
  link.onMessage((message) => {
    if (!isWireMessage(message)) return;
    if (message.type === 'shutdown') void end();
    else peer.receive(message);
  });
  link.send({ type: 'ready' });
  return peer;
}

function withParent<Api extends ChildApi, ParentApi extends ChildApi>(
  handlers: Handlers<Api, { parent: Remote<ParentApi> }>,
  parent: () => Remote<ParentApi>,
): Handlers<Api> {
  type AnyHandler = (input: unknown, context: object) => unknown;
  const entries = Object.entries(handlers as Record<string, AnyHandler>);
  return Object.fromEntries(
    entries.map(([method, handle]): [string, AnyHandler] => [
      method,
      (input, context) => handle(input, { ...context, parent: parent() }),
    ]),
  ) as Handlers<Api>;
}
