import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { type Grammar, grammars } from './languages.ts';

/** A run of one colour in a line of code. */
export interface CodeToken {
  text: string;
  colour: string | undefined;
}

const longestLine = 500;
const longestText = 120_000;
// Generous: a grammar's first line also pays for compiling its expressions.
const lineTimeLimitMs = 1_000;
let starting: Promise<HighlighterCore> | null = null;

/** Lines of coloured tokens, or null for text too large to be worth it. Colours are CSS variables, so themes just work. */
export async function tokenize(text: string, grammar: Grammar): Promise<CodeToken[][] | null> {
  if (text.length > longestText) return null;
  starting ??= start();
  const highlighter = await starting;
  if (!highlighter.getLoadedLanguages().includes(grammar)) {
    const { default: language } = await grammars[grammar]();
    await highlighter.loadLanguage(language);
  }
  const { tokens } = highlighter.codeToTokens(text, {
    lang: grammar,
    theme: 'alcove',
    tokenizeMaxLineLength: longestLine,
    tokenizeTimeLimit: lineTimeLimitMs,
  });
  return tokens.map((line) => line.map((token) => ({ text: token.content, colour: token.color })));
}

function start(): Promise<HighlighterCore> {
  return createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'alcove', variablePrefix: '--code-', fontStyle: false })],
    langs: [],
    // Plain regular expressions: no WebAssembly, so a strict content policy can stay strict.
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}
