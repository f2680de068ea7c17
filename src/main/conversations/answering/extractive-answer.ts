import type { Citation } from '@contract/conversations';
import type { Passage } from '@contract/knowledge';
import { excerptOf } from './excerpt.ts';

const maxPassages = 5;
const proseLimits = { maxLines: 8, maxCharacters: 600 };
const codeLimits = { maxLines: 16, maxCharacters: 1_000 };

/** Languages whose lines are sentences; everything else is shown as code. */
const proseLanguages = new Set(['text', 'markdown', 'html', 'pdf', 'docx']);

export interface ExtractiveAnswer {
  text: string;
  citations: Citation[];
}

/**
 * An answer without a model: the best passages quoted word for word, cut to their most relevant lines, those of one
 * document together, each under a line with its place and its number. Numbers run in the order of the text; each
 * citation has the lines quoted.
 */
export function extractiveAnswer(question: string, passages: readonly Passage[]): ExtractiveAnswer {
  const citations: Citation[] = [];
  const sections: string[] = [];
  for (const group of byDocument(distinct(passages).slice(0, maxPassages))) {
    for (const [index, passage] of inReadingOrder(group).entries()) {
      const limits = isProse(passage) ? proseLimits : codeLimits;
      const citation = { ...excerptOf(passage, question, limits), n: citations.length + 1 };
      citations.push(citation);
      sections.push(sourceLine(citation, index === 0), quoted(citation));
    }
  }
  return { text: sections.join('\n\n'), citations };
}

/** What to say when there is nothing to quote. */
export function nothingFound(hasSources: boolean): string {
  return hasSources
    ? 'Nothing in your files matches this question. Try words the document itself would use, or check under Knowledge that its folder is added and indexed.'
    : 'There is nothing to search yet. Add a folder under Knowledge, or drop one onto the window, and ask again.';
}

/** The passages without those that lie inside a better one. */
function distinct(passages: readonly Passage[]): Passage[] {
  return passages.filter(
    (passage, index) => !passages.slice(0, index).some((better) => isWithin(passage, better)),
  );
}

function isWithin(passage: Passage, other: Passage): boolean {
  if (passage.documentId !== other.documentId) return false;
  return (
    passage.chunkId === other.chunkId ||
    (passage.page === other.page && passage.startLine >= other.startLine && passage.endLine <= other.endLine)
  );
}

/** Documents in the order of their best passage. */
function byDocument(passages: readonly Passage[]): Passage[][] {
  const documentIds = [...new Set(passages.map((passage) => passage.documentId))];
  return documentIds.map((id) => passages.filter((passage) => passage.documentId === id));
}

function inReadingOrder(passages: readonly Passage[]): Passage[] {
  return [...passages].sort((a, b) => a.startLine - b.startLine || a.chunkId - b.chunkId);
}

function isProse({ language }: Passage): boolean {
  return language === null || proseLanguages.has(language);
}

/** Where a quote comes from, above it: the file is named once for all its quotes. */
function sourceLine(citation: Citation, namesFile: boolean): string {
  const file = namesFile ? `${inlineCode(citation.relativePath)}, ` : '';
  return `${file}${placeOf(citation)} [${citation.n}]`;
}

function placeOf({ page, startLine, endLine }: Citation): string {
  if (page !== null) return `page ${page}`;
  return startLine === endLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`;
}

function quoted(citation: Citation): string {
  return isProse(citation) ? quotedProse(citation) : quotedCode(citation);
}

function quotedProse({ text, language }: Citation): string {
  const shown = language === 'markdown' ? withoutMarkup(text) : escapeMarkdown(text);
  const lines = shown.split('\n').map((line) => `> ${line}`.trimEnd());
  return lines.join('\n');
}

/** Fences, headings and images of the document would draw outside their quote; numbers in brackets would cite. */
function withoutMarkup(text: string): string {
  return text
    .replace(/^(\s*)(`{3,}|~{3,})/gm, '$1\\$2')
    .replace(/^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]#*[ \t]*)?$/gm, (_, title?: string) =>
      boldLine(title ?? ''),
    )
    .replace(/!\[/g, '!\\[')
    .replace(/\[(?=\s*\d)/g, '\\[')
    .trim();
}

/** A heading as a bold line of its own; one with emphasis of its own keeps to that. */
function boldLine(title: string): string {
  return title === '' || title.includes('*') ? `\n${title}\n` : `\n**${title}**\n`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&').replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, '$1\\$2');
}

function quotedCode({ text, language }: Citation): string {
  const fence = '`'.repeat(Math.max(3, longestRunOf(text, /`+/g) + 1));
  return `${fence}${language ?? ''}\n${text}\n${fence}`;
}

function inlineCode(text: string): string {
  const shown = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestRunOf(shown, /`+/g) + 1);
  return ticks.length === 1 ? `\`${shown}\`` : `${ticks} ${shown} ${ticks}`;
}

function longestRunOf(text: string, pattern: RegExp): number {
  return Math.max(0, ...(text.match(pattern) ?? []).map((run) => run.length));
}
