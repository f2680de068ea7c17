import { describe, expect, it } from 'vitest';
import { groupChats } from '../../../../src/renderer/features/chats/group-chats.ts';

const at = (text: string): number => new Date(text).getTime();
const chat = (id: string, updatedAt: number) => ({
  id,
  title: id,
  createdAt: updatedAt,
  updatedAt,
  snippet: null,
  isAnswering: false,
});
const now = at('2026-03-31T00:30:00');
const labels = (...times: string[]) =>
  groupChats(
    times.map((time) => chat(time, at(time))),
    now,
  ).map((group) => group.label);

describe('groupChats', () => {
  it('goes by the calendar, not by hours: half an hour ago can be yesterday', () => {
    expect(labels('2026-03-31T00:10:00', '2026-03-30T23:59:00')).toEqual(['Today', 'Yesterday']);
  });

  it('counts days right across the change of the clocks', () => {
    expect(labels('2026-03-29T01:00:00')).toEqual(['Previous 7 days']);
    expect(labels('2026-03-24T00:05:00')).toEqual(['Previous 7 days']);
    expect(labels('2026-03-23T23:00:00')).toEqual(['March']);
  });

  it('names the year of months that are not in this one', () => {
    expect(labels('2026-01-02T10:00:00', '2025-03-02T10:00:00')).toEqual(['January', 'March 2025']);
  });

  it('puts the newest first, in groups and between them', () => {
    const groups = groupChats([chat('old', now - 3_000), chat('new', now - 1_000)], now);
    expect(groups[0]?.chats.map((member) => member.id)).toEqual(['new', 'old']);
  });

  it('counts a chat from a clock that runs ahead as today', () => {
    expect(labels('2026-04-02T10:00:00')).toEqual(['Today']);
  });
});
