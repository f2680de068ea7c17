import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SkippedCase } from './bench-case.ts';

export interface BeirSet {
  documents: { id: string; text: string }[];
  queries: { id: string; text: string }[];
  /** Relevance by document, by query. */
  judgements: Map<string, Map<string, number>>;
}

/** Reads a retrieval test set in BEIR's layout. */
export function readBeir(folder: string | null): BeirSet {
  if (folder === null || !existsSync(join(folder, 'corpus.jsonl'))) {
    throw new SkippedCase('needs a test set in the layout of BEIR: --beir <folder>');
  }
  const judgements: BeirSet['judgements'] = new Map();
  for (const line of readLines(join(folder, 'qrels.tsv')).slice(1)) {
    const [query = '', document = '', relevance] = line.split('\t');
    const ofQuery = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, ofQuery.set(document, Number(relevance)));
  }
  return {
    documents: readRecords(join(folder, 'corpus.jsonl')),
    queries: readRecords(join(folder, 'queries.jsonl')).filter(({ id }) => judgements.has(id)),
    judgements,
  };
}

function readRecords(path: string): { id: string; text: string }[] {
  return readLines(path).map((line) => {
    const { _id, title, text } = JSON.parse(line) as { _id: string; title?: string; text: string };
    return { id: String(_id), text: title ? `${title}\n\n${text}` : text };
  });
}

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

/** Writes each document to a file of its own, named by its id; returns their bytes. */
export function writeDocuments(set: BeirSet, folder: string, extension: string): number {
  mkdirSync(folder, { recursive: true });
  let sizeBytes = 0;
  for (const { id, text } of set.documents) {
    writeFileSync(join(folder, `${id}${extension}`), text);
    sizeBytes += Buffer.byteLength(text);
  }
  return sizeBytes;
}

/** Mean nDCG@10, gains as judged, over the queries (Järvelin and Kekäläinen 2002). */
export async function ndcgAt10(set: BeirSet, search: (query: string) => Promise<string[]>): Promise<number> {
  let total = 0;
  for (const { id, text } of set.queries) {
    const relevance = set.judgements.get(id) ?? new Map<string, number>();
    const gains = (await search(text)).slice(0, 10).map((document) => relevance.get(document) ?? 0);
    const ideal = [...relevance.values()].sort((left, right) => right - left).slice(0, 10);
    total += discounted(ideal) === 0 ? 0 : discounted(gains) / discounted(ideal);
  }
  return total / set.queries.length;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
