import { classAt, connector, digit, otherLetter, separator, unspaced, upper } from './characters.ts';
import { foldText } from './fold.ts';
import { normaliseWord } from './words.ts';

/** Longer words are hashes and encoded bytes: nobody types them, and they would fill the index. */
const maxWordLength = 64;
const maxCachedWords = 65_536;

/** Terms of each run of ASCII letters, digits and underscores seen, joined by spaces; "" when all are stop words. */
const expansions = new Map<string, string>();

/**
 * Search terms of a text, one space between them: words folded to lower case without accents, identifiers split at
 * case, digits and underscores (and kept whole), English stop words dropped, English words stemmed (Porter), scripts
 * without spaces as pairs of characters. The terms hold only letters, marks and digits.
 */
export function indexTerms(text: string): string {
  const terms: string[] = [];
  scan(foldText(text), (expansion) => terms.push(expansion));
  return terms.join(' ');
}

/** The same terms of a query: unique, in order. Stop words stay when the query has nothing else. */
export function queryTerms(query: string): string[] {
  const terms = new Set(indexTerms(query).split(' '));
  terms.delete('');
  return terms.size > 0 ? [...terms] : onlyStopWords(query);
}

function onlyStopWords(query: string): string[] {
  return [
    ...new Set(
      foldText(query)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [],
    ),
  ];
}

type Emit = (expansion: string) => void;

/** Finds the runs of one kind of character and hands on the terms of each. */
function scan(text: string, emit: Emit): void {
  const length = text.length;
  let at = 0;
  while (at < length) {
    const kind = classAt(text, at);
    if (kind === separator) at++;
    else if (kind === unspaced) at = scanUnspaced(text, at, emit);
    else if (kind === otherLetter) at = scanOther(text, at, emit);
    else at = scanIdentifier(text, at, emit);
  }
}

function scanIdentifier(text: string, start: number, emit: Emit): number {
  let at = start + 1;
  while (at < text.length && isIdentifier(classAt(text, at))) at++;
  const run = text.slice(start, at);
  const expansion = expansions.get(run) ?? remember(run);
  if (expansion !== '') emit(expansion);
  return at;
}

function isIdentifier(kind: number): boolean {
  return kind !== separator && kind <= connector;
}

function remember(run: string): string {
  const expansion = expand(run);
  if (run.length > maxWordLength) return expansion;
  if (expansions.size >= maxCachedWords) expansions.clear();
  expansions.set(run, expansion);
  return expansion;
}

/** Terms of one identifier: its parts, then the whole when there was more than one part. */
function expand(run: string): string {
  const terms: string[] = [];
  let whole = '';
  let parts = 0;
  let start = 0;
  for (let at = 1; at <= run.length; at++) {
    if (at < run.length && !isBoundary(run, at)) continue;
    const part = run.slice(start, at).replaceAll('_', '').toLowerCase();
    start = at;
    if (part === '') continue;
    parts++;
    whole += part;
    pushWord(terms, part);
  }
  if (parts > 1) pushWord(terms, whole);
  return terms.join(' ');
}

/** True where a new part begins: after or before "_", between letters and digits, at "aB" and before the "Bc" of "ABc". */
function isBoundary(run: string, at: number): boolean {
  const left = classAt(run, at - 1);
  const right = classAt(run, at);
  if (left === connector || right === connector) return true;
  if ((left === digit) !== (right === digit)) return true;
  if (right !== upper) return false;
  return left !== upper || (at + 1 < run.length && isLower(run, at + 1));
}

function isLower(run: string, at: number): boolean {
  const code = run.charCodeAt(at);
  return code >= 97 && code <= 122;
}

function pushWord(terms: string[], word: string): void {
  if (word.length > maxWordLength) return;
  const term = normaliseWord(word);
  if (term !== '') terms.push(term);
}

/** Cyrillic, Greek, Arabic, Hangul, ...: the word as it is, in lower case. */
function scanOther(text: string, start: number, emit: Emit): number {
  let at = start;
  while (at < text.length && classAt(text, at) === otherLetter) at += unitsAt(text, at);
  if (at - start <= maxWordLength) emit(text.slice(start, at).toLowerCase());
  return at;
}

/** Without spaces there are no words to see: every pair of neighbours is a term, a lone character is one itself. */
function scanUnspaced(text: string, start: number, emit: Emit): number {
  let at = start;
  let previous = '';
  let pairs = 0;
  while (at < text.length && classAt(text, at) === unspaced) {
    const character = text.slice(at, at + unitsAt(text, at));
    if (previous !== '') {
      emit(previous + character);
      pairs++;
    }
    previous = character;
    at += character.length;
  }
  if (pairs === 0) emit(previous);
  return at;
}

/** UTF-16 units of the character at an offset that is known to be a whole one. */
function unitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
}
