import { Knowledge } from '../../../src/main/knowledge/knowledge.ts';

/** Indexes a folder in a process that a test can kill; each line on stdout is the number of chunks so far. */
const [dataDir = '', folder = ''] = process.argv.slice(2);
const knowledge = Knowledge.open({ dataDir, settings: { maxFileBytes: 50 * 1_048_576 } });
const source = await knowledge.ensureSource(folder);
await knowledge.indexSource(source.id, {
  onProgress: ({ chunks }) => process.stdout.write(`${chunks}\n`),
});
await knowledge.close();
