import { describe, expect, it } from 'vitest';
import { breadcrumb } from '../../../../src/renderer/features/evidence/breadcrumb.ts';
import {
  shownLine,
  windowInput,
  windowLines,
  windowOf,
  windowsFor,
} from '../../../../src/renderer/features/evidence/document-windows.ts';

describe('document windows', () => {
  it('hold every line once, and ask for the lines they hold', () => {
    for (const line of [1, windowLines, windowLines + 1, 10 * windowLines]) {
      const { firstLine, lineCount } = windowInput(1, windowOf(line));
      expect(line).toBeGreaterThanOrEqual(firstLine);
      expect(line).toBeLessThan(firstLine + lineCount);
    }
  });

  it('of rows across a border are both windows', () => {
    expect(windowsFor([windowLines - 1, windowLines])).toEqual([0, 1]);
  });

  it('cut an endless line and say how much is left out', () => {
    expect(shownLine('short')).toBe('short');
    expect(shownLine('x'.repeat(5_000_000))).toMatch(/^x{4000} … 4,996,000 more characters$/);
  });
});

describe('breadcrumb', () => {
  it('keeps the first and the last folders of a deep path', () => {
    expect(breadcrumb('a/b/c/d/e/f.md')).toEqual({ folders: ['a', '…', 'd', 'e'], name: 'f.md' });
    expect(breadcrumb(String.raw`a\b.md`)).toEqual({ folders: ['a'], name: 'b.md' });
    expect(breadcrumb('b.md')).toEqual({ folders: [], name: 'b.md' });
  });
});
