import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { Connection, ConnectionLostError, type Link } from '../../../../src/renderer/client/connection.ts';

function withDoor() {
  const connection = new Connection();
  let onLink: (link: Link | null) => void = () => undefined;
  connection.use({ open: (listener) => (onLink = listener) });
  return { connection, open: (link: Link | null) => onLink(link) };
}

function aRequest() {
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<unknown>((_, reject) => (fail = reject));
  return { promise, fail: (error: Error) => fail(error) };
}

const answering = (answer: unknown): Link => ({ call: () => Promise.resolve(answer) });
const options = { context: {} };

describe('Connection', () => {
  it('holds requests until there is a link, then sends each once', async () => {
    const { connection, open } = withDoor();
    let calls = 0;
    const answer = connection.call(['app', 'info'], undefined, options);
    open({ call: () => Promise.resolve((calls += 1)) });
    expect(await answer).toBe(1);
    expect(calls).toBe(1);
  });

  it('fails a request whose link dropped and does not repeat it on the next', async () => {
    const { connection, open } = withDoor();
    const { promise, fail } = aRequest();
    open({ call: () => promise });
    const answer = connection.call(['conversations', 'send'], undefined, options);
    open(null);
    open(answering('again'));
    fail(new Error('closed'));
    await expect(answer).rejects.toBeInstanceOf(ConnectionLostError);
  });

  it('passes on an error that Alcove itself sent, also when the link dropped right after', async () => {
    const { connection, open } = withDoor();
    const { promise, fail } = aRequest();
    open({ call: () => promise });
    const answer = connection.call(['x'], undefined, options);
    open(null);
    fail(new ORPCError('disk_full'));
    await expect(answer).rejects.toMatchObject({ code: 'disk_full' });
  });

  it('ends a waiting request that is cancelled, and does not send it later', async () => {
    const { connection, open } = withDoor();
    const stop = new AbortController();
    let calls = 0;
    const answer = connection.call(['x'], undefined, { ...options, signal: stop.signal });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    open({ call: () => Promise.resolve((calls += 1)) });
    expect(calls).toBe(0);
  });

  it('tells whether Alcove can be reached', () => {
    const { connection, open } = withDoor();
    const phases = [connection.phase.get()];
    connection.phase.subscribe(() => phases.push(connection.phase.get()));
    open(answering(1));
    open(null);
    open(answering(2));
    expect(phases).toEqual(['connecting', 'connected', 'lost', 'connected']);
  });
});
