import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../../src/renderer/workspace/place-words.ts';
import { aPassage } from '../knowledge/samples.ts';

describe('placeOf', () => {
  it('names pages where there are pages, else lines', () => {
    expect(placeOf(aPassage({ page: 4 }))).toBe('page 4');
    expect(placeOf(aPassage({ startLine: 12, endLine: 12 }))).toBe('line 12');
    expect(placeOf(aPassage({ startLine: 12, endLine: 30 }))).toBe('lines 12–30');
  });

  it('says nothing of a whole file', () => {
    expect(placeOf(aPassage({ startLine: 1, endLine: 0 }))).toBe('');
  });
});
