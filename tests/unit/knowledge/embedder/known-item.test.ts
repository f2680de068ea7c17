import { describe, expect, it } from 'vitest';
import { knownItem } from '../../../../src/main/knowledge/embedder/known-item.ts';

const body = 'const result = await read(path, { signal });\n  return result.split("\\n").filter(Boolean);';

describe('taking a query out of a chunk', () => {
  it.each([
    ['a Markdown heading', `## Restore a lost backup\n\n${body}`, 'Restore a lost backup'],
    [
      'a Python docstring',
      `def read(p):\n    """Reads the whole file.\n\n    More."""\n    ${body}`,
      'Reads the whole file.',
    ],
    [
      'a doc comment',
      `/**\n * Reads lines of a\n * file. And more.\n */\nfunction read() {\n  ${body}`,
      'Reads lines of a file.',
    ],
    [
      'line comments',
      `// Server answers every call it can.\nfunc serve() {\n  ${body}`,
      'Server answers every call it can.',
    ],
    [
      'Rust doc comments',
      `/// Returns the longest common prefix.\npub fn prefix() {\n  ${body}`,
      'Returns the longest common prefix.',
    ],
    [
      'prose',
      'The river floods every spring. Farmers along its banks have learnt to build on mounds and to sow late in the year.',
      'The river floods every spring.',
    ],
  ])('takes %s and leaves the rest without it', (_, text, query) => {
    const item = knownItem({ text });
    expect(item?.query).toBe(query);
    expect(item?.rest.replace(/[\s*]+/g, ' ')).not.toContain(query);
    expect(item?.rest.length).toBeGreaterThan(59);
  });

  it("takes the chunk's heading when its text has none", () => {
    expect(knownItem({ text: body, heading: 'Reading a file by lines' })?.query).toBe(
      'Reading a file by lines',
    );
  });

  it.each([
    ['code without a word of explanation', body],
    ['a licence', `/* Copyright 2020 The Authors of This Program */\n${body}`],
    ['a heading of one word', `# Usage\n${body}`],
    ['a comment with nothing left below it', '// Adds two numbers together.\na + b'],
    ['nothing', ''],
  ])('takes nothing out of %s', (_, text) => {
    expect(knownItem({ text })).toBeNull();
  });

  it('treats a phrase full of pattern characters as text', () => {
    const item = knownItem({ text: `# What (a+b)*[c] \\d means?\n\n${body}` });
    expect(item?.query).toBe('What (a+b)[c] \\d means?');
  });

  it('takes linear time on text made to be slow to match', () => {
    expect(knownItem({ text: `/*${'* '.repeat(50_000)}` })).toBeNull();
    expect(knownItem({ text: '// \n'.repeat(50_000) })).toBeNull();
  });
});
