import { basename } from 'node:path';
import type { Model, ModelRole } from '@contract/models';
import { readGguf, type GgufHeader } from './read-gguf.ts';
import type { GgufScalar } from './read-metadata.ts';
import { tensorTypeName } from './tensor-types.ts';

/** What a model file says about itself. */
export type ModelDescription = Pick<
  Model,
  | 'name'
  | 'role'
  | 'sizeBytes'
  | 'architecture'
  | 'parameterCount'
  | 'quantisation'
  | 'contextLength'
  | 'embeddingLength'
  | 'layerCount'
  | 'expertCount'
  | 'hasChatTemplate'
> & {
  /** Set for files that belong to a model but cannot be used by themselves. */
  companion: 'vision' | 'adapter' | 'part' | null;
};

/** llama.cpp's `llama_ftype`, as users know them from file names. */
const fileTypeNames: ReadonlyMap<number, string> = new Map([
  [0, 'F32'],
  [1, 'F16'],
  [2, 'Q4_0'],
  [3, 'Q4_1'],
  [7, 'Q8_0'],
  [8, 'Q5_0'],
  [9, 'Q5_1'],
  [10, 'Q2_K'],
  [11, 'Q3_K_S'],
  [12, 'Q3_K_M'],
  [13, 'Q3_K_L'],
  [14, 'Q4_K_S'],
  [15, 'Q4_K_M'],
  [16, 'Q5_K_S'],
  [17, 'Q5_K_M'],
  [18, 'Q6_K'],
  [19, 'IQ2_XXS'],
  [20, 'IQ2_XS'],
  [21, 'Q2_K_S'],
  [22, 'IQ3_XS'],
  [23, 'IQ3_XXS'],
  [24, 'IQ1_S'],
  [25, 'IQ4_NL'],
  [26, 'IQ3_S'],
  [27, 'IQ3_M'],
  [28, 'IQ2_S'],
  [29, 'IQ2_M'],
  [30, 'IQ4_XS'],
  [31, 'IQ1_M'],
  [32, 'BF16'],
  [36, 'TQ1_0'],
  [37, 'TQ2_0'],
  [38, 'MXFP4'],
]);

const poolingRank = 4;
const encoderArchitectures = /bert|^t5encoder$|^gemma-embedding$|^llama-embed$/;

/**
 * Reads what the library shows of a GGUF file.
 *
 * @throws AppError `model_file_missing`, `model_file_invalid`.
 */
export async function describeModel(path: string, signal?: AbortSignal): Promise<ModelDescription> {
  const header = await readGguf(path, signal);
  const { metadata } = header;
  const architecture = text(metadata, 'general.architecture') ?? 'unknown';
  const own = (key: string) => count(metadata, `${architecture}.${key}`);
  const isSplit = (count(metadata, 'split.count') ?? 0) > 1;
  return {
    name: text(metadata, 'general.name')?.trim() || basename(path).replace(/\.gguf$/i, ''),
    role: detectRole(header, architecture),
    sizeBytes: header.sizeBytes,
    architecture,
    parameterCount: isSplit ? null : header.parameterCount,
    quantisation: quantisation(header),
    contextLength: own('context_length'),
    embeddingLength: own('embedding_length'),
    layerCount: own('block_count'),
    expertCount: own('expert_count'),
    hasChatTemplate: metadata.has('tokenizer.chat_template'),
    companion: companionKind(metadata, architecture),
  };
}

function companionKind(
  metadata: ReadonlyMap<string, GgufScalar>,
  architecture: string,
): ModelDescription['companion'] {
  const type = text(metadata, 'general.type');
  if (architecture === 'clip' || type === 'mmproj') return 'vision';
  if (type === 'adapter') return 'adapter';
  return (count(metadata, 'split.no') ?? 0) > 0 ? 'part' : null;
}

function detectRole({ metadata, tensorNames }: GgufHeader, architecture: string): ModelRole {
  const pooling = count(metadata, `${architecture}.pooling_type`);
  if (pooling === poolingRank || tensorNames.has('cls.weight') || tensorNames.has('cls.output.weight')) {
    return 'reranker';
  }
  const isEncoder = encoderArchitectures.test(architecture);
  const pools = pooling !== null && pooling > 0;
  return isEncoder || pools ? 'embedding' : 'chat';
}

/** The file's own word, else the type most parameters are stored in. */
function quantisation({ metadata, parametersByType }: GgufHeader): string | null {
  const named = fileTypeNames.get(count(metadata, 'general.file_type') ?? -1);
  if (named !== undefined) return named;
  const [mostUsed] = [...parametersByType].sort(([, left], [, right]) => right - left);
  return mostUsed ? tensorTypeName(mostUsed[0]) : null;
}

function text(metadata: ReadonlyMap<string, GgufScalar>, key: string): string | null {
  const value = metadata.get(key);
  return typeof value === 'string' ? value : null;
}

/** A whole number of the header; some models list one per layer, which is not a number. */
function count(metadata: ReadonlyMap<string, GgufScalar>, key: string): number | null {
  const value = metadata.get(key);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
