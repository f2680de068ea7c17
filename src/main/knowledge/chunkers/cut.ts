import { maxLength, targetLength } from './spans.ts';
import type { Span } from './spans.ts';

const newline = 10;

/**
 * Cuts a span longer than `wholeLength` into pieces of about the target length, at best before a blank line, else between lines, else (a line
 * longer than the maximum) between words or characters. Looks at most one maximum ahead, so it stays linear even on
 * one line of many megabytes.
 */
export function cutSpan(text: string, span: Span, wholeLength = maxLength): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  while (span.end - start > wholeLength || (span.end - start > targetLength && pieces.length > 0)) {
    const cut = nextCut(text, start, span.end);
    pieces.push({ ...span, start, end: cut });
    start = cut;
  }
  if (start < span.end) pieces.push({ ...span, start });
  return pieces;
}

/** Where the piece that begins at `start` ends; always beyond `start`, at most one maximum away. */
function nextCut(text: string, start: number, end: number): number {
  const remaining = end - start;
  const aim = start + Math.ceil(remaining / Math.ceil(remaining / targetLength));
  const limit = Math.min(start + maxLength, end);
  const cuts = lineCuts(text, start, aim, limit);
  if (cuts.blank > start + targetLength / 2) return cuts.blank;
  if (cuts.line > start) return cuts.line;
  return cuts.beyond > start ? cuts.beyond : wordCut(text, start, limit);
}

interface LineCuts {
  /** Last start of a line that follows a blank line, up to the aim. */
  blank: number;
  /** Last start of a line, up to the aim. */
  line: number;
  /** First start of a line between the aim and the limit. */
  beyond: number;
}

function lineCuts(text: string, start: number, aim: number, limit: number): LineCuts {
  const cuts: LineCuts = { blank: start, line: start, beyond: start };
  let isLineBlank = false;
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code !== newline) {
      if (code !== 32 && code !== 9) isLineBlank = false;
      continue;
    }
    if (at + 1 > aim) {
      cuts.beyond = at + 1;
      break;
    }
    cuts.line = at + 1;
    if (isLineBlank) cuts.blank = at + 1;
    isLineBlank = true;
  }
  return cuts;
}

/** Cuts inside a line: after a space near the end of the target, never inside a surrogate pair. */
function wordCut(text: string, start: number, limit: number): number {
  const aim = Math.min(start + targetLength, limit);
  for (let at = aim; at > start + targetLength / 2; at--) {
    if (text.charCodeAt(at - 1) === 32) return at;
  }
  const code = text.charCodeAt(aim);
  return code >= 0xdc00 && code <= 0xdfff ? aim - 1 : aim;
}
