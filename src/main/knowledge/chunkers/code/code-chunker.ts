import { cutSpan } from '../cut.ts';
import { packSpans } from '../pack.ts';
import { plainSpan } from '../spans.ts';
import type { Span } from '../spans.ts';
import { Outline, rulesByType } from './outline.ts';
import type { OutlineEntry } from './outline.ts';
import { loadGrammar } from './syntax.ts';
import type { Grammar, GrammarName } from './syntax.ts';
import { symbolRules } from './symbol-rules.ts';
import type { SymbolRule } from './symbol-rules.ts';

/** A syntax tree takes many times the memory of its text, so very large files are cut by lines. */
const maxParsedLength = 1_000_000;
/** Minified code has no structure worth a citation. */
const maxMeanLineLength = 400;
/** Two symbols share a chunk only when one of them is this small. */
const smallLength = 500;
const maxJoinedNames = 8;

const rulesOf = new Map<GrammarName, readonly (SymbolRule | undefined)[]>();

/** Spans of source code along its functions, classes and methods; by lines where it cannot be parsed. */
export async function codeSpans(text: string, grammarName: GrammarName | null): Promise<Span[]> {
  if (grammarName === null || !isParsable(text)) return lineSpans(text);
  const grammar = await loadGrammar(grammarName);
  const entries = outlineOf(text, grammar, grammarName);
  return entries === null ? lineSpans(text) : packSpans(text, tile(text, entries), joinSymbols);
}

function lineSpans(text: string): Span[] {
  return cutSpan(text, plainSpan(0, text.length));
}

function isParsable(text: string): boolean {
  if (text.length > maxParsedLength) return false;
  if (text.length < 10_000) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines < maxMeanLineLength;
}

function outlineOf(text: string, grammar: Grammar, name: GrammarName): readonly OutlineEntry[] | null {
  const tree = grammar.parse(text);
  if (tree === null) return null;
  try {
    const rules = rulesOf.get(name) ?? rulesByType(grammar, symbolRules[name]);
    rulesOf.set(name, rules);
    const outline = new Outline(text, rules);
    outline.addChildren(tree.rootNode, '', 0);
    return outline.entries;
  } finally {
    tree.delete();
  }
}

/** Spans that leave nothing out: each entry reaches to the next, the first takes what comes before it. */
function* tile(text: string, entries: readonly OutlineEntry[]): Generator<Span> {
  let start = 0;
  for (const [at, entry] of entries.entries()) {
    const end = Math.max(start, entries[at + 1]?.start ?? text.length);
    if (end === start) continue;
    const { name = null, kind = null } = entry.symbol ?? {};
    yield { ...plainSpan(start, end), symbol: name, symbolKind: kind };
    start = end;
  }
  if (start < text.length) yield plainSpan(start, text.length);
}

function joinSymbols(left: Span, right: Span): Span | null {
  const joined = { ...left, end: right.end };
  if (right.symbol === null) return joined;
  if (left.symbol === null) return { ...right, start: left.start };
  if (left.end - left.start > smallLength && right.end - right.start > smallLength) return null;
  const symbolKind = left.symbolKind === right.symbolKind ? left.symbolKind : null;
  return { ...joined, symbol: addName(left.symbol, right.symbol), symbolKind };
}

/** Names beyond the first few are found in the text itself. */
function addName(list: string, name: string): string {
  const names = list.split(', ');
  return names.includes(name) || names.length >= maxJoinedNames ? list : `${list}, ${name}`;
}
