import type { Passage } from '@contract/knowledge';
import { passageLines, sliceLines } from './passage-lines.ts';
import { isUnspaced, salientWords, wordsOf } from './salient-words.ts';

export interface ExcerptLimits {
  maxLines: number;
  maxCharacters: number;
}

/** Words that share this many first letters count as forms of one word. */
const stemLength = 5;

/**
 * The lines of a passage that say most about the question: the run of lines within the limits that holds the most of
 * its words, and of equals the one that repeats them most. A passage within the limits stays whole. A single line over
 * the limit is cut to its best sentences. Text is never changed.
 */
export function excerptOf<P extends Passage>(passage: P, question: string, limits: ExcerptLimits): P {
  const lines = passageLines(passage.text);
  const wanted = salientWords(question).flatMap(formsOf);
  const { first, last } = bestRun(lines, wanted, limits);
  const part = sliceLines(passage, first, last);
  if (part.text.length <= limits.maxCharacters) return part;
  return { ...part, text: bestSentences(part.text, wanted, limits.maxCharacters) };
}

/** What a word is compared by: its beginning, or pairs of characters where the script has no spaces. */
function formsOf(word: string): string[] {
  if (!isUnspaced(word)) return [word.toLowerCase().slice(0, stemLength)];
  return word.length === 1
    ? [word]
    : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
}

function formsIn(text: string): Set<string> {
  const parts = wordsOf(text).flatMap((word) => [word, ...word.split(/[_./:-]|(?<=[a-z])(?=[A-Z])/)]);
  return new Set(parts.filter((part) => part !== '').flatMap(formsOf));
}

const repeatsCounted = 99;

interface Run {
  first: number;
  last: number;
}

/** Pieces of text (lines, sentences) in a row within the limits, with the most wanted words. */
function bestRun(pieces: readonly string[], wanted: readonly string[], limits: ExcerptLimits): Run {
  const found = pieces.map((piece) => {
    const forms = formsIn(piece);
    return wanted.filter((form) => forms.has(form));
  });
  const all = longestRun(pieces, 0, limits);
  if (all.last === pieces.length - 1) return all;
  let best: Run = { first: 0, last: 0 };
  let bestScore = -1;
  for (let first = 0; first < pieces.length; first++) {
    if (pieces[first]?.trim() === '') continue;
    const run = longestRun(pieces, first, limits);
    const score = scoreOf(found.slice(run.first, run.last + 1));
    if (score > bestScore) [best, bestScore] = [run, score];
  }
  return best;
}

/** Different words count before repeated ones, and those before a run that begins with one. */
function scoreOf(found: readonly (readonly string[])[]): number {
  const words = found.flat();
  const repeats = Math.min(words.length, repeatsCounted) / (repeatsCounted + 1);
  const start = found[0]?.length ? 0.5 / (repeatsCounted + 1) : 0;
  return new Set(words).size + repeats + start;
}

function longestRun(pieces: readonly string[], first: number, limits: ExcerptLimits): Run {
  let last = first;
  let characters = pieces[first]?.length ?? 0;
  while (last + 1 < pieces.length && last + 2 - first <= limits.maxLines) {
    characters += (pieces[last + 1]?.length ?? 0) + 1;
    if (characters > limits.maxCharacters) break;
    last++;
  }
  while (last > first && pieces[last]?.trim() === '') last--;
  return { first, last };
}

/** What a cut through a character leaves. */
const loneSurrogates = /\p{Cs}/gu;

const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Looked at of a single huge line. */
const maxCharactersLookedAt = 20_000;

function bestSentences(line: string, wanted: readonly string[], maxCharacters: number): string {
  const text = line.slice(0, maxCharactersLookedAt);
  const sentences = [...sentenceSegmenter.segment(text)].map(({ segment }) => segment);
  const { first, last } = bestRun(sentences, wanted, { maxLines: sentences.length, maxCharacters });
  const chosen = sentences
    .slice(first, last + 1)
    .join('')
    .trim();
  if (chosen.length <= maxCharacters) return chosen;
  const cut = chosen.slice(0, maxCharacters).replace(loneSurrogates, '');
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), 0) || cut.length);
}
