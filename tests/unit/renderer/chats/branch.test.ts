import { describe, expect, it } from 'vitest';
import { branchOf, branchPlace } from '../../../../src/renderer/features/chats/branch.ts';
import { aMessage } from './samples.ts';

const messages = [
  aMessage({ id: 'q1', createdAt: 1 }),
  aMessage({ id: 'a1', parentId: 'q1', role: 'assistant', createdAt: 2 }),
  aMessage({ id: 'a2', parentId: 'q1', role: 'assistant', createdAt: 3 }),
  aMessage({ id: 'q2', parentId: 'a1', createdAt: 4 }),
  aMessage({ id: 'q1-edited', createdAt: 5 }),
];
const byId = (id: string) => messages.find((message) => message.id === id) ?? aMessage();
const ids = (path: readonly { id: string }[]) => path.map((message) => message.id);

describe('branchOf', () => {
  it('leads from the first message to the active one, past other branches', () => {
    expect(ids(branchOf(messages, 'q2'))).toEqual(['q1', 'a1', 'q2']);
    expect(ids(branchOf(messages, 'a2'))).toEqual(['q1', 'a2']);
  });

  it('shows the newest branch when the active message is unknown', () => {
    expect(ids(branchOf(messages, 'gone'))).toEqual(['q1-edited']);
  });

  it('is empty for a conversation without messages', () => {
    expect(branchOf([], null)).toEqual([]);
  });

  it('ends when damaged data makes messages each other’s parents', () => {
    const loop = [aMessage({ id: 'x', parentId: 'y' }), aMessage({ id: 'y', parentId: 'x' })];
    expect(ids(branchOf(loop, 'y'))).toEqual(['x', 'y']);
  });
});

describe('branchPlace', () => {
  it('counts the answers to one question, oldest first', () => {
    const place = branchPlace(messages, byId('a2'));
    expect(ids(place.siblings)).toEqual(['a1', 'a2']);
    expect(place.index).toBe(1);
  });

  it('counts the wordings of a first question', () => {
    expect(ids(branchPlace(messages, byId('q1')).siblings)).toEqual(['q1', 'q1-edited']);
  });
});
