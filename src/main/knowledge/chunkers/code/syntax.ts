import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';

/** Grammars that come with `@vscode/tree-sitter-wasm`, by the name of their file. */
export type GrammarName =
  | 'bash'
  | 'c-sharp'
  | 'cpp'
  | 'go'
  | 'java'
  | 'javascript'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'tsx'
  | 'typescript';

const parseDeadlineMs = 2_000;
/** Shorter texts cannot take long, and watching the clock costs time itself. */
const watchedLength = 20_000;

const requireFromHere = createRequire(import.meta.url);
const grammars = new Map<GrammarName, Promise<Grammar>>();
let isReady: Promise<void> | null = null;

/** One language's parser. It is not thread-safe, but modules are per thread, and parsing is synchronous. */
export class Grammar {
  readonly language: Language;
  #parser: Parser;

  constructor(language: Language) {
    this.language = language;
    this.#parser = new Parser().setLanguage(language);
  }

  /** The tree of a text, which the caller deletes; null when parsing failed or took too long. */
  parse(text: string): Tree | null {
    try {
      const tree = this.#parser.parse(text, null, text.length > watchedLength ? deadline() : undefined);
      if (tree === null) this.#parser.reset();
      return tree;
    } catch {
      // A trap inside the WebAssembly code: the text is cut by lines instead, and the next file gets a new parser.
      this.#parser = new Parser().setLanguage(this.language);
      return null;
    }
  }
}

function deadline(): { progressCallback: () => boolean } {
  const end = performance.now() + parseDeadlineMs;
  return { progressCallback: () => performance.now() > end };
}

/** Loads a grammar on first use; each thread keeps its own. */
export function loadGrammar(name: GrammarName): Promise<Grammar> {
  const known = grammars.get(name);
  if (known !== undefined) return known;
  const loading = readGrammar(name);
  grammars.set(name, loading);
  return loading;
}

async function readGrammar(name: GrammarName): Promise<Grammar> {
  isReady ??= Parser.init({
    locateFile: () => requireFromHere.resolve('web-tree-sitter/web-tree-sitter.wasm'),
  });
  await isReady;
  const bytes = await readFile(
    requireFromHere.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
  );
  return new Grammar(await Language.load(bytes));
}
