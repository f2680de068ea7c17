import { describe, expect, it } from 'vitest';
import { ingestText } from '../ingest-text.ts';

const filler = (comment: string, lines = 20): string =>
  Array.from(
    { length: lines },
    (_, at) => `    ${comment} a line of words to make this long enough ${at}`,
  ).join('\n');

/** [kind symbol] of every chunk of a file. */
async function symbolsOf(path: string, text: string): Promise<string[]> {
  const { chunks } = await ingestText(path, text);
  return chunks.map(({ symbol, symbolKind }) => `${symbolKind ?? '-'} ${symbol ?? '-'}`);
}

describe('source code', () => {
  it('keeps a small file whole and names all its symbols', async () => {
    const text = 'import os\n\ndef first():\n    pass\n\nclass Second:\n    pass\n';
    const { chunks, language } = await ingestText('a.py', text);
    expect(language).toBe('python');
    expect(chunks).toMatchObject([{ symbol: 'first, Second', symbolKind: null, startLine: 1, endLine: 7 }]);
  });

  it('cuts a long class into its header and methods, named after the class', async () => {
    const text = `class Store {\n  items = [];\n\n  /** Adds one. */\n  @logged()\n  add(a: string): void {\n${filler('//')}\n  }\n\n  remove(): void {\n${filler('//')}\n  }\n}\n`;
    const { chunks } = await ingestText('store.ts', text);
    expect(chunks.map(({ symbol }) => symbol)).toEqual(['Store, Store.add', 'Store.remove']);
    expect(chunks[1]?.text.startsWith('  remove(): void {')).toBe(true);
    expect(chunks[1]?.symbolKind).toBe('method');
  });

  it('puts comments and decorators with the symbol they stand before, and a trailing comment with its line', async () => {
    const text = `const a = 1; // about a\n\n/** About first. */\nexport function first() {\n${filler('//')}\n}\n\n// License words.\n\n// About second.\nexport async function second() {\n${filler('//')}\n}\n`;
    const { chunks } = await ingestText('a.js', text);
    const second = chunks.at(-1);
    expect(chunks[0]?.text).toContain('// about a\n');
    expect(chunks.find(({ symbol }) => symbol?.includes('first'))?.text).toContain('/** About first. */');
    expect(second).toMatchObject({ symbol: 'second', symbolKind: 'function' });
    expect(second?.text).toContain('// About second.');
  });

  it('keeps decorated Python definitions and nested classes together', async () => {
    const text = `@app.route('/')\nclass Outer(Base):\n    """Docs."""\n\n    @property\n    def first(self):\n${filler('#', 12)}\n        pass\n\n    class Inner:\n        def second(self):\n${filler('#', 30)}\n            pass\n`;
    const { chunks } = await ingestText('a.py', text);
    expect(chunks[0]?.text.startsWith("@app.route('/')\nclass Outer(Base):")).toBe(true);
    expect(chunks.map(({ symbol }) => symbol).join(' | ')).toMatch(
      /Outer.*Outer\.first.*Outer\.Inner.*Outer\.Inner\.second/,
    );
  });

  it('cuts a function beyond the maximum at line ends, each piece under its name', async () => {
    const { chunks } = await ingestText('a.go', `package a\n\nfunc Long() {\n${filler('//', 200)}\n}\n`);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.every(({ symbol }) => symbol === 'Long')).toBe(true);
    expect(chunks.every(({ text }) => text.length > 500)).toBe(true);
  });

  it.each([
    [
      'a.ts',
      `export interface A { b: string }\nexport type C = string;\nexport const d = () => 1;\nexport enum E { F }`,
      'A, C, d, E',
    ],
    ['a.tsx', `export function App() { return <div>text</div>; }`, 'App'],
    [
      'a.mjs',
      `exports.parse = function () {};\nA.prototype.run = () => 1;\nlet x;\nconst { y } = z;`,
      'parse, A.run, x',
    ],
    [
      'a.go',
      `package a\nfunc Do() {}\nfunc (s *Server[T]) Close() {}\ntype Point struct{}`,
      'Do, Server.Close, Point',
    ],
    [
      'a.rs',
      `#[derive(Debug)]\npub struct S;\nimpl<T> Tr for S<T> { fn f(&self) {} }\nfn g() {}\nmacro_rules! m { () => {} }`,
      'S, g, m',
    ],
    [
      'A.java',
      `package a;\n@Ann\npublic class A { void f() {} }\ninterface I {}\nrecord R(int a) {}`,
      'A, I, R',
    ],
    [
      'a.cpp',
      `#include <x>\nint *A::f(int) { return 0; }\ntemplate <class T> T& g(T& a) { return a; }\nstruct S {};\nclass B;`,
      'A.f, g, S, B',
    ],
    ['a.h', `static int f(void) { return 1; }\n#define M(x) x\ntypedef struct T { int a; } T;`, 'f, M, T'],
    ['A.cs', `namespace N;\nclass C { void F() {} }\nenum E { A }`, 'C, E'],
    ['a.rb', `module M\n  def f; end\nend\ndef g; end`, 'M, g'],
    ['a.php', `<?php\nclass C { function f() {} }\nfunction g() {}`, 'C, g'],
    ['a.sh', `#!/bin/sh\nbuild() { echo 1; }\nfunction run { echo 2; }`, 'build, run'],
  ])('names the symbols of %s', async (path, text, symbols) => {
    const { chunks } = await ingestText(path, text);
    expect(chunks.map(({ symbol }) => symbol)).toEqual([symbols]);
  });

  it.each([
    [
      'a.cpp',
      `namespace a::b {\nclass C {\n public:\n  void first() {\n${filler('//')}\n  }\n  int second() {\n${filler('//')}\n  }\n};\n}\n`,
      'C.first',
      'C.second',
    ],
    [
      'a.rs',
      `impl<T: Clone> Store<T> {\n  fn first() {\n${filler('//')}\n  }\n  fn second() {\n${filler('//')}\n  }\n}\n`,
      'Store.first',
      'Store.second',
    ],
    [
      'A.java',
      `class A {\n  enum E { X;\n  void first() {\n${filler('//')}\n  }\n  void second() {\n${filler('//')}\n  }\n  }\n}\n`,
      'A.E.first',
      'A.E.second',
    ],
    [
      'A.cs',
      `namespace N {\nclass C {\n  void First() {\n${filler('//')}\n  }\n  void Second() {\n${filler('//')}\n  }\n}\n}\n`,
      'C.First',
      'C.Second',
    ],
    [
      'a.rb',
      `module M\n  class C\n    def first\n${filler('#')}\n    end\n    def self.second\n${filler('#')}\n    end\n  end\nend\n`,
      'M.C.first',
      'M.C.second',
    ],
    [
      'a.php',
      `<?php\nclass C {\n  public function first() {\n${filler('//')}\n  }\n  function second() {\n${filler('//')}\n  }\n}\n`,
      'C.first',
      'C.second',
    ],
    [
      'a.ts',
      `namespace N {\n  export class C {\n  first() {\n${filler('//')}\n  }\n  second() {\n${filler('//')}\n  }\n  }\n}\n`,
      'C.first',
      'C.second',
    ],
  ])('opens long types of %s down to their methods', async (path, text, first, second) => {
    const symbols = await symbolsOf(path, text);
    expect(symbols.some((symbol) => symbol.includes(first))).toBe(true);
    expect(symbols).toContain(`method ${second}`);
  });

  it('still cuts along symbols when the code has a syntax error', async () => {
    const text = `function first() {\n${filler('//')}\n  if (x {\n    y = ;\n  }\n}\n\nfunction second() {\n${filler('//')}\n}\n`;
    expect(await symbolsOf('a.js', text)).toEqual(['function first', 'function second']);
  });

  it('cuts a language without a grammar at blank lines', async () => {
    const block = `fun f() {\n${filler('//', 12)}\n}\n`;
    const { chunks, language } = await ingestText('a.kt', `${block}\n${block}\n${block}`);
    expect(language).toBe('kotlin');
    expect(chunks.map(({ text }) => text.startsWith('fun f()'))).toEqual(chunks.map(() => true));
    expect(chunks.every(({ symbol }) => symbol === null)).toBe(true);
  });

  it.each(['ts', 'tsx', 'js', 'py', 'go', 'rs', 'java', 'cpp', 'cs', 'rb', 'php', 'sh'])(
    'survives hostile %s: deep nesting, no structure, minified, lone surrogates',
    async (extension) => {
      await ingestText(`a.${extension}`, '('.repeat(10_000) + ')'.repeat(10_000));
      await ingestText(`a.${extension}`, `${'{ '.repeat(5_000)}\n${'} '.repeat(5_000)}`);
      await ingestText(`a.${extension}`, `f(${'a + '.repeat(20_000)}b);\n`);
      await ingestText(
        `a.${extension}`,
        `x = "\u{1f600}é";\n# not code at all %%% \`\` ''' """ <<EOF $( \n`.repeat(200),
      );
    },
  );

  it('is right about offsets when the text is not ASCII', async () => {
    const text = `# 数据 🙂\ndef früher():\n    """naïve 🙂"""\n${filler('#', 30)}\n\ndef später():\n    return "é"\n${filler('#', 30)}\n`;
    const { chunks } = await ingestText('a.py', text);
    expect(chunks.map(({ symbol }) => symbol)).toEqual(['früher', 'später']);
    expect(chunks[1]?.text.startsWith('def später')).toBe(true);
  });
});
