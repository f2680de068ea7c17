import { describe, expect, it } from 'vitest';
import { rowFilter } from '../../../../src/main/knowledge/vectors/row-filter.ts';

describe('rowFilter', () => {
  it('is undefined when there is nothing to filter by', () => {
    expect(rowFilter({})).toBeUndefined();
  });

  it('matches nothing for an empty list, not everything', () => {
    expect(rowFilter({ chunkIds: [] })).toBe('false');
    expect(rowFilter({ chunkIds: [1], sourceIds: [] })).toBe('chunk_id IN (1) AND false');
  });

  it('doubles quotes in strings', () => {
    expect(rowFilter({ sourceIds: ["it's", 'b'] })).toBe("source_id IN ('it''s', 'b')");
  });

  it('refuses a chunk id that is not an integer', () => {
    expect(() => rowFilter({ chunkIds: [Number.NaN] })).toThrow(RangeError);
  });
});
