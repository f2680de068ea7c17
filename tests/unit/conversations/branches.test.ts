import { describe, expect, it } from 'vitest';
import { exchanges, newestLeaf, pathTo } from '../../../src/main/conversations/branches.ts';
import { message } from './doubles.ts';

/**
 *   q1 ── a1 ── q2 ── a2
 *    │     └─── q2b ─ a2b
 *    └─ a1b
 */
const tree = [
  message({ id: 'q1' }),
  message({ id: 'a1', parentId: 'q1', role: 'assistant' }),
  message({ id: 'q2', parentId: 'a1' }),
  message({ id: 'a2', parentId: 'q2', role: 'assistant' }),
  message({ id: 'a1b', parentId: 'q1', role: 'assistant' }),
  message({ id: 'q2b', parentId: 'a1' }),
  message({ id: 'a2b', parentId: 'q2b', role: 'assistant' }),
];

const ids = (messages: { id: string }[]) => messages.map(({ id }) => id);

describe('pathTo', () => {
  it('gives one branch from its first message to the one asked for', () => {
    expect(ids(pathTo(tree, 'a2'))).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(ids(pathTo(tree, 'a1b'))).toEqual(['q1', 'a1b']);
  });

  it('is empty for null and for a message that is not there', () => {
    expect(pathTo(tree, null)).toEqual([]);
    expect(pathTo(tree, 'gone')).toEqual([]);
  });
});

describe('newestLeaf', () => {
  it('follows the newest branch wherever the tree parts', () => {
    expect(newestLeaf(tree, 'a1')).toBe('a2b');
    expect(newestLeaf(tree, 'q1')).toBe('a1b');
  });

  it('stays on the branch through the message asked for', () => {
    expect(newestLeaf(tree, 'q2')).toBe('a2');
    expect(newestLeaf(tree, 'a2')).toBe('a2');
  });
});

describe('exchanges', () => {
  it('pairs each question with its answer and leaves out what was never answered', () => {
    const path = [
      message({ id: 'q1', text: 'first?' }),
      message({ id: 'a1', role: 'assistant', text: '  ', status: 'failed' }),
      message({ id: 'q2', text: 'second?' }),
      message({ id: 'a2', role: 'assistant', text: 'yes' }),
      message({ id: 'q3', text: 'third?' }),
    ];
    expect(exchanges(path)).toEqual([{ question: 'second?', answer: 'yes' }]);
  });
});
