import { describe, expect, it } from 'vitest';
import { excerpt } from '../../../../src/renderer/features/knowledge/excerpt.ts';

describe('excerpt', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);

  it('shows the lines with the most words of the query', () => {
    const text = lines.with(20, 'parents may take leave').with(22, 'leave of 26 weeks').join('\n');
    const shown = excerpt(text, 'parental leave weeks').split('\n');
    expect(shown).toHaveLength(5);
    expect(shown).toContain('leave of 26 weeks');
    expect(shown).toContain('parents may take leave');
  });

  it('shows the beginning when nothing matches, and a short text whole without its empty lines', () => {
    expect(excerpt(lines.join('\n'), 'zebra').split('\n')[0]).toBe('line 0');
    expect(excerpt('one\n\n\ntwo\n', 'zebra')).toBe('one\ntwo');
  });
});
