import type { Node } from 'web-tree-sitter';
import { targetLength } from '../spans.ts';
import { nameSymbol } from './symbol-name.ts';
import type { NamedSymbol } from './symbol-name.ts';
import type { Grammar } from './syntax.ts';
import type { SymbolRule } from './symbol-rules.ts';

/** Where a top-level piece of code begins. It reaches to the beginning of the next. */
export interface OutlineEntry {
  start: number;
  symbol: NamedSymbol | null;
}

/** Node type, in every grammar, of what could not be parsed; whole functions may stand inside. */
const errorType = 0xffff;
const broken: SymbolRule = { role: 'group' };

/** Groups and classes nested deeper than this are left whole. */
const maxDepth = 12;

/**
 * Outline of a parsed file: every statement at the top, and the members of classes and namespaces that are too long
 * for one chunk. Only those nodes get a JavaScript object; functions are never entered.
 */
export class Outline {
  readonly entries: OutlineEntry[] = [];
  readonly #text: string;
  readonly #rules: readonly (SymbolRule | undefined)[];

  constructor(text: string, rules: readonly (SymbolRule | undefined)[]) {
    this.#text = text;
    this.#rules = rules;
  }

  /** Adds an entry for each child; comments and decorators right before a child belong to it. */
  addChildren(parent: Node, owner: string, depth: number): void {
    let leadingStart: number | null = null;
    let previousEnd = parent.startIndex;
    for (const node of parent.namedChildren) {
      const rule = node.typeId === errorType ? broken : this.#rules[node.typeId];
      const isApart = leadingStart !== null && this.#hasBlankLine(previousEnd, node.startIndex);
      if (isApart && leadingStart !== null) {
        this.#add(leadingStart, null);
        leadingStart = null;
      }
      if (rule?.role === 'leading') leadingStart ??= this.#leadingStart(node, previousEnd);
      else {
        this.#addNode(node, rule, leadingStart ?? node.startIndex, owner, depth);
        leadingStart = null;
      }
      previousEnd = node.endIndex;
    }
    if (leadingStart !== null) this.#add(leadingStart, null);
  }

  /** A comment that ends a line of code belongs to that line. */
  #leadingStart(node: Node, previousEnd: number): number | null {
    if (previousEnd === 0 || previousEnd > node.startIndex) return node.startIndex;
    for (let at = previousEnd - 1; at < node.startIndex; at++) {
      if (this.#text.charCodeAt(at) === 10) return node.startIndex;
    }
    return null;
  }

  #addNode(node: Node, rule: SymbolRule | undefined, start: number, owner: string, depth: number): void {
    const target = rule?.role === 'wrapper' ? this.#wrapped(node, 0) : { node, rule };
    if (target === null || target.rule === undefined) return this.#add(start, null);
    const { node: inner, rule: innerRule } = target;
    const isLong = node.endIndex - start > targetLength && depth < maxDepth;
    if (innerRule.role === 'group') {
      this.#add(start, null);
      if (isLong) this.addChildren(bodyOf(inner), owner, depth + 1);
      return;
    }
    if (innerRule.role !== 'symbol') return this.#add(start, null);
    this.#addSymbol(inner, innerRule, { start, owner, depth, isLong });
  }

  #addSymbol(
    node: Node,
    rule: SymbolRule & { role: 'symbol' },
    place: { start: number; owner: string; depth: number; isLong: boolean },
  ): void {
    const kind = place.owner !== '' && rule.kind === 'function' ? 'method' : rule.kind;
    const symbol = nameSymbol(node, kind);
    const qualified = symbol === null ? null : { name: place.owner + symbol.name, kind: symbol.kind };
    this.#add(place.start, qualified);
    if (rule.members !== true || !place.isLong) return;
    const body = bodyOf(node);
    if (body !== node)
      this.addChildren(body, qualified === null ? place.owner : `${qualified.name}.`, place.depth + 1);
  }

  /** The symbol inside an export, a decoration or a template. */
  #wrapped(node: Node, depth: number): { node: Node; rule: SymbolRule } | null {
    for (const child of node.namedChildren) {
      const rule = this.#rules[child.typeId];
      if (rule === undefined || rule.role === 'leading') continue;
      if (rule.role !== 'wrapper') return { node: child, rule };
      if (depth < maxDepth) return this.#wrapped(child, depth + 1);
    }
    return null;
  }

  #add(start: number, symbol: NamedSymbol | null): void {
    this.entries.push({ start: this.#indentedStart(start), symbol });
  }

  /** Start of the line when only indentation stands before `start`. */
  #indentedStart(start: number): number {
    let at = start;
    while (at > 0 && isIndentation(this.#text.charCodeAt(at - 1))) at--;
    return at === 0 || this.#text.charCodeAt(at - 1) === 10 ? at : start;
  }

  #hasBlankLine(start: number, end: number): boolean {
    // Some grammars end a line comment after its line end.
    let newlines = start > 0 && this.#text.charCodeAt(start - 1) === 10 ? 1 : 0;
    for (let at = start; at < end; at++) if (this.#text.charCodeAt(at) === 10) newlines++;
    return newlines > 1;
  }
}

function isIndentation(code: number): boolean {
  return code === 32 || code === 9;
}

function bodyOf(node: Node): Node {
  return node.childForFieldName('body') ?? node;
}

/** Rules by the grammar's numeric node types, so that no string is made for a node that does not matter. */
export function rulesByType(
  grammar: Grammar,
  rules: Readonly<Record<string, SymbolRule>>,
): (SymbolRule | undefined)[] {
  return grammar.language.types.map((type) => (Object.hasOwn(rules, type) ? rules[type] : undefined));
}
