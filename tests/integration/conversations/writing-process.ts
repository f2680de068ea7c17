/**
 * A process to be killed: opens the database named in its arguments, asks one question and writes the answer without
 * end, reporting on stdout what `send` acknowledged. A line on stdin makes it write one more piece.
 */
import { createInterface } from 'node:readline';
import { AnswerService } from '../../../src/main/conversations/answering/answer-service.ts';
import { ConversationService } from '../../../src/main/conversations/conversation-service.ts';
import { conversationMigration } from '../../../src/main/conversations/schema.ts';
import { openDatabase } from '../../../src/main/platform/database.ts';
import { FixedRetriever, HeldModel, passage, provide } from '../../unit/conversations/doubles.ts';

const model = new HeldModel();
const service = new ConversationService({
  database: openDatabase({
    path: process.argv[2] ?? '',
    migrations: [conversationMigration],
    durability: 'full',
  }),
  answers: new AnswerService({
    retriever: new FixedRetriever([passage({ text: 'Parents get twelve weeks.' })]),
    models: provide(model),
    passagesPerAnswer: () => 8,
  }),
});

const { id } = service.create({ sourceIds: null });
const sent = service.send({ conversationId: id, parentId: null, text: 'How long is parental leave?' });
process.stdout.write(`${JSON.stringify(sent)}\n`);
const call = await model.nextCall();
for await (const line of createInterface({ input: process.stdin })) {
  call.write(line);
  process.stdout.write('written\n');
}
