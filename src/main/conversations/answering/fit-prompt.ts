import type { Citation } from '@contract/conversations';
import { AppError } from '../../platform/app-error.ts';
import type { Exchange } from '../branches.ts';
import type { ChatTurn } from '../ports.ts';
import { passageLines, sliceLines } from './passage-lines.ts';
import { renderExchange, renderPassage, renderPrompt, renderRules } from './prompt.ts';
import type { PromptParts } from './prompt.ts';

/** What a chat template may add around one message, and (preambles, dates) around all of them. */
const tokensPerMessage = 12;
const maxPreambleTokens = 128;
const minAnswerTokens = 64;
const reservedAnswerTokens = 1_024;
const maxAnswerTokens = 4_096;
/** No tokenizer packs more characters than this into one token on average: older text cannot fit anyway. */
const maxCharactersPerToken = 8;

export type CountTokens = (texts: string[]) => Promise<number[]>;

export interface FitPromptInput {
  question: string;
  /** Oldest first. */
  exchanges: readonly Exchange[];
  /** Best first. */
  passages: readonly Citation[];
  contextSize: number;
  fenceKey: string;
  countTokens: CountTokens;
}

export interface FittedPrompt {
  messages: ChatTurn[];
  /** The passages in the prompt: the best of those given; the last of one alone may be cut short. */
  passages: Citation[];
  droppedExchanges: number;
  /** Room left for the answer. */
  maxTokens: number;
}

/**
 * Builds the prompt that fits `contextSize` with room for an answer. The lowest passages and the oldest exchanges give
 * way first: recent exchanges may take a third of the room, passages the rest, and what they leave goes to older exchanges.
 *
 * @throws AppError `context_too_small` when even the question does not fit.
 */
export async function fitPrompt(input: FitPromptInput): Promise<FittedPrompt> {
  const promptRoom = input.contextSize - preambleRoom(input.contextSize) - answerRoom(input.contextSize);
  let parts = await chooseParts(input, promptRoom);
  for (;;) {
    const messages = renderPrompt(parts);
    const tokens = await countMessages(messages, input.countTokens);
    if (tokens <= promptRoom) return fitted(input, parts, messages, tokens);
    parts = withLess(parts) ?? tooSmall(input, tokens);
  }
}

function preambleRoom(contextSize: number): number {
  return Math.min(maxPreambleTokens, Math.ceil(contextSize / 16));
}

function answerRoom(contextSize: number): number {
  return Math.min(reservedAnswerTokens, Math.max(minAnswerTokens, Math.floor(contextSize / 4)));
}

function fitted(
  input: FitPromptInput,
  parts: PromptParts,
  messages: ChatTurn[],
  tokens: number,
): FittedPrompt {
  return {
    messages,
    passages: [...parts.passages],
    droppedExchanges: input.exchanges.length - parts.exchanges.length,
    maxTokens: Math.min(maxAnswerTokens, input.contextSize - preambleRoom(input.contextSize) - tokens),
  };
}

/** The choice by the token counts of the single parts; joined they may differ a little, which `fitPrompt` settles. */
async function chooseParts(input: FitPromptInput, promptRoom: number): Promise<PromptParts> {
  const { question, passages, fenceKey, countTokens } = input;
  const recent = newestWithin(input.exchanges, input.contextSize * maxCharactersPerToken);
  const [rulesTokens = 0, questionTokens = 0, ...rest] = await countTokens([
    renderRules({ passages, isBrief: false }),
    `Question: ${question}`,
    ...passages.map((passage) => renderPassage(passage, fenceKey)),
    ...recent.flatMap((exchange) => renderExchange(exchange).map((turn) => turn.content)),
  ]);
  const isBrief = rulesTokens > promptRoom / 3;
  const room = promptRoom - questionTokens - (isBrief ? promptRoom / 6 : rulesTokens) - 2 * tokensPerMessage;
  const passageCosts = rest.slice(0, passages.length).map((tokens) => tokens + 2);
  const exchangeCosts = recent.map((_, index) => exchangeCost(rest, passages.length + 2 * index));

  const reserved = newestThatFit(exchangeCosts, room / 3);
  const kept = passagesThatFit(passageCosts, room - reserved.tokens);
  const first = passages[0];
  const chosen =
    kept.count === 0 && first
      ? await trimmed(first, room - reserved.tokens, { fenceKey, countTokens })
      : passages.slice(0, kept.count);
  const history = newestThatFit(exchangeCosts, chosen.length === kept.count ? room - kept.tokens : room / 3);
  return {
    question,
    passages: chosen,
    exchanges: recent.slice(recent.length - history.count),
    fenceKey,
    isBrief,
  };
}

function exchangeCost(tokens: readonly number[], at: number): number {
  return (tokens[at] ?? 0) + (tokens[at + 1] ?? 0) + 2 * tokensPerMessage;
}

function newestWithin(exchanges: readonly Exchange[], maxCharacters: number): Exchange[] {
  const costs = exchanges.map(({ question, answer }) => question.length + answer.length);
  return exchanges.slice(exchanges.length - newestThatFit(costs, maxCharacters).count);
}

interface Taken {
  count: number;
  tokens: number;
}

function passagesThatFit(costs: readonly number[], room: number): Taken {
  const taken: Taken = { count: 0, tokens: 0 };
  for (const cost of costs) {
    if (taken.tokens + cost > room) break;
    taken.count++;
    taken.tokens += cost;
  }
  return taken;
}

function newestThatFit(costs: readonly number[], room: number): Taken {
  return passagesThatFit([...costs].reverse(), room);
}

/** The beginning of a passage that alone is too long; none when not even one line fits. */
async function trimmed(
  passage: Citation,
  room: number,
  { fenceKey, countTokens }: Pick<FitPromptInput, 'fenceKey' | 'countTokens'>,
): Promise<Citation[]> {
  let candidate = passage;
  for (;;) {
    const [tokens = 0] = await countTokens([renderPassage(candidate, fenceKey)]);
    if (tokens + 2 <= room) return [candidate];
    const lines = passageLines(candidate.text).length;
    const keep = Math.min(lines - 1, Math.floor((lines * room * 0.9) / tokens));
    if (keep < 1) return [];
    candidate = sliceLines(candidate, 0, keep - 1);
  }
}

async function countMessages(messages: readonly ChatTurn[], countTokens: CountTokens): Promise<number> {
  const counts = await countTokens(messages.map((message) => message.content));
  return counts.reduce((sum, tokens) => sum + tokens + tokensPerMessage, 0);
}

/** The parts without the least valuable one; null when only rules and question are left. */
function withLess(parts: PromptParts): PromptParts | null {
  if (parts.passages.length > 1) return { ...parts, passages: parts.passages.slice(0, -1) };
  if (parts.exchanges.length > 0) return { ...parts, exchanges: parts.exchanges.slice(1) };
  if (parts.passages.length > 0) return { ...parts, passages: [] };
  return parts.isBrief ? null : { ...parts, isBrief: true };
}

function tooSmall({ contextSize }: FitPromptInput, tokens: number): never {
  throw new AppError(
    'context_too_small',
    `This question needs about ${tokens} tokens, but the model reads ${contextSize} at a time and needs room to answer. ` +
      'Shorten the question, or choose a model with a larger context.',
  );
}
