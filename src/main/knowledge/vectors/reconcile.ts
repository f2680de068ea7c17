import type { Embedder } from './embedder.ts';
import type { EmbeddingLedger } from './embedding-ledger.ts';
import type { VectorStore } from './vector-store.ts';

/**
 * Makes LanceDB and SQLite agree on a model before its chunks are embedded. Rows that were never recorded (a crash came
 * between the two writes) are removed; a table that is damaged, gone or short of rows is dropped, and its chunks
 * become pending again. Returns why in a sentence for the user when that was needed, else null.
 */
export async function reconcile(
  vectors: VectorStore,
  ledger: EmbeddingLedger,
  embedder: Embedder,
): Promise<string | null> {
  const recorded = ledger.countEmbedded(embedder.key);
  const fault = await findFault(vectors, embedder, recorded);
  if (fault === null) {
    await removeUnrecorded(vectors, ledger, embedder.key, recorded);
    return null;
  }
  await vectors.drop(embedder.key);
  ledger.forgetModel(embedder.key);
  return recorded === 0 ? null : `${fault} They are being made again from the indexed text.`;
}

async function findFault(vectors: VectorStore, embedder: Embedder, recorded: number): Promise<string | null> {
  try {
    const rows = await vectors.count(embedder.key);
    if ((rows ?? 0) < recorded) return 'Stored embeddings were missing.';
    if (rows === null) return null;
    if ((await vectors.dimensions(embedder.key)) !== embedder.dimensions) {
      return 'Stored embeddings did not fit the embedding model.';
    }
    await vectors.search(embedder.key, new Float32Array(embedder.dimensions).fill(1), 1, null);
    return null;
  } catch {
    // Whatever the reason, the remedy is the same: the vectors can be made again.
    return 'Stored embeddings could not be read.';
  }
}

async function removeUnrecorded(
  vectors: VectorStore,
  ledger: EmbeddingLedger,
  modelKey: string,
  recorded: number,
): Promise<void> {
  const rows = await vectors.count(modelKey);
  if (rows === null || rows === recorded) return;
  await vectors.delete(modelKey, ledger.unrecorded(modelKey, await vectors.listChunkIds(modelKey)));
}
