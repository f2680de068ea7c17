import { describe, expect, it } from 'vitest';
import { grammarFor, grammars } from '../../../../src/renderer/components/languages.ts';
import { tokenize } from '../../../../src/renderer/components/tokenize.ts';

describe('grammarFor', () => {
  it('knows other names of a language and ignores case', () => {
    expect(['TS', 'py', 'c++', 'Shell'].map(grammarFor)).toEqual(['typescript', 'python', 'cpp', 'bash']);
  });

  it('knows nothing of names that only look known', () => {
    expect([null, '', 'constructor', '__proto__', 'klingon'].map(grammarFor)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('tokenize', () => {
  it.each(['python', 'typescript', 'rust', 'go', 'java', 'markdown'] as const)(
    'colours %s without changing a character',
    async (grammar) => {
      expect(Object.hasOwn(grammars, grammar)).toBe(true);
      const text = 'class A:\n\tdef f(self): return "x" # ü 🌿\n\nfn main() {}';
      const lines = await tokenize(text, grammar);
      expect(lines?.map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(text);
    },
  );

  it('uses colours of the theme only, so that both themes work', async () => {
    const lines = await tokenize('const answer = "42";', 'typescript');
    const colours = lines?.flat().map((token) => token.colour) ?? [];
    expect(colours.every((colour) => colour?.startsWith('var(--code-'))).toBe(true);
    expect(new Set(colours).size).toBeGreaterThan(1);
  });

  it('leaves very large texts uncoloured instead of blocking the window', async () => {
    expect(await tokenize('x'.repeat(200_000), 'typescript')).toBeNull();
  });
});
