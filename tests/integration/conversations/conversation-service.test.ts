import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '@contract/conversations';
import { conversation as conversationSchema } from '@contract/conversations';
import { AppError } from '../../../src/main/platform/app-error.ts';
import { HeldModel, ScriptedModel } from '../../unit/conversations/doubles.ts';
import { answered, ask, openConversations } from './open.ts';

const lastMessage = (service: ReturnType<typeof openConversations>['service'], id: string) =>
  service.get(id).messages.at(-1);

describe('sending', () => {
  it('answers with citations, titles the conversation and keeps all of it over a restart', async () => {
    const first = openConversations({ model: new ScriptedModel(['Twelve weeks', ' [1].']) });
    const sent = ask(first.service, 'How long is parental leave?');
    await answered(first.service, sent.conversationId);
    await first.close();

    const { service, close } = openConversations({ folder: first.folder });
    const kept = service.get(sent.conversationId);
    expect(conversationSchema.parse(kept)).toEqual(kept);
    expect(kept).toMatchObject({
      title: 'How long is parental leave?',
      isAnswering: false,
      activeMessageId: sent.assistantMessageId,
    });
    expect(kept.messages).toMatchObject([
      { id: sent.userMessageId, role: 'user', status: 'complete', text: 'How long is parental leave?' },
      {
        id: sent.assistantMessageId,
        parentId: sent.userMessageId,
        role: 'assistant',
        status: 'complete',
        text: 'Twelve weeks [1].',
        mode: 'generated',
        modelName: 'Scripted',
        citations: [{ n: 1, relativePath: 'leave.md' }],
        usage: { promptTokens: 10, completionTokens: 2 },
        failure: null,
      },
    ]);
    await close();
  });

  it('quotes the files when there is no model', async () => {
    const { service, close } = openConversations();
    const { conversationId } = ask(service, 'How long is parental leave?');
    await answered(service, conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({ mode: 'extractive', status: 'complete' });
    await close();
  });

  it('refuses a second question while an answer is written, but answers elsewhere at the same time', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const one = ask(service, 'one?');
    const again = () => service.send({ conversationId: one.conversationId, parentId: null, text: 'two?' });
    expect(again).toThrow(expect.objectContaining({ code: 'conversation_busy' }) as Error);
    expect(() =>
      service.regenerate({ conversationId: one.conversationId, messageId: one.userMessageId }),
    ).toThrow(AppError);
    const other = ask(service, 'elsewhere?');
    const calls = [await model.nextCall(), await model.nextCall()];
    for (const call of calls) call.end();
    await Promise.all([answered(service, one.conversationId), answered(service, other.conversationId)]);
    expect(service.get(one.conversationId).messages).toHaveLength(2);
    await close();
  });

  it('refuses a parent that is missing, not an answer, or of another conversation', async () => {
    const { service, close } = openConversations();
    const one = ask(service, 'one?');
    const other = ask(service, 'other?');
    await Promise.all([answered(service, one.conversationId), answered(service, other.conversationId)]);
    const code = (parentId: string) => {
      try {
        service.send({ conversationId: one.conversationId, parentId, text: 'x' });
      } catch (error) {
        return (error as AppError).code;
      }
    };
    expect(code('gone')).toBe('message_not_found');
    expect(code(one.userMessageId)).toBe('invalid_input');
    expect(code(other.assistantMessageId)).toBe('message_not_found');
    expect(() => service.get('nowhere')).toThrow(
      expect.objectContaining({ code: 'conversation_not_found' }) as Error,
    );
    await close();
  });

  it('gives the model the branch it was asked on, and nothing of the others', async () => {
    const model = new ScriptedModel(['ok']);
    const { service, close } = openConversations({ model });
    const first = ask(service, 'apples?');
    const { conversationId } = first;
    await answered(service, conversationId);
    service.send({ conversationId, parentId: first.assistantMessageId, text: 'Which pears are red in May?' });
    await answered(service, conversationId);
    service.send({ conversationId, parentId: first.assistantMessageId, text: 'Which plums are red in May?' });
    await answered(service, conversationId);
    const turns = model.requests.at(-1)?.messages.map(({ content }) => content) ?? [];
    expect(turns[1]).toBe('apples?');
    expect(turns[2]).toBe('ok');
    expect(turns.join()).not.toContain('pears');
    expect(turns.at(-1)).toContain('plums');
    await close();
  });
});

