import { calibrate } from '../embedder/calibration.ts';
import { uncalibrated } from '../search/fusion.ts';
import { indexTerms } from '../terms/terms.ts';
import type { CalibrationFile } from './calibration-file.ts';
import type { Embedder } from './embedder.ts';
import type { EmbeddingLedger } from './embedding-ledger.ts';

/** Chunks a calibration looks at, evenly spread over the index. It embeds each of them once more. */
const sampleSize = 1_500;
const textsPerCall = 64;
/** The corpus is asked again once it has grown or shrunk by this share. */
const staleAfterChange = 0.3;

export interface FusionCalibrationOptions {
  embedder: Embedder;
  ledger: EmbeddingLedger;
  file: CalibrationFile;
  signal: AbortSignal;
}

/**
 * Lets the corpus say how much search by meaning may weigh against search by words, when the embedder is new to it or
 * it has changed much since.
 */
export async function calibrateFusion(options: FusionCalibrationOptions): Promise<void> {
  const { embedder, ledger, file, signal } = options;
  const chunkCount = ledger.countChunks();
  const known = await file.read(embedder.key);
  if (known !== null && Math.abs(chunkCount - known.chunkCount) <= known.chunkCount * staleAfterChange)
    return;
  const found = await calibrate(sampleOf(ledger, chunkCount), {
    embed: (texts) => embedInParts(embedder, texts, signal),
    terms: (text) => indexTerms(text).split(' '),
    signal,
  });
  const { weight, floor } = found ?? uncalibrated;
  await file.write({ modelKey: embedder.key, chunkCount, weight, floor });
}

function sampleOf(ledger: EmbeddingLedger, chunkCount: number) {
  const step = Math.max(1, Math.ceil(chunkCount / sampleSize));
  return ledger.everyNth(step).map(({ relativePath, heading, symbol, text }) => {
    return { text, heading, context: symbol === null ? relativePath : `${relativePath}: ${symbol}` };
  });
}

/** An engine is asked for a bounded number of texts at a time, so that a pause takes effect soon. */
async function embedInParts(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += textsPerCall) {
    signal.throwIfAborted();
    vectors.push(...(await embedder.embed(texts.slice(start, start + textsPerCall), signal)));
  }
  return vectors;
}
