import { isDefinedError, safe } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LogFields, Logger } from '../../src/main/platform/logger.ts';
import { doors, type OpenDoor } from './doors.ts';
import { emptyState, sampleConversation, sampleServices, type SampleServices } from './sample-services.ts';

interface LoggedBug {
  event: string;
  error: unknown;
  fields: LogFields | undefined;
}

/** What every door must do alike. */
describe.each(doors)('the $name door', (underTest) => {
  let sample: SampleServices;
  let door: OpenDoor;
  let bugs: LoggedBug[];

  beforeEach(async () => {
    sample = sampleServices();
    bugs = [];
    const logger: Logger = {
      info: () => undefined,
      bug: (event, error, fields) => bugs.push({ event, error, fields }),
    };
    door = await underTest.open(sample.services, logger);
  });

  afterEach(() => door.close());

  test('answers, and says which door it is and what it can do', async () => {
    expect(await door.client.app.info()).toEqual({
      version: '1.2.3',
      platform: 'linux',
      dataDir: '/data',
      door: underTest.name,
      capabilities: { chooseFiles: false, openDocuments: false, dropPaths: false },
    });
  });

  test('fills in the defaults of an input', async () => {
    expect(await door.client.knowledge.search({ query: 'doors' })).toEqual({
      hits: [],
      mode: 'hybrid',
      durationMs: 1,
    });
  });

  test('refuses an input the contract does not allow, naming the field', async () => {
    const { error } = await safe(door.client.knowledge.search({ query: 'x', limit: 0 }));
    expect(isDefinedError(error) && error.code).toBe('invalid_input');
    expect(JSON.stringify(error)).toContain('limit');
    expect(bugs).toEqual([]);
  });

  test('carries an expected failure with its code, words and data', async () => {
    const { error } = await safe(door.client.knowledge.addSource({ path: '/gone' }));
    expect(isDefinedError(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'source_path_missing',
      message: 'There is no folder /gone.',
      data: { path: '/gone' },
    });
    expect(bugs).toEqual([]);
  });

  test('tells a bug as internal, without its words, and logs it once', async () => {
    const { error } = await safe(door.client.conversations.stop({ conversationId: 'c1' }));
    expect(isDefinedError(error) && error.code).toBe('internal');
    expect(`${error?.message}`).not.toContain('Not part of this test');
    expect(bugs).toHaveLength(1);
    expect(bugs[0]?.fields).toEqual({ method: 'conversations.stop' });
  });

  test('says what a client without a desktop cannot do', async () => {
    const { error } = await safe(door.client.app.chooseFolder());
    expect(isDefinedError(error) && error.code).toBe('not_supported_here');
  });

  test('streams events in order', async () => {
    const events = await door.client.conversations.watch({ conversationId: 'c1' });
    const first = await events.next();
    expect(first.value).toEqual({ type: 'snapshot', conversation: sampleConversation });
    for (const text of ['one ', 'two ', 'three']) {
      sample.conversationEvents.emit({ type: 'delta', messageId: 'm1', text });
    }
    const texts: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { value, done } = await events.next();
      if (!done && value.type === 'delta') texts.push(value.text);
    }
    expect(texts.join('')).toBe('one two three');
    await events.return?.();
  });

  test('stops listening when a client leaves a stream', async () => {
    const states = await door.client.knowledge.watch();
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(1));
    sample.knowledgeStates.emit(emptyState);
    expect((await states.next()).value).toEqual(emptyState);
    await states.return?.();
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(0));
  });

  test('stops listening when a client disappears', async () => {
    await door.client.knowledge.watch();
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(1));
    await door.close();
    await vi.waitFor(() => expect(sample.knowledgeStates.listeners.size).toBe(0));
    door = await underTest.open(sample.services, { info: () => undefined, bug: () => undefined });
  });

  test('takes a cancellation to the service, and neither logs nor answers it', async () => {
    const cancel = new AbortController();
    const search = safe(door.client.knowledge.search({ query: 'slow' }, { signal: cancel.signal }));
    await vi.waitFor(() => expect(sample.searchSignals).toHaveLength(1));
    cancel.abort();
    expect((await search).error).toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(sample.searchSignals[0]?.aborted).toBe(true));
    expect(bugs).toEqual([]);
  });
});