describe('watching', () => {
  it('starts with a snapshot, then phases, citations and deltas in order, then the final message', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const { id } = service.create({ sourceIds: null });
    const events: ConversationEvent[] = [];
    service.watch(id, (event) => events.push(event));
    service.send({ conversationId: id, parentId: null, text: 'How long?' });
    const call = await model.nextCall();
    call.write('Twelve ');
    call.write('weeks [1].');
    call.end();
    await answered(service, id);
    const names = events.map((event) => (event.type === 'phase' ? event.phase : event.type));
    expect(names.filter((name) => name !== 'loading-model')).toEqual([
      'snapshot',
      'snapshot',
      'retrieving',
      'snapshot',
      'reading',
      'citations',
      'writing',
      'delta',
      'finished',
    ]);
    expect(events[names.indexOf('reading') - 1]).toMatchObject({
      conversation: { messages: [{}, { modelName: 'Scripted', mode: 'generated', status: 'streaming' }] },
    });
    expect(events.at(-1)).toMatchObject({ message: { text: 'Twelve weeks [1].', status: 'complete' } });
    await close();
  });

  it('lets a late watcher catch up: its snapshot and later deltas make the text, none lost or twice', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const { conversationId } = ask(service, 'How long?');
    const call = await model.nextCall();
    call.write('a'.repeat(5_000));
    call.write('b');
    let text = '';
    const heard: string[] = [];
    service.watch(conversationId, (event) => {
      heard.push(event.type === 'phase' ? event.phase : event.type);
      if (event.type === 'snapshot') text = event.conversation.messages.at(-1)?.text ?? '';
      if (event.type === 'delta') text += event.text;
    });
    expect(heard).toEqual(['snapshot', 'writing']);
    call.write('c');
    call.end();
    await answered(service, conversationId);
    expect(text).toBe(`${'a'.repeat(5_000)}bc`);
    await close();
  });

  it('goes on writing when every watcher has left', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const { conversationId } = ask(service, 'How long?');
    const leave = service.watch(conversationId, () => undefined);
    const call = await model.nextCall();
    call.write('Twelve ');
    leave();
    call.write('weeks.');
    call.end();
    await answered(service, conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({ text: 'Twelve weeks.', status: 'complete' });
    await close();
  });
});

describe('stopping', () => {
  it('keeps what arrived, tells the model, and ignores what it still sends', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const { conversationId } = ask(service, 'How long?');
    const call = await model.nextCall();
    call.write('Twelve weeks [1] and');
    await service.stop(conversationId);
    expect(call.signal.aborted).toBe(true);
    call.write(' more');
    call.end();
    expect(lastMessage(service, conversationId)).toMatchObject({
      status: 'stopped',
      text: 'Twelve weeks [1] and',
      citations: [{ n: 1 }],
      failure: null,
    });
    await close();
  });

  it('frees the conversation at once, even from a model that does not listen', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const first = ask(service, 'How long?');
    await model.nextCall();
    await service.stop(first.conversationId);
    const again = service.regenerate({
      conversationId: first.conversationId,
      messageId: first.assistantMessageId,
    });
    expect(again.userMessageId).toBe(first.userMessageId);
    (await model.nextCall()).end();
    await answered(service, first.conversationId);
    await close();
  });

  it('stops while still searching', async () => {
    const retriever = {
      search: (_: unknown, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
      hasSources: async () => true,
    };
    const { service, close } = openConversations({ retriever });
    const { conversationId } = ask(service, 'How long?');
    await service.stop(conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({ status: 'stopped', text: '' });
    await close();
  });

  it('marks what it was still writing as interrupted when Alcove closes', async () => {
    const model = new HeldModel();
    const first = openConversations({ model });
    const { conversationId } = ask(first.service, 'How long?');
    (await model.nextCall()).write('Twelve');
    await first.close();
    const { service, close } = openConversations({ folder: first.folder });
    expect(lastMessage(service, conversationId)).toMatchObject({ status: 'interrupted', text: 'Twelve' });
    await close();
  });
});

