import { cutSpan } from './cut.ts';
import { maxLength, targetLength } from './spans.ts';
import type { Span } from './spans.ts';

/** What is known about two neighbours taken together, or null when they must stay apart. */
export type Join = (left: Span, right: Span) => Span | null;

/** Joins small neighbours up to the target length and cuts what exceeds the maximum. */
export function packSpans(text: string, spans: Iterable<Span>, join: Join): Span[] {
  const packed: Span[] = [];
  let open: Span | null = null;
  for (const span of spans) {
    const joined: Span | null =
      open !== null && span.end - open.start <= targetLength ? join(open, span) : null;
    if (joined === null && open !== null) append(packed, cutLong(text, open));
    open = joined ?? span;
  }
  if (open !== null) append(packed, cutLong(text, open));
  return packed;
}

function cutLong(text: string, span: Span): Span[] {
  return span.end - span.start > maxLength ? cutSpan(text, span) : [span];
}

/** Joins whatever agrees on page and heading. */
export function joinSameSection(left: Span, right: Span): Span | null {
  if (left.page !== right.page || left.heading !== right.heading) return null;
  return { ...left, end: right.end };
}

function append(packed: Span[], spans: readonly Span[]): void {
  for (const span of spans) packed.push(span);
}
