import type { Conversation, Message } from '@contract/conversations';
import { describe, expect, it } from 'vitest';
import {
  reduceConversation,
  unknownConversation,
} from '../../../../src/renderer/features/chats/conversation-state.ts';
import { aConversation, aMessage } from './samples.ts';

const answer = (change: Partial<Message> = {}): Message =>
  aMessage({ id: 'a', parentId: 'q', role: 'assistant', status: 'streaming', text: '', ...change });

const streaming = (): Conversation =>
  aConversation({ messages: [aMessage({ id: 'q' }), answer()], activeMessageId: 'a', isAnswering: true });

const opened = () => reduceConversation(unknownConversation, { type: 'snapshot', conversation: streaming() });

describe('reduceConversation', () => {
  it('appends each delta to the message it belongs to and to no other', () => {
    let state = opened();
    state = reduceConversation(state, { type: 'delta', messageId: 'a', text: 'Up to ' });
    state = reduceConversation(state, { type: 'delta', messageId: 'a', text: '26 weeks' });
    expect(state.conversation?.messages.map((message) => message.text)).toEqual([
      'A question',
      'Up to 26 weeks',
    ]);
  });

  it('keeps the state it was given as it was', () => {
    const before = opened();
    reduceConversation(before, { type: 'delta', messageId: 'a', text: 'more' });
    expect(before.conversation?.messages[1]?.text).toBe('');
  });

  it('ignores a delta that arrives before the snapshot', () => {
    const state = reduceConversation(unknownConversation, { type: 'delta', messageId: 'a', text: 'early' });
    expect(state).toEqual(unknownConversation);
  });

  it('ignores events about a message that is not in the conversation', () => {
    const state = reduceConversation(opened(), { type: 'delta', messageId: 'gone', text: 'lost' });
    expect(state.conversation?.messages.map((message) => message.text)).toEqual(['A question', '']);
  });

  it('takes the finished message whole, so that text missed on the way is there', () => {
    let state = reduceConversation(opened(), { type: 'phase', messageId: 'a', phase: 'writing' });
    state = reduceConversation(state, { type: 'delta', messageId: 'a', text: 'Up' });
    const finished = answer({ status: 'complete', text: 'Up to 26 weeks [1]' });
    state = reduceConversation(state, { type: 'finished', message: finished });
    expect(state.conversation?.messages[1]).toEqual(finished);
    expect(state.phases).toEqual({});
    expect(state.conversation?.isAnswering).toBe(false);
  });

  it('stays answering while another answer is still being written', () => {
    const other = answer({ id: 'b', parentId: 'q' });
    const conversation = { ...streaming(), messages: [...streaming().messages, other] };
    let state = reduceConversation(unknownConversation, { type: 'snapshot', conversation });
    state = reduceConversation(state, { type: 'finished', message: answer({ status: 'stopped' }) });
    expect(state.conversation?.isAnswering).toBe(true);
  });

  it('forgets the phase of an answer that a new snapshot shows as ended', () => {
    const state = reduceConversation(opened(), { type: 'phase', messageId: 'a', phase: 'reading' });
    const ended = { ...streaming(), messages: [aMessage({ id: 'q' }), answer({ status: 'complete' })] };
    expect(reduceConversation(state, { type: 'snapshot', conversation: ended }).phases).toEqual({});
  });
});
