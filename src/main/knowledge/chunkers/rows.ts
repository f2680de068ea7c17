import { packSpans } from './pack.ts';
import { plainSpan } from './spans.ts';
import type { Span } from './spans.ts';

const doubleQuote = 34;
const newline = 10;

/** Spans of a table: whole rows together, each with the column names as its heading. */
export function rowSpans(text: string, delimiter: string, columns: string | null): Span[] {
  return packSpans(text, rows(text, delimiter, columns), (left, right) => ({ ...left, end: right.end }));
}

function* rows(text: string, delimiter: string, columns: string | null): Generator<Span> {
  for (let start = 0; start < text.length;) {
    const end = endOfRow(text, start, delimiter.charCodeAt(0));
    yield { ...plainSpan(start, end), heading: columns };
    start = end;
  }
}

/** Offset after the row's line end. A quote opens a field only at its beginning, so inches (5") do no harm. */
export function endOfRow(text: string, start: number, delimiterCode: number): number {
  let isFieldStart = true;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === newline) return at + 1;
    if (code === doubleQuote && isFieldStart) at = endOfQuoted(text, at);
    isFieldStart = code === delimiterCode;
  }
  return text.length;
}

/** Offset of the closing quote; doubled quotes are part of the field. */
function endOfQuoted(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== doubleQuote) return at;
  }
  return text.length;
}
