import { packSpans } from './pack.ts';
import { plainSpan, targetLength } from './spans.ts';
import type { Span } from './spans.ts';

const maxDepth = 8;
const pathSeparator = ' > ';

const quote = 34;
const comma = 44;
const backslash = 92;
const opening = new Set([91, 123]);
const closing = new Set([93, 125]);

/**
 * Spans of a JSON text: members of objects and elements of arrays, opened as long as they are longer than a chunk, with
 * the path of their keys as heading. Works on brackets and strings alone, so comments and errors do no harm.
 */
export function jsonSpans(text: string): Span[] {
  const entries: Entry[] = [{ start: 0, path: [] }];
  const root = text.search(/\S/);
  if (root !== -1) openContainer({ text, entries }, root, [], 0);
  return packSpans(text, tile(text, entries), joinMembers);
}

interface Entry {
  start: number;
  path: readonly string[];
}

interface Scan {
  text: string;
  entries: Entry[];
}

interface Member {
  start: number;
  end: number;
}

/** Adds an entry for each member, and opens the long ones. */
function openContainer(scan: Scan, start: number, path: readonly string[], depth: number): void {
  if (depth >= maxDepth || !opening.has(scan.text.charCodeAt(start))) return;
  for (const member of members(scan.text, start)) {
    const { key, value } = keyOf(scan.text, member);
    const memberPath = key === null ? path : [...path, key];
    scan.entries.push({ start: member.start, path: memberPath });
    if (member.end - member.start > targetLength) openContainer(scan, value, memberPath, depth + 1);
  }
}

/** Direct members of the container that opens at `start`, without the white space before them. */
function* members(text: string, start: number): Generator<Member> {
  let depth = 0;
  let open = skipBlank(text, start + 1);
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (opening.has(code)) depth++;
    else if (code === comma && depth === 1) {
      yield { start: open, end: at };
      open = skipBlank(text, at + 1);
    } else if (closing.has(code) && --depth === 0) {
      if (open < at) yield { start: open, end: at };
      return;
    }
  }
  if (open < text.length) yield { start: open, end: text.length };
}

function keyOf(text: string, member: Member): { key: string | null; value: number } {
  if (text.charCodeAt(member.start) !== quote) return { key: null, value: member.start };
  const end = endOfString(text, member.start);
  const colon = skipBlank(text, end + 1);
  if (text[colon] !== ':' || end - member.start > 200) return { key: null, value: member.start };
  return { key: text.slice(member.start + 1, end), value: skipBlank(text, colon + 1) };
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return text.length;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function* tile(text: string, entries: readonly Entry[]): Generator<Span> {
  for (const [at, { start, path }] of entries.entries()) {
    const end = entries[at + 1]?.start ?? text.length;
    if (end > start)
      yield { ...plainSpan(start, end), heading: path.length > 0 ? path.join(pathSeparator) : null };
  }
}

/** What stands before the first member: a bracket and white space. */
const maxOpeningLength = 12;

/** Neighbours share what their paths have in common. The bracket before the first member goes with it. */
function joinMembers(left: Span, right: Span): Span {
  if (left.start === 0 && left.end <= maxOpeningLength) return { ...right, start: 0 };
  const a = left.heading?.split(pathSeparator) ?? [];
  const b = right.heading?.split(pathSeparator) ?? [];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return { ...left, end: right.end, heading: shared > 0 ? a.slice(0, shared).join(pathSeparator) : null };
}
