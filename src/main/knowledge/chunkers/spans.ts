/** A stretch of a document's text (UTF-16 offsets, end exclusive) and what is known about it. */
export interface Span {
  start: number;
  end: number;
  page: number | null;
  heading: string | null;
  symbol: string | null;
  symbolKind: string | null;
}

export interface IngestedChunk {
  /** Exact text of the chunk as it stands in the document's text; what a citation quotes. */
  text: string;
  /** 1-based and inclusive, in the document's text. */
  startLine: number;
  endLine: number;
  /** PDF page, 1-based. */
  page: number | null;
  /** Heading path of prose ("Guide > Install"), column names of a table, key path of JSON. */
  heading: string | null;
  /** "Class.method" of code; several small symbols are joined by ", ". */
  symbol: string | null;
  /** 'function', 'class', 'method', ... */
  symbolKind: string | null;
}

/** Chunk sizes in UTF-16 units: packing stops at the target, and nothing exceeds the maximum. */
export const targetLength = 1_400;
export const maxLength = 3_000;

/** A span with nothing known about it but its place. */
export function plainSpan(start: number, end: number): Span {
  return { start, end, page: null, heading: null, symbol: null, symbolKind: null };
}

/** Cuts the spans out of the text, trims blank lines around each, drops blank ones and counts lines in one pass. */
export function spansToChunks(text: string, spans: readonly Span[]): IngestedChunk[] {
  const chunks: IngestedChunk[] = [];
  const lineAt = lineCounter(text);
  for (const span of spans) {
    const { start, end } = trimSpan(text, span.start, span.end);
    if (start >= end) continue;
    const { page, heading, symbol, symbolKind } = span;
    const place = { startLine: lineAt(start), endLine: lineAt(end - 1) };
    chunks.push({ text: text.slice(start, end), ...place, page, heading, symbol, symbolKind });
  }
  return chunks;
}

/** Line numbers of rising offsets. Remembers the next line end, so that one endless line is looked through once. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let lineEnd = text.indexOf('\n');
  return (offset) => {
    while (lineEnd !== -1 && lineEnd < offset) {
      line++;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    return line;
  };
}

/** Moves the ends inwards over white space, but keeps the indentation of the first line. */
function trimSpan(text: string, spanStart: number, spanEnd: number): { start: number; end: number } {
  let end = spanEnd;
  while (end > spanStart && isBlank(text.charCodeAt(end - 1))) end--;
  let start = spanStart;
  for (let at = spanStart; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === newline) start = at + 1;
    else if (!isBlank(code)) break;
  }
  return { start, end };
}

const newline = 10;

/** White space as `String.prototype.trim` has it, and zero-width marks that show nothing. */
function isBlank(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || code === 0;
  return code >= 160 && /[\s\u200b-\u200d\u2060\ufeff]/.test(String.fromCharCode(code));
}