describe('failures', () => {
  it('keeps the text and the reason when the engine dies, and answers the next question', async () => {
    const model = new HeldModel();
    const { service, close } = openConversations({ model });
    const first = ask(service, 'How long?');
    const { conversationId } = first;
    const call = await model.nextCall();
    call.write('Twelve');
    call.fail(new AppError('child_crashed', 'The engine stopped. Ask again to restart it.'));
    await answered(service, conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({
      status: 'failed',
      text: 'Twelve',
      failure: { code: 'child_crashed', message: 'The engine stopped. Ask again to restart it.' },
    });
    service.send({ conversationId, parentId: first.assistantMessageId, text: 'And now?' });
    const next = await model.nextCall();
    next.write('Twelve weeks.');
    next.end();
    await answered(service, conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({ status: 'complete', text: 'Twelve weeks.' });
    await close();
  });

  it('reports a bug and does not show its words to the user', async () => {
    const bug = new TypeError('x is not a function');
    const reported: unknown[] = [];
    const { service, close } = openConversations({
      model: new ScriptedModel(() => Promise.reject(bug)),
      onUnexpectedError: (error) => reported.push(error),
    });
    const { conversationId } = ask(service, 'How long?');
    await answered(service, conversationId);
    expect(reported).toEqual([bug]);
    const failure = lastMessage(service, conversationId)?.failure;
    expect(failure?.code).toBe('internal');
    expect(failure?.message).not.toContain('function');
    await close();
  });

  it('says that the disk is full, keeps what was saved, and works again once there is room', async () => {
    const model = new HeldModel();
    const { service, database, close } = openConversations({ model });
    const first = ask(service, 'How long?');
    const { conversationId } = first;
    const limitPages = (pages: number) => database.exec(`PRAGMA max_page_count = ${pages}`);
    const call = await model.nextCall();
    limitPages(1);
    call.write('Twelve weeks. '.repeat(2_000));
    await answered(service, conversationId);
    expect(lastMessage(service, conversationId)).toMatchObject({ status: 'interrupted' });
    const send = () => service.send({ conversationId, parentId: null, text: 'x'.repeat(100_000) });
    expect(send).toThrow(expect.objectContaining({ code: 'disk_full' }) as Error);
    expect(service.get(conversationId).messages).toHaveLength(2);
    limitPages(1_000_000);
    send();
    (await model.nextCall()).end();
    await answered(service, conversationId);
    await close();
  });
});

describe('branches', () => {
  it('keeps the earlier wording and the earlier answer, and shows the branch chosen', async () => {
    const { service, close } = openConversations({ model: new ScriptedModel(['ok']) });
    const first = ask(service, 'first wording?');
    const { conversationId } = first;
    await answered(service, conversationId);
    const edited = service.send({ conversationId, parentId: null, text: 'second wording?' });
    await answered(service, conversationId);
    const again = service.regenerate({ conversationId, messageId: edited.assistantMessageId });
    await answered(service, conversationId);

    const conversation = service.get(conversationId);
    expect(conversation.messages).toHaveLength(5);
    expect(conversation.activeMessageId).toBe(again.assistantMessageId);
    expect(conversation.title).toBe('first wording?');

    service.selectBranch(conversationId, first.userMessageId);
    expect(service.get(conversationId).activeMessageId).toBe(first.assistantMessageId);
    expect(() => service.selectBranch(conversationId, 'gone')).toThrow(AppError);
    await close();
  });
});
