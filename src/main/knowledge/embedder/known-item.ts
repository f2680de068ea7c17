import { embedderWords } from './words.ts';

/** What calibration needs of a chunk: its text, its heading, and the line of place it is indexed with, if any. */
export interface KnownItemSource {
  text: string;
  heading?: string | null;
  context?: string | null;
}

/** A query whose answer is known: the chunk it was taken out of, and that chunk's text without it. */
export interface KnownItem {
  query: string;
  rest: string;
}

const fewestQueryWords = 3;
const longestQuery = 220;
const shortestRest = 60;

const docString = /^[^\S\n]*[rubRUB]{0,2}("""|''')([\s\S]*?)\1/m;
const blockComment = /\/\*\*?(?!\*)([\s\S]*?)\*\//;
const lineComment = /(?:^[^\S\n]*(?:\/\/[/!]?|#(?![!\w[])|--)[^\n]*(?:\n|$))+/m;
const markdownHeading = /^#{1,6}\s+([^\n]+)$/m;
const notSaid = /copyright|licen[sc]e|eslint|noqa|prettier|\btodo\b|fixme/i;

/**
 * Takes a query out of a chunk: a Markdown heading, the first sentence of a doc comment, the chunk's heading, or the
 * first sentence of its prose. Null when nothing in it reads as a query, or too little would remain.
 */
export function knownItem({ text, heading }: KnownItemSource): KnownItem | null {
  return (
    takenOut(text, markdownHeading.exec(text)?.[1]) ??
    takenOut(text, saidIn(docString.exec(text)?.[2])) ??
    takenOut(text, saidIn(blockComment.exec(text)?.[1])) ??
    takenOut(text, saidIn(lineComment.exec(text)?.[0])) ??
    takenOut(text, heading ?? undefined) ??
    (looksLikeProse(text) ? takenOut(text, firstSentence(text)) : null)
  );
}

/** The text without a phrase, when both are worth something. The phrase may be broken over lines in the text. */
function takenOut(text: string, phrase: string | undefined): KnownItem | null {
  const query = phrase
    ?.replace(/[*_`#]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestQuery);
  if (!query || notSaid.test(query) || embedderWords(query).length < fewestQueryWords) return null;
  const loose = query
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s*/#`_!-]+');
  const rest = text.replace(new RegExp(loose), ' ').trim();
  return rest.length >= shortestRest ? { query, rest } : null;
}

/** First sentence of a comment's words, without its marks. */
function saidIn(comment: string | undefined): string | undefined {
  if (comment === undefined) return undefined;
  const words = comment.replace(/^[^\S\n]*(?:\*|\/\/[/!]?|#+|--)[^\S\n]?/gm, '').trim();
  return firstSentence(words.split(/\n\s*(?:\n|[@:])/, 1)[0] ?? '');
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /^.{12,220}?[.!?:\u3002](?=\s|$)/.exec(line)?.[0] ?? line.slice(0, longestQuery);
}

/** Mostly letters and spaces: not code, a table or numbers. */
function looksLikeProse(text: string): boolean {
  const start = text.slice(0, 600);
  const plain = start.match(/[\p{L}\p{M}\s,.]/gu)?.length ?? 0;
  return plain > 0.9 * start.length && /[.!?\u3002]/.test(start);
}
