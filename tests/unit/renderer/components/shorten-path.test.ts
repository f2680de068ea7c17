import { describe, expect, it } from 'vitest';
import { shortenPath } from '../../../../src/renderer/components/shorten-path.ts';

describe('shortenPath', () => {
  it('leaves a path that fits as it is', () => {
    expect(shortenPath('/home/ada/notes.md', 40)).toBe('/home/ada/notes.md');
  });

  it('cuts whole folders from the middle and keeps the start and the name', () => {
    expect(shortenPath('/home/ada/projects/handbook/people/leave.md', 30)).toBe('/home/…/people/leave.md');
    expect(shortenPath('docs/a/b/c/d/e/leave.md', 18)).toBe('docs/…/e/leave.md');
  });

  it('keeps the separators of Windows', () => {
    expect(shortenPath(String.raw`C:\Users\Ada\Documents\Letters\bank.docx`, 26)).toBe(
      String.raw`C:\…\Letters\bank.docx`,
    );
  });

  it.each([12, 20, 33, 60])('never exceeds %i characters, even for one endless name', (maxLength) => {
    for (const path of [`/a/${'x'.repeat(255)}.txt`, 'y'.repeat(300), `/${'z/'.repeat(90)}end`]) {
      expect(shortenPath(path, maxLength).length).toBeLessThanOrEqual(maxLength);
    }
  });

  it('keeps the ending of an endless name, where its type is', () => {
    expect(shortenPath(`${'x'.repeat(80)}.pdf`, 24)).toMatch(/^x+…x+\.pdf$/);
  });
});
