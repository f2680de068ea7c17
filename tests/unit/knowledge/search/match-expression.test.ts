import { describe, expect, it } from 'vitest';
import { matchAny } from '../../../../src/main/knowledge/search/match-expression.ts';

describe('matchAny', () => {
  it('joins quoted terms with OR', () => {
    expect(matchAny(['read', 'file'])).toBe('"read" OR "file"');
  });

  it('doubles quotes and drops NUL, so that a term cannot end its own string', () => {
    expect(matchAny(['a"b', 'c\0d'])).toBe('"a""b" OR "cd"');
  });
});
