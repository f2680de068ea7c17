import { join } from 'node:path';
import type { SearchMode } from '@contract/knowledge';
import { LexicalSearch } from '../../src/main/knowledge/search/lexical-search.ts';
import { Searcher } from '../../src/main/knowledge/search/searcher.ts';
import { queryTerms } from '../../src/main/knowledge/terms/terms.ts';
import type { Embedder } from '../../src/main/knowledge/vectors/embedder.ts';
import { VectorStore } from '../../src/main/knowledge/vectors/vector-store.ts';
import type { Database } from '../../src/main/platform/database.ts';
import type { BenchCase, BenchContext, Measurement } from '../bench-case.ts';
import { generateIndex } from '../generated-index.ts';
import { readVocabulary, TextWriter } from '../generated-text.ts';
import { percentile, seededRandom } from '../statistics.ts';

const modelKey = 'random';
const dimensions = 384;
const rowsPerWrite = 2_000;

/** Time inside a warm process, from the question to whole passages. The query's vector is ready: embedding it is not part. */
export const searchLatency: BenchCase = {
  name: 'search-latency',
  summary: 'Lexical and hybrid search at 50,000 chunks (generated text; 384 numbers a vector)',
  run: async (context) => {
    const chunkCount = context.isQuick ? 10_000 : 50_000;
    const writer = new TextWriter(readVocabulary(context.root), 11);
    const database = generateIndex(context.folder, chunkCount, writer);
    const vectors = new VectorStore(join(context.folder, 'vectors'));
    try {
      await writeVectors(vectors, chunkCount, context);
      const questions = Array.from({ length: context.isQuick ? 50 : 400 }, () => writer.question());
      return await measure(database, vectors, questions);
    } finally {
      await vectors.close();
      database.close();
    }
  },
};

async function measure(
  database: Database,
  vectors: VectorStore,
  questions: string[],
): Promise<Measurement[]> {
  const embedder = randomEmbedder(23);
  const searcher = new Searcher({ database, vectors, getEmbedder: () => embedder });
  const lexical = await timesOf(searcher, questions, 'lexical');
  const installed = new Searcher({ database, vectors: null, getEmbedder: () => null });
  const asInstalled = await timesOf(installed, questions, 'hybrid');
  const hybrid = await timesOf(searcher, questions, 'hybrid');
  const everyRow = everyRowTimes(database, questions.slice(0, 100));
  return [
    { what: 'lexical, median', value: percentile(lexical, 0.5), unit: 'ms' },
    { what: 'lexical, 95th percentile', value: percentile(lexical, 0.95), unit: 'ms', beside: 'below 20' },
    { what: 'FTS5 ranking every row, 95th', value: percentile(everyRow, 0.95), unit: 'ms' },
    { what: 'as installed, median', value: percentile(asInstalled, 0.5), unit: 'ms' },
    { what: 'as installed, 95th percentile', value: percentile(asInstalled, 0.95), unit: 'ms' },
    { what: 'hybrid, median', value: percentile(hybrid, 0.5), unit: 'ms' },
    { what: 'hybrid, 95th percentile', value: percentile(hybrid, 0.95), unit: 'ms', beside: 'below 40' },
  ];
}

async function timesOf(
  searcher: Searcher,
  questions: readonly string[],
  mode: SearchMode,
): Promise<number[]> {
  const times: number[] = [];
  const ask = (query: string) => searcher.search({ query, limit: 10, mode, filters: {} });
  for (const question of questions.slice(0, 30)) await ask(question);
  for (const question of questions) {
    const startedAt = performance.now();
    const result = await ask(question);
    times.push(performance.now() - startedAt);
    if (result.mode !== mode) throw new Error(`asked for ${mode}, was served ${result.mode}`);
  }
  return times;
}

/** What search would take without the choice of candidates. */
function everyRowTimes(database: Database, questions: readonly string[]): number[] {
  const search = new LexicalSearch(database, { maxChunksForFts5Ranking: Number.POSITIVE_INFINITY });
  return questions.map((question) => {
    const startedAt = performance.now();
    search.search(queryTerms(question), 10, null);
    return performance.now() - startedAt;
  });
}

async function writeVectors(vectors: VectorStore, count: number, context: BenchContext): Promise<void> {
  const vectorOf = randomVectors(5);
  const startedAt = performance.now();
  for (let start = 0; start < count; start += rowsPerWrite) {
    const rows = Array.from({ length: Math.min(rowsPerWrite, count - start) }, (_, index) => ({
      ...{ chunkId: start + index + 1, sourceId: 'generated', vector: vectorOf() },
    }));
    await vectors.upsert(modelKey, rows);
  }
  const writtenAt = performance.now();
  await vectors.optimize(modelKey);
  const seconds = (elapsedMs: number) => (elapsedMs / 1_000).toFixed(1);
  context.note(
    `vectors written in ${seconds(writtenAt - startedAt)} s, indexed in ${seconds(performance.now() - writtenAt)} s`,
  );
}

function randomEmbedder(seed: number): Embedder {
  const vectorOf = randomVectors(seed);
  return { key: modelKey, name: 'Random', dimensions, embed: async (texts) => texts.map(vectorOf) };
}

function randomVectors(seed: number): () => Float32Array {
  const random = seededRandom(seed);
  return () => {
    const vector = Float32Array.from({ length: dimensions }, () => random() + random() - 1);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
}
