import { cutSpan } from './cut.ts';
import { packSpans } from './pack.ts';
import { plainSpan } from './spans.ts';
import type { Span } from './spans.ts';

/** A heading in a text: where its line begins, its level (1 is the highest) and its words. */
export interface Heading {
  start: number;
  level: number;
  title: string;
}

const pathSeparator = ' > ';
/** A section this short ("# Title" alone, a one-line entry) may share a chunk with its neighbour. */
const shortSectionLength = 200;
/** A longer paragraph is cut at its lines. */
const maxParagraphLength = 1_800;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** Spans of prose: sections follow headings, chunks end between paragraphs, fenced blocks stay whole if they fit. */
export function proseSpans(text: string, headings: readonly Heading[] = []): Span[] {
  const sections: Span[] = [plainSpan(0, headings[0]?.start ?? text.length)];
  const path: Heading[] = [];
  for (const [at, heading] of headings.entries()) {
    while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
    path.push(heading);
    const end = headings[at + 1]?.start ?? text.length;
    sections.push({ ...plainSpan(heading.start, end), heading: pathOf(path) });
  }
  const spans = sections.flatMap((section) => sectionSpans(text, section));
  return packSpans(text, spans, joinShortSections);
}

/** Spans of a text whose pages begin at the given offsets; no span crosses a page. */
export function pageSpans(text: string, pageStarts: readonly number[]): Span[] {
  return pageStarts.flatMap((start, at) => {
    const end = pageStarts[at + 1] ?? text.length;
    return sectionSpans(text, { ...plainSpan(start, end), page: at + 1 });
  });
}

function pathOf(headings: readonly Heading[]): string | null {
  const titles = headings.map(({ title }) => title).filter((title) => title !== '');
  return titles.length > 0 ? titles.join(pathSeparator) : null;
}

function sectionSpans(text: string, section: Span): Span[] {
  return packSpans(text, sectionParagraphs(text, section), (left, right) => ({ ...left, end: right.end }));
}

function* sectionParagraphs(text: string, section: Span): Generator<Span> {
  for (const span of paragraphs(text, section.start, section.end)) {
    yield* cutSpan(text, { ...section, start: span.start, end: span.end }, maxParagraphLength);
  }
}

/** Paragraphs with the blank lines after them; the lines of a fenced block are one paragraph. */
function* paragraphs(text: string, start: number, end: number): Generator<Span> {
  let open = start;
  let isAfterBlank = false;
  let openFence: string | null = null;
  for (let line = start; line < end;) {
    const next = nextLine(text, line, end);
    const marker = fence.exec(text.slice(line, Math.min(line + 12, next)))?.[1] ?? null;
    const isBlankLine = marker === null && text.slice(line, Math.min(next, line + 200)).trim() === '';
    if (isAfterBlank && !isBlankLine && openFence === null && line > open) {
      yield plainSpan(open, line);
      open = line;
    }
    if (marker !== null) openFence = openFence === null ? marker : closeFence(openFence, marker);
    isAfterBlank = isBlankLine;
    line = next;
  }
  if (open < end) yield plainSpan(open, end);
}

function closeFence(open: string, marker: string): string | null {
  return marker[0] === open[0] && marker.length >= open.length ? null : open;
}

function nextLine(text: string, start: number, end: number): number {
  const at = text.indexOf('\n', start);
  return at === -1 || at >= end ? end : at + 1;
}

function joinShortSections(left: Span, right: Span): Span | null {
  const shorter = Math.min(left.end - left.start, right.end - right.start);
  if (shorter > shortSectionLength) return null;
  return { ...left, end: right.end, heading: sharedHeading(left.heading, right.heading) };
}

/** The deeper path when one continues the other ("Guide" and "Guide > Install"), else what both have in common. */
function sharedHeading(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  const a = left.split(pathSeparator);
  const b = right.split(pathSeparator);
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  if (shared === a.length || shared === b.length) return a.length > b.length ? left : right;
  return shared === 0 ? left : a.slice(0, shared).join(pathSeparator);
}
