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
 * document together, each followed by its number. Numbers run in the order of the text; each citation has the lines quoted.
 */
export function extractiveAnswer(question: string, passages: readonly Passage[]): ExtractiveAnswer {
  const citations: Citation[] = [];
  const sections: string[] = [];
  for (const group of byDocument(distinct(passages).slice(0, maxPassages))) {
    for (const [index, passage] of inReadingOrder(group).entries()) {
      const limits = isProse(passage) ? proseLimits : codeLimits;
      const citation = { ...excerptOf(passage, question, limits), n: citations.length + 1 };
      citations.push(citation);
      if (index === 0) sections.push(inlineCode(passage.relativePath));
      sections.push(quoted(citation));
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

function quoted(citation: Citation): string {
  return isProse(citation) ? quotedProse(citation) : quotedCode(citation);
}

function quotedProse({ text, language, n }: Citation): string {
  const shown = language === 'markdown' ? withoutMarkup(text) : escapeMarkdown(text);
  const lines = shown.split('\n').map((line) => `> ${line}`.trimEnd());
  return `${lines.join('\n')}\n\n[${n}]`;
}

/** Fences, headings and images of the document would draw outside their quote; numbers in brackets would cite. */
function withoutMarkup(text: string): string {
  return text
    .replace(/^(\s*)(`{3,}|~{3,}|#{1,6}(?=\s))/gm, '$1\\$2')
    .replace(/!\[/g, '!\\[')
    .replace(/\[(?=\s*\d)/g, '\\[');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&').replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, '$1\\$2');
}

function quotedCode({ text, language, n }: Citation): string {
  const fence = '`'.repeat(Math.max(3, longestRunOf(text, /`+/g) + 1));
  return `${fence}${language ?? ''}\n${text}\n${fence}\n\n[${n}]`;
}

function inlineCode(text: string): string {
  const shown = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestRunOf(shown, /`+/g) + 1);
  return ticks.length === 1 ? `\`${shown}\`` : `${ticks} ${shown} ${ticks}`;
}

function longestRunOf(text: string, pattern: RegExp): number {
  return Math.max(0, ...(text.match(pattern) ?? []).map((run) => run.length));
}
