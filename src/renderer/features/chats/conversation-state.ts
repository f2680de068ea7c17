import type { Conversation, ConversationEvent, Message } from '@contract/conversations';

export type Phase = Extract<ConversationEvent, { type: 'phase' }>['phase'];

/** One conversation as the window knows it: the last snapshot with everything heard since. */
export interface ConversationState {
  conversation: Conversation | null;
  /** What each answer under way is doing. */
  phases: Readonly<Record<string, Phase>>;
}

export const unknownConversation: ConversationState = { conversation: null, phases: {} };

/** The state after one event. Events about messages that are not in the snapshot change nothing. */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'snapshot':
      return { conversation: event.conversation, phases: livePhases(state.phases, event.conversation) };
    case 'phase':
      return { ...state, phases: { ...state.phases, [event.messageId]: event.phase } };
    case 'citations':
      return withMessage(state, event.messageId, (message) => ({ ...message, citations: event.citations }));
    case 'delta':
      return withMessage(state, event.messageId, (message) => ({
        ...message,
        text: message.text + event.text,
      }));
    case 'finished':
      return finish(state, event.message);
  }
}

function finish(state: ConversationState, finished: Message): ConversationState {
  const { [finished.id]: _done, ...phases } = state.phases;
  const next = withMessage({ ...state, phases }, finished.id, () => finished);
  if (!next.conversation) return next;
  const isAnswering = next.conversation.messages.some((message) => message.status === 'streaming');
  return { ...next, conversation: { ...next.conversation, isAnswering } };
}

function withMessage(
  state: ConversationState,
  messageId: string,
  change: (message: Message) => Message,
): ConversationState {
  if (!state.conversation) return state;
  const messages = state.conversation.messages.map((message) =>
    message.id === messageId ? change(message) : message,
  );
  return { ...state, conversation: { ...state.conversation, messages } };
}

function livePhases(
  phases: ConversationState['phases'],
  conversation: Conversation,
): ConversationState['phases'] {
  const streaming = new Set(
    conversation.messages.filter((message) => message.status === 'streaming').map((message) => message.id),
  );
  return Object.fromEntries(Object.entries(phases).filter(([id]) => streaming.has(id)));
}
