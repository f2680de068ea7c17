import { describe, expect, it } from 'vitest';
import { excerpt, matchingLine } from '../../../../src/renderer/components/excerpt.ts';

const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);

describe('excerpt', () => {
  it('shows the line with the most words of the query between its neighbours', () => {
    const text = lines.with(20, 'parents may take leave').with(10, 'leave for the day').join('\n');
    expect(excerpt(text, 'parental leave, parents', 3)).toBe('line 19\nparents may take leave\nline 21');
  });

  it('shows as many lines when the match is the first or the last one', () => {
    expect(excerpt(lines.with(0, 'heron').join('\n'), 'heron', 3)).toBe('heron\nline 1\nline 2');
    expect(excerpt(lines.with(29, 'heron').join('\n'), 'heron', 3)).toBe('line 27\nline 28\nheron');
  });

  it('cuts neighbours that would push the match out of sight', () => {
    const shown = excerpt(`${'filler '.repeat(90)}\nthe heron\nend`, 'heron', 3).split('\n');
    expect(shown[0]).toMatch(/^filler .{90,115}…$/);
    expect(shown.slice(1)).toEqual(['the heron', 'end']);
  });

  it('leaves out blank lines and rules', () => {
    expect(excerpt('Release notes\n=============\n\nFixes\n-----\n', 'zebra', 3)).toBe(
      'Release notes\nFixes',
    );
  });

  it('begins at the beginning when nothing matches', () => {
    expect(excerpt(lines.join('\n'), 'zebra', 3).split('\n')[0]).toBe('line 0');
    expect(excerpt('', 'zebra', 3)).toBe('');
  });
});

describe('matchingLine', () => {
  it('is the line that matches, not the first one', () => {
    expect(matchingLine('Git v1.7 Release Notes\n======\n  * rebase --root works\n', 'rebase')).toBe(
      '* rebase --root works',
    );
  });

  it('counts a word once, however often a line says it', () => {
    expect(matchingLine('branch branch branch\nrename a branch', 'rename branch')).toBe('rename a branch');
  });

  it('begins at a word shortly before a match that is far along the line', () => {
    const shown = matchingLine(`${'filler '.repeat(60)}until the heron comes`, 'heron');
    expect(shown).toMatch(/^…(filler )+until the heron comes$/);
    expect(shown.indexOf('heron')).toBeLessThan(30);
  });

  it('begins at the match in a line without spaces', () => {
    expect(matchingLine(`${'-'.repeat(300)}heron`, 'heron')).toBe('…heron');
  });
});
