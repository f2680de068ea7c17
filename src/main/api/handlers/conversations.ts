import type { ConversationEvent } from '@contract/conversations';
import { api } from '../context.ts';
import { latestValues, queuedValues } from '../subscription.ts';

/** Deltas a slow client may lag behind before it gets a snapshot instead: some seconds of a fast model. */
const waitingEventsLimit = 1_000;

export const conversationHandlers = api.conversations.router({
  list: api.conversations.list.handler(({ context, input }) => context.services.conversations.list(input)),
  watchList: api.conversations.watchList.handler(({ context, signal }) =>
    latestValues((listener) => context.services.conversations.watchList(listener), signal),
  ),
  create: api.conversations.create.handler(({ context, input }) =>
    context.services.conversations.create(input),
  ),
  get: api.conversations.get.handler(({ context, input }) =>
    context.services.conversations.get(input.conversationId),
  ),
  watch: api.conversations.watch.handler(({ context, input, signal }) => {
    const { conversations } = context.services;
    return queuedValues<ConversationEvent>(
      (listener) => conversations.watch(input.conversationId, listener),
      {
        signal,
        limit: waitingEventsLimit,
        resync: () => ({
          type: 'snapshot',
          conversation: conversations.get(input.conversationId),
        }),
      },
    );
  }),
  rename: api.conversations.rename.handler(async ({ context, input }) => {
    await context.services.conversations.rename(input.conversationId, input.title);
  }),
  setSources: api.conversations.setSources.handler(async ({ context, input }) => {
    await context.services.conversations.setSources(input.conversationId, input.sourceIds);
  }),
  remove: api.conversations.remove.handler(async ({ context, input }) => {
    await context.services.conversations.remove(input.conversationId);
  }),
  restore: api.conversations.restore.handler(async ({ context, input }) => {
    await context.services.conversations.restore(input.conversationId);
  }),
  send: api.conversations.send.handler(({ context, input }) => context.services.conversations.send(input)),
  regenerate: api.conversations.regenerate.handler(({ context, input }) =>
    context.services.conversations.regenerate(input),
  ),
  stop: api.conversations.stop.handler(async ({ context, input }) => {
    await context.services.conversations.stop(input.conversationId);
  }),
  selectBranch: api.conversations.selectBranch.handler(async ({ context, input }) => {
    await context.services.conversations.selectBranch(input.conversationId, input.messageId);
  }),
});
