import { describe, expect, it } from 'vitest';
import { ScriptedModel } from '../../unit/conversations/doubles.ts';
import { answered, ask, openConversations } from './open.ts';

type Opened = ReturnType<typeof openConversations>;

async function conversation({ service }: Opened, question: string): Promise<string> {
  const { conversationId } = ask(service, question);
  await answered(service, conversationId);
  return conversationId;
}

const search = ({ service }: Opened, query: string) => service.list({ query, limit: 500 });
const found = (opened: Opened, query: string) => search(opened, query).map(({ id }) => id);

describe('the list', () => {
  it('has the newest conversation first and is told again when something changes', async () => {
    const opened = openConversations();
    const { service, close } = opened;
    const lists: string[][] = [];
    const leave = service.watchList((summaries) => lists.push(summaries.map(({ title }) => title)));
    const one = await conversation(opened, 'one?');
    await conversation(opened, 'two?');
    service.rename(one, 'First');
    await Promise.resolve();
    expect(lists[0]).toEqual([]);
    expect(lists.at(-1)).toEqual(['two?', 'First']);
    const heard = lists.length;
    leave();
    service.rename(one, 'Unheard');
    await Promise.resolve();
    expect(lists).toHaveLength(heard);
    await close();
  });

  it('shows which conversation is answering', async () => {
    const { service, close } = openConversations();
    const { conversationId } = ask(service, 'one?');
    expect(service.list({ limit: 10 })[0]?.isAnswering).toBe(true);
    await answered(service, conversationId);
    expect(service.list({ limit: 10 })[0]?.isAnswering).toBe(false);
    await close();
  });

  it('does not let the first message replace a title the user gave', async () => {
    const { service, close } = openConversations();
    const { id } = service.create({ sourceIds: ['handbook'] });
    service.rename(id, 'Mine');
    service.send({ conversationId: id, parentId: null, text: 'something else?' });
    await answered(service, id);
    expect(service.get(id)).toMatchObject({ title: 'Mine', sourceIds: ['handbook'] });
    service.setSources(id, null);
    expect(service.get(id).sourceIds).toBeNull();
    await close();
  });
});

describe('searching', () => {
  it('finds words of titles, questions and answers, in any case, without accents, by their beginning', async () => {
    const opened = openConversations({ model: new ScriptedModel(['Über Quittungen und Belege.']) });
    const id = await conversation(opened, 'Where do receipts go?');
    const other = await conversation(opened, 'Something unrelated?');
    opened.service.rename(other, 'Sommerfest');
    expect(found(opened, 'RECEIPT')).toEqual([id]);
    expect(found(opened, 'uber quitt')).toContain(id);
    expect(found(opened, 'sommer')).toEqual([other]);
    expect(found(opened, 'unrelated?')).toEqual([other]);
    expect(found(opened, 'receipts sommerfest')).toEqual([]);
    expect(search(opened, 'receipts')[0]?.snippet).toContain('Where do receipts go?');
    await opened.close();
  });

  it('forgets an old title and finds the new one', async () => {
    const opened = openConversations();
    const id = await conversation(opened, 'alpha?');
    opened.service.rename(id, 'beta');
    opened.service.rename(id, 'gamma');
    expect(found(opened, 'beta')).toEqual([]);
    expect(found(opened, 'gamma')).toEqual([id]);
    await opened.close();
  });

  it('finds text in scripts without spaces, wherever it stands', async () => {
    const opened = openConversations();
    const id = await conversation(opened, '员工的育儿假有多少周？');
    expect(found(opened, '育儿假')).toEqual([id]);
    expect(found(opened, '年假')).toEqual([]);
    await opened.close();
  });

  it.each(['"', "'", '*', 'NEAR(', 'a AND', '-b', 'col:x', '()', '%', '_', '\0', '育%', 'x'.repeat(10_000)])(
    'takes %j for words, never for syntax',
    async (query) => {
      const opened = openConversations();
      await conversation(opened, 'plain question');
      expect(search(opened, query)).toEqual([]);
      await opened.close();
    },
  );

  it('gives the whole list for a query without anything in it', async () => {
    const opened = openConversations();
    await conversation(opened, 'one?');
    expect(search(opened, '   ')).toHaveLength(1);
    await opened.close();
  });
});

describe('removing', () => {
  it('hides a conversation from list, search and reading until it is restored', async () => {
    const opened = openConversations();
    const { service, close } = opened;
    const id = await conversation(opened, 'secret plans?');
    service.remove(id);
    expect(service.list({ limit: 10 })).toEqual([]);
    expect(found(opened, 'secret')).toEqual([]);
    expect(() => service.get(id)).toThrow(
      expect.objectContaining({ code: 'conversation_not_found' }) as Error,
    );
    service.restore(id);
    service.restore(id);
    expect(found(opened, 'secret')).toEqual([id]);
    expect(service.get(id).messages).toHaveLength(2);
    await close();
  });

  it('stops an answer that was being written', async () => {
    const { service, close } = openConversations();
    const { conversationId } = ask(service, 'long one?');
    service.remove(conversationId);
    await service.close();
    service.restore(conversationId);
    expect(service.get(conversationId).messages.at(-1)?.status).toBe('stopped');
    await close();
  });
});
