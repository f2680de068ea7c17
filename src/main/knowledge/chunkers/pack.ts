import { cutSpan } from './cut.ts';
import { maxLength, targetLength } from './spans.ts';
import type { Span } from './spans.ts';

/** What is known about two neighbours taken together, or null when they must stay apart. */
export type Join = (left: Span, right: Span) => Span | null;

/** Something this small makes no chunk worth finding; it may stretch its neighbour beyond the target. */
const tinyLength = 150;
const stretchedLength = targetLength * 1.5;

/** Joins small neighbours up to the target length and cuts what exceeds the maximum. */
export function packSpans(text: string, spans: Iterable<Span>, join: Join): Span[] {
  const packed: Span[] = [];
  let open: Span | null = null;
  for (const span of spans) {
    const joined: Span | null = open !== null && isRoom(open, span) ? join(open, span) : null;
    if (joined === null && open !== null) append(packed, cutLong(text, open));
    open = joined ?? span;
  }
  if (open !== null) append(packed, cutLong(text, open));
  return packed;
}

function isRoom(left: Span, right: Span): boolean {
  // A few words before something long (a package line, a class header) are no chunk of their own.
  if (left.end - left.start < tinyLength) return true;
  return right.end - left.start <= (right.end - right.start < tinyLength ? stretchedLength : targetLength);
}

function cutLong(text: string, span: Span): Span[] {
  return span.end - span.start > maxLength ? cutSpan(text, span) : [span];
}

function append(packed: Span[], spans: readonly Span[]): void {
  for (const span of spans) packed.push(span);
}
