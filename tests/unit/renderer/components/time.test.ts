import { describe, expect, it } from 'vitest';
import { duration, relativeTime, timeLeft } from '../../../../src/renderer/components/time.ts';

const now = new Date('2026-05-20T15:00:00').getTime();
const ago = (ms: number) => relativeTime(now - ms, now, 'en-GB');
const hourMs = 3_600_000;

describe('relativeTime', () => {
  it('grows coarser with age', () => {
    expect([ago(10_000), ago(5 * 60_000), ago(3 * hourMs)]).toEqual(['just now', '5 min ago', '3 h ago']);
    expect([ago(20 * hourMs), ago(72 * hourMs)]).toEqual(['yesterday', '3 days ago']);
    expect(ago(40 * 24 * hourMs)).toBe('10 Apr 2026');
  });
});

describe('timeLeft', () => {
  it('is rough, and never says zero', () => {
    expect([1, 34, 118, 3_500].map(timeLeft)).toEqual([
      'a few seconds left',
      'about 40 s left',
      'about 2 min left',
      'about 58 min left',
    ]);
  });

  it('says hours without sixty minutes in them', () => {
    expect(timeLeft(2 * 3_600 - 60)).toBe('about 2 h left');
    expect(timeLeft(90 * 60)).toBe('about 1 h 30 min left');
  });
});

describe('duration', () => {
  it('uses the unit a person would', () => {
    expect([38, 6_400, 125_000].map(duration)).toEqual(['38 ms', '6.4 s', '2 min 5 s']);
  });
});
