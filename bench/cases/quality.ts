import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchMode } from '@contract/knowledge';
import {
  builtInEmbedderPath,
  loadBuiltInEmbedder,
} from '../../src/main/knowledge/embedder/built-in-embedder.ts';
import { Searcher } from '../../src/main/knowledge/search/searcher.ts';
import { EmbeddingBackfill } from '../../src/main/knowledge/vectors/embedding-backfill.ts';
import type { Embedder } from '../../src/main/knowledge/vectors/embedder.ts';
import { VectorStore } from '../../src/main/knowledge/vectors/vector-store.ts';
import { openDatabase } from '../../src/main/platform/database.ts';
import type { Database } from '../../src/main/platform/database.ts';
import { knowledgeMigrations } from '../../src/main/knowledge/schema.ts';
import type { FusionWeights } from '../../src/main/knowledge/search/fusion.ts';
import type { BenchCase, BenchContext, Measurement } from '../bench-case.ts';
import { ndcgAt10, readBeir, writeDocuments } from '../beir.ts';
import type { BeirSet } from '../beir.ts';
import { alcove, runNode } from '../whole-process.ts';

const vectorWeights = [0.1, 0.25, 0.4, 0.5, 0.6, 0.7];

/** How well questions are answered, on a judged test set indexed as files by the product itself. */
export const quality: BenchCase = {
  name: 'quality',
  summary: 'nDCG@10 on a judged test set (BEIR layout): words alone, meaning alone, both',
  run: async (context) => {
    const set = readBeir(context.beirFolder);
    const source = join(context.folder, 'source');
    writeDocuments(set, source, /^\s*def |\n\s*def /.test(set.documents[0]?.text ?? '') ? '.py' : '.txt');
    const dataDir = join(context.folder, 'data');
    await runNode(alcove(context.root, dataDir, 'index', source));
    const path = join(dataDir, 'knowledge.db');
    const database = openDatabase({ path, migrations: knowledgeMigrations, durability: 'normal' });
    try {
      return [
        ...(await measureWords(set, database)),
        ...(await measureMeaning(set, database, dataDir, context)),
      ];
    } finally {
      database.close();
    }
  },
};

async function measureWords(set: BeirSet, database: Database): Promise<Measurement[]> {
  const searcher = new Searcher({ database, vectors: null, getEmbedder: () => null });
  const value = await ndcgAt10(set, (query) => searchDocuments(searcher, query, 'lexical'));
  const shipped = await ndcgAt10(set, (query) => searchDocuments(searcher, query, 'hybrid'));
  return [
    { what: 'words alone', value, unit: 'nDCG@10', beside: 'plain BM25 on CoSQA 0.367' },
    { what: 'as installed (no model added)', value: shipped, unit: 'nDCG@10' },
  ];
}

async function measureMeaning(
  set: BeirSet,
  database: Database,
  dataDir: string,
  context: BenchContext,
): Promise<Measurement[]> {
  if (!existsSync(builtInEmbedderPath())) {
    context.note('no built-in embedder: words alone');
    return [];
  }
  const embedder = loadBuiltInEmbedder();
  const vectors = new VectorStore(join(dataDir, 'vectors'));
  try {
    const startedAt = performance.now();
    const done = await embedAll(database, vectors, embedder);
    const rate = (done * 1_000) / (performance.now() - startedAt);
    return [
      { what: 'embedding into LanceDB', value: rate, unit: 'chunks/s' },
      ...(await measureWeights(set, database, vectors, embedder)),
    ];
  } finally {
    await vectors.close();
  }
}

async function measureWeights(
  set: BeirSet,
  database: Database,
  vectors: VectorStore,
  embedder: Embedder,
): Promise<Measurement[]> {
  let weights: FusionWeights | null = null;
  const searcher = new Searcher({
    ...{ database, vectors, getEmbedder: () => embedder, getFusionWeights: () => weights },
  });
  const measure = (mode: SearchMode) => ndcgAt10(set, (query) => searchDocuments(searcher, query, mode));
  const calibrated = (await vectors.calibration.read(embedder.key))?.weight ?? Number.NaN;
  const measurements: Measurement[] = [
    { what: 'meaning alone', value: await measure('vector'), unit: 'nDCG@10' },
    { what: `both, calibrated to ${calibrated}`, value: await measure('hybrid'), unit: 'nDCG@10' },
  ];
  for (const weight of vectorWeights) {
    weights = { weight, floor: 0 };
    measurements.push({ what: `both, weight ${weight}`, value: await measure('hybrid'), unit: 'nDCG@10' });
  }
  return measurements;
}

async function embedAll(database: Database, vectors: VectorStore, embedder: Embedder): Promise<number> {
  const backfill = new EmbeddingBackfill({ database, vectors });
  await backfill.setEmbedder(embedder);
  await backfill.settled();
  if (backfill.progress.failure !== null) throw new Error(backfill.progress.failure);
  return backfill.progress.done;
}

/** A document counts once, where its best passage stands. */
async function searchDocuments(searcher: Searcher, query: string, mode: SearchMode): Promise<string[]> {
  const { hits } = await searcher.search({ query, limit: 30, mode, filters: {} });
  return [...new Set(hits.map((hit) => hit.relativePath.replace(/\.\w+$/, '')))];
}
