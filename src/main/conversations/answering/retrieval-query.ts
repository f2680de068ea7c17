import { isUnspaced, salientWords, wordsOf } from './salient-words.ts';

const maxCharacters = 3_000;
/** A question with fewer meaningful words than this leans on what was asked before; more would drown a new topic in the old. */
const enoughWords = 2;
const maxCarriedWords = 12;
const turnsLookedAt = 4;

/** What a cut through a character leaves. */
const loneSurrogates = /\p{Cs}/gu;

const referring = new Set(
  `it its they them their theirs that this these those he she him her his hers one ones there such former latter
  same above previous instead else another other others`.split(/\s+/),
);

const continuing = /^\s*(?:and|or|but|so|then|also|what about|how about|what if|why|really|ok|okay)\b/i;

/**
 * The search query for a question. One that leans on the conversation ("and in Germany?", "how long is it?") also
 * gets the meaningful words of the question before it, which may itself lean on the one before.
 *
 * @param earlierQuestions the user's earlier messages of this branch, oldest first
 */
export function retrievalQuery(question: string, earlierQuestions: readonly string[]): string {
  let query = '';
  for (const turn of [...earlierQuestions.slice(-turnsLookedAt), question]) {
    query = leansOnEarlier(turn) ? withWords(turn, query) : bounded(turn);
  }
  return query;
}

function leansOnEarlier(question: string): boolean {
  const words = wordsOf(question);
  if (weight(salientWords(question)) < enoughWords) return true;
  if (weight(words) > 3 * maxCarriedWords) return false;
  return continuing.test(question) || words.some((word) => referring.has(word.toLowerCase()));
}

/** Scripts without spaces give one long "word" where others give several. */
function weight(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (isUnspaced(word) ? Math.ceil(word.length / 4) : 1), 0);
}

function withWords(question: string, earlierQuery: string): string {
  const own = new Set(wordsOf(question).map((word) => word.toLowerCase()));
  const carried = salientWords(earlierQuery).filter((word) => !own.has(word.toLowerCase()));
  return bounded([question.trim(), ...carried.slice(0, maxCarriedWords)].join(' '));
}

/** A long paste asks at its beginning or at its end. */
function bounded(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= maxCharacters) return trimmed;
  const ends = `${trimmed.slice(0, maxCharacters / 2)} ${trimmed.slice(-maxCharacters / 2)}`;
  return ends.replace(loneSurrogates, '');
}
