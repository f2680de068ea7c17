import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationEvent } from '@contract/conversations';
import { openConversations } from '../integration/conversations/open.ts';
import { HeldModel } from '../unit/conversations/doubles.ts';
import { doors, type OpenDoor } from './doors.ts';
import { sampleServices, silentLogger } from './sample-services.ts';

/** A conversation on a real database, held from where a client stands. */
describe.each(doors)('a conversation through the $name door', (underTest) => {
  let model: HeldModel;
  let door: OpenDoor;
  let closeConversations: () => Promise<void>;

  beforeEach(async () => {
    model = new HeldModel();
    const { service, close } = openConversations({ model });
    closeConversations = close;
    door = await underTest.open({ ...sampleServices().services, conversations: service }, silentLogger);
  });
  afterEach(async () => {
    await door.close();
    await closeConversations();
  });

  const conversations = () => door.client.conversations;

  /** Sends what `ask` asks, has it answered, and resolves with the ids once the answer is final. */
  async function answered<Sent>(
    conversationId: string,
    ask: () => Promise<Sent>,
    answer: string,
  ): Promise<Sent> {
    const sent = await ask();
    const call = await model.nextCall();
    const final = untilFinished(conversationId);
    call.write(answer);
    call.end();
    await final;
    return sent;
  }

  async function untilFinished(conversationId: string): Promise<void> {
    for await (const event of await conversations().watch({ conversationId })) {
      if (event.type === 'finished' || isIdle(event)) return;
    }
  }

  async function textsOf(conversationId: string): Promise<string[]> {
    const { messages } = await conversations().get({ conversationId });
    return messages.map(({ text }) => text.trim());
  }

  test('an edited question and a second answer keep the earlier ones as branches', async () => {
    const { id: conversationId } = await conversations().create({ sourceIds: null });
    const send = (text: string) => () => conversations().send({ conversationId, parentId: null, text });
    const first = await answered(conversationId, send('First wording?'), 'First answer.');
    const edited = await answered(conversationId, send('Second wording?'), 'Second answer.');
    const regenerate = () =>
      conversations().regenerate({ conversationId, messageId: edited.assistantMessageId });
    const again = await answered(conversationId, regenerate, 'Third answer.');

    expect((await textsOf(conversationId)).sort()).toEqual(
      ['First wording?', 'First answer.', 'Second wording?', 'Second answer.', 'Third answer.'].sort(),
    );
    expect(again.userMessageId).toBe(edited.userMessageId);
    const activeId = async () => (await conversations().get({ conversationId })).activeMessageId;
    expect(await activeId()).toBe(again.assistantMessageId);
    await conversations().selectBranch({ conversationId, messageId: first.userMessageId });
    expect(await activeId()).toBe(first.assistantMessageId);
  });

  test('stop reaches the model, and what it wrote stays', async () => {
    const { id: conversationId } = await conversations().create({ sourceIds: null });
    await conversations().send({ conversationId, parentId: null, text: 'How long?' });
    const call = await model.nextCall();
    call.write('Twelve weeks, and');
    await conversations().stop({ conversationId });
    expect(call.signal.aborted).toBe(true);
    const { messages, isAnswering } = await conversations().get({ conversationId });
    expect(isAnswering).toBe(false);
    expect(messages.at(-1)).toMatchObject({ status: 'stopped', text: 'Twelve weeks, and' });
  });
});

function isIdle(event: ConversationEvent): boolean {
  return event.type === 'snapshot' && !event.conversation.isAnswering;
}
