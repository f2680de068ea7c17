import type { Heading } from './prose.ts';

/** Longer lines are paragraphs, whatever they begin with; it also keeps the patterns below linear. */
const maxHeadingLength = 300;
const atxHeading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const fenceLine = /^ {0,3}(`{3,}|~{3,})/;

export interface MarkdownOutline {
  headings: Heading[];
  /** `title` of the front matter, else the first top heading. */
  title: string | null;
}

/** Headings of a Markdown text (both styles), outside fenced code and front matter. */
export function outlineMarkdown(text: string): MarkdownOutline {
  const frontMatter = /^---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)?.[0] ?? '';
  const headings = findHeadings(text, frontMatter.length);
  const declared = /^title[ \t]*:[ \t]*(.+)$/m.exec(frontMatter)?.[1];
  const title =
    declared?.trim().replace(/^(["'])(.*)\1$/, '$2') ?? headings.find(({ level }) => level === 1)?.title;
  return { headings, title: title === undefined || title === '' ? null : title };
}

function findHeadings(text: string, from: number): Heading[] {
  const headings: Heading[] = [];
  let openFence: string | null = null;
  let previous: { start: number; line: string } | null = null;
  for (let start = from; start < text.length;) {
    const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const line = end - start <= maxHeadingLength ? text.slice(start, end) : '';
    const marker = fenceLine.exec(line)?.[1];
    if (marker !== undefined && openFence === null) openFence = marker;
    else if (marker !== undefined && openFence !== null && marker.startsWith(openFence)) openFence = null;
    else if (openFence === null) addHeading(headings, start, line, previous);
    previous = openFence === null && marker === undefined ? { start, line } : null;
    start = end + 1;
  }
  return headings;
}

type Line = { start: number; line: string };

function addHeading(headings: Heading[], start: number, line: string, previous: Line | null): void {
  const atx = line.includes('#') ? atxHeading.exec(line) : null;
  if (atx !== null) {
    headings.push({ start, level: atx[1]?.length ?? 1, title: plainTitle(atx[2] ?? '') });
    return;
  }
  if (previous === null || !isParagraph(previous.line) || !/^ {0,3}(?:=+|-{2,})[ \t]*$/.test(line)) return;
  const level = line.trimStart().startsWith('=') ? 1 : 2;
  headings.push({ start: previous.start, level, title: plainTitle(previous.line) });
}

/** True for a line that an underline turns into a heading: not a list item, a quote, a table row or another heading. */
function isParagraph(line: string): boolean {
  return line.trim() !== '' && !/^(?: {4}|\t| {0,3}(?:[-*+>|#=]|\d+[.)] ))/.test(line);
}

/** The words of a heading without Markdown's marks. */
function plainTitle(source: string): string {
  return source
    .replace(/(?:^|[ \t]+)#+[ \t]*$/, '')
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/<[^<>]*>/g, '')
    .replace(/\{#[^{}]*\}[ \t]*$/, '')
    .replace(/[*`]+|\b_{1,2}|_{1,2}\b/g, '')
    .trim();
}
