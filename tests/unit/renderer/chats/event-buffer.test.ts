import type { ConversationEvent } from '@contract/conversations';
import { describe, expect, it } from 'vitest';
import { createEventBuffer } from '../../../../src/renderer/features/chats/event-buffer.ts';

const delta = (text: string, messageId = 'a'): ConversationEvent => ({ type: 'delta', messageId, text });
const phase: ConversationEvent = { type: 'phase', messageId: 'a', phase: 'writing' };

function bufferWithFrames() {
  const flushes: (() => void)[] = [];
  const heard: (readonly ConversationEvent[])[] = [];
  const push = createEventBuffer(
    (events) => heard.push(events),
    (flush) => flushes.push(flush),
  );
  return { push, heard, flushes, frame: () => flushes.splice(0).forEach((flush) => flush()) };
}

describe('createEventBuffer', () => {
  it('hands on nothing before the frame and a thousand deltas as one event after it', () => {
    const { push, heard, flushes, frame } = bufferWithFrames();
    for (let index = 0; index < 1_000; index += 1) push(delta('x'));
    expect(heard).toEqual([]);
    expect(flushes).toHaveLength(1);
    frame();
    expect(heard).toEqual([[delta('x'.repeat(1_000))]]);
  });

  it('keeps the order of deltas and other events', () => {
    const { push, heard, frame } = bufferWithFrames();
    [phase, delta('a'), delta('b'), phase, delta('c')].forEach(push);
    frame();
    expect(heard).toEqual([[phase, delta('ab'), phase, delta('c')]]);
  });

  it('never joins deltas of different messages', () => {
    const { push, heard, frame } = bufferWithFrames();
    [delta('a', 'one'), delta('b', 'two'), delta('c', 'one')].forEach(push);
    frame();
    expect(heard[0]).toHaveLength(3);
  });

  it('asks for another frame after a flush', () => {
    const { push, heard, frame } = bufferWithFrames();
    push(delta('a'));
    frame();
    push(delta('b'));
    frame();
    expect(heard).toEqual([[delta('a')], [delta('b')]]);
  });
});
