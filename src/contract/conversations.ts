import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { passage, sourceId } from './knowledge.ts';

export const conversationId = z.string().min(1);
export const messageId = z.string().min(1);

/** Evidence of an answer: passage `n`, written `[n]` in the text. */
export const citation = passage.extend({ n: z.number().int().min(1) });
export type Citation = z.infer<typeof citation>;

export const usage = z.object({ promptTokens: z.number().int(), completionTokens: z.number().int() });
export type Usage = z.infer<typeof usage>;

export const message = z.object({
  id: messageId,
  conversationId,
  /** The message this one follows; several messages with one parent are branches. */
  parentId: messageId.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  createdAt: z.number(),
  /** `interrupted`: Alcove was closed or killed while it was being written; what had arrived is kept. */
  status: z.enum(['complete', 'streaming', 'stopped', 'interrupted', 'failed']),
  /** Assistant only. `extractive`: no model wrote it, it quotes the best passages. */
  mode: z.enum(['generated', 'extractive']).nullable(),
  modelName: z.string().nullable(),
  citations: z.array(citation),
  usage: usage.nullable(),
  durationMs: z.number().nullable(),
  /** Words for the user when `status` is `failed`, and the code to branch on. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Things worth knowing about how the answer was made, e.g. that older turns no longer fit. */
  notice: z.string().nullable(),
});
export type Message = z.infer<typeof message>;

export const conversationSummary = z.object({
  id: conversationId,
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Text around the match when the list was searched. */
  snippet: z.string().nullable(),
  isAnswering: z.boolean(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;

export const conversation = conversationSummary.omit({ snippet: true }).extend({
  /** All messages, every branch, oldest first. */
  messages: z.array(message),
  /** The last message of the branch on show; null in an empty conversation. */
  activeMessageId: messageId.nullable(),
  /** Sources searched for answers; null means all. */
  sourceIds: z.array(sourceId).nullable(),
});
export type Conversation = z.infer<typeof conversation>;

/** What a watcher of one conversation hears. */
export const conversationEvent = z.discriminatedUnion('type', [
  /** The whole conversation: first event, and after changes that are not deltas. */
  z.object({ type: z.literal('snapshot'), conversation }),
  z.object({
    type: z.literal('phase'),
    messageId,
    phase: z.enum(['retrieving', 'loading-model', 'reading', 'writing']),
  }),
  z.object({ type: z.literal('citations'), messageId, citations: z.array(citation) }),
  z.object({ type: z.literal('delta'), messageId, text: z.string() }),
  z.object({ type: z.literal('finished'), message }),
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

const byConversation = z.object({ conversationId });

const sent = z.object({ conversationId, userMessageId: messageId, assistantMessageId: messageId });

export const conversations = {
  list: procedure
    .input(z.object({ query: z.string().optional(), limit: z.number().int().min(1).max(1_000).default(500) }))
    .output(z.array(conversationSummary)),
  /** The list at once, then again whenever it changes. */
  watchList: procedure.output(eventIterator(z.array(conversationSummary))),
  create: procedure
    .input(z.object({ sourceIds: z.array(sourceId).nullable().default(null) }))
    .output(conversation),
  get: procedure.input(byConversation).output(conversation),
  /** A snapshot at once, then deltas and changes. Leaving the loop does not stop the answer; `stop` does. */
  watch: procedure.input(byConversation).output(eventIterator(conversationEvent)),
  rename: procedure.input(byConversation.extend({ title: z.string().trim().min(1).max(200) })),
  setSources: procedure.input(byConversation.extend({ sourceIds: z.array(sourceId).nullable() })),
  /** Hides a conversation; `restore` brings it back until Alcove is closed. */
  remove: procedure.input(byConversation),
  restore: procedure.input(byConversation),
  /**
   * Saves the user's message and starts an answer; returns once both are durable. An edit is a message sent with the
   * edited message's parent, so the earlier wording stays as another branch.
   */
  send: procedure
    .input(
      byConversation.extend({ parentId: messageId.nullable(), text: z.string().trim().min(1).max(200_000) }),
    )
    .output(sent),
  /** Answers the same user message again; the earlier answer stays as another branch. */
  regenerate: procedure.input(byConversation.extend({ messageId })).output(sent),
  /** Stops the answer being written; what has arrived is kept. */
  stop: procedure.input(byConversation),
  /** Shows the branch that ends in or passes through this message. */
  selectBranch: procedure.input(byConversation.extend({ messageId })),
};
