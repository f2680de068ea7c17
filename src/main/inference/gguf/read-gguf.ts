import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import { GgufCursor, GgufDamaged } from './gguf-cursor.ts';
import { readMetadata, readString, type GgufScalar } from './read-metadata.ts';
import { tensorSizeBytes } from './tensor-types.ts';

export interface GgufHeader {
  /** Scalars as they are; of arrays only the length is kept. */
  metadata: ReadonlyMap<string, GgufScalar>;
  tensorNames: ReadonlySet<string>;
  parameterCount: number;
  /** Parameters stored in each tensor type. */
  parametersByType: ReadonlyMap<number, number>;
  sizeBytes: number;
}

const maxTensorDimensions = 8;
const maxTensorNameBytes = 1_024;

/**
 * Reads the header of a GGUF file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) and checks that all
 * tensor data it announces is there. Reads in small steps; nothing here blocks for longer than one of them.
 *
 * @throws AppError `model_file_missing`, or `model_file_invalid` with what is wrong.
 */
export async function readGguf(path: string, signal?: AbortSignal): Promise<GgufHeader> {
  const file = await openModelFile(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new GgufDamaged('it is not a file');
    return await readHeader(new GgufCursor(file, stats.size), signal);
  } catch (error) {
    if (error instanceof GgufDamaged) throw invalid(path, error.message, error);
    if (error instanceof Error && 'syscall' in error) throw invalid(path, 'it could not be read', error);
    throw error;
  } finally {
    await file.close();
  }
}

async function openModelFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(
      'model_file_missing',
      isMissing
        ? `The model file ${basename(path)} is no longer there. Put it back, or remove the model from the library.`
        : `The model file ${basename(path)} cannot be opened. Check that you may read it.`,
      { data: { path }, cause },
    );
  }
}

function invalid(path: string, reason: string, cause: unknown): AppError {
  return new AppError(
    'model_file_invalid',
    `${basename(path)} cannot be used: ${reason}. Download or copy the file again.`,
    { data: { path, detail: reason }, cause },
  );
}

async function readHeader(cursor: GgufCursor, signal: AbortSignal | undefined): Promise<GgufHeader> {
  await checkMagic(cursor);
  await cursor.need(16);
  const tensorCount = cursor.takeUint64();
  const metadataCount = cursor.takeUint64();
  const metadata = await readMetadata(cursor, metadataCount, signal);
  const tensors = await readTensorInfos(cursor, tensorCount, signal);
  checkTensorData(cursor, metadata, tensors);
  return {
    metadata,
    tensorNames: new Set(tensors.map((tensor) => tensor.name)),
    parameterCount: tensors.reduce((sum, tensor) => sum + tensor.valueCount, 0),
    parametersByType: countByType(tensors),
    sizeBytes: cursor.sizeBytes,
  };
}

async function checkMagic(cursor: GgufCursor): Promise<void> {
  if (cursor.sizeBytes === 0) throw new GgufDamaged('the file is empty');
  if (cursor.sizeBytes < 24) throw new GgufDamaged('it is not a GGUF file');
  await cursor.need(8);
  if (cursor.takeBytes(4).toString('latin1') !== 'GGUF') throw new GgufDamaged('it is not a GGUF file');
  const version = cursor.takeUint32();
  if (version === 2 || version === 3) return;
  const isBigEndian = version > 0xffff;
  throw new GgufDamaged(
    isBigEndian ? 'it is a GGUF file for big-endian machines' : `GGUF version ${version} is not supported`,
  );
}

interface TensorInfo {
  name: string;
  valueCount: number;
  typeId: number;
  offsetBytes: number;
}

async function readTensorInfos(
  cursor: GgufCursor,
  count: number,
  signal: AbortSignal | undefined,
): Promise<TensorInfo[]> {
  const tensors: TensorInfo[] = [];
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    tensors.push(await readTensorInfo(cursor));
  }
  return tensors;
}

async function readTensorInfo(cursor: GgufCursor): Promise<TensorInfo> {
  const name = await readString(cursor, maxTensorNameBytes);
  if (name === null) throw new GgufDamaged('a tensor name is impossibly long');
  await cursor.need(4);
  const dimensions = cursor.takeUint32();
  if (dimensions > maxTensorDimensions) throw new GgufDamaged('a tensor has impossibly many dimensions');
  await cursor.need(dimensions * 8 + 12);
  let valueCount = 1;
  for (let dimension = 0; dimension < dimensions; dimension++) valueCount *= cursor.takeUint64();
  return { name, valueCount, typeId: cursor.takeUint32(), offsetBytes: cursor.takeUint64() };
}

/** A download that broke off has a whole header; only the tensors' places tell. */
function checkTensorData(
  cursor: GgufCursor,
  metadata: ReadonlyMap<string, GgufScalar>,
  tensors: readonly TensorInfo[],
): void {
  const alignment = metadata.get('general.alignment');
  const step = typeof alignment === 'number' && alignment > 0 ? alignment : 32;
  const dataStart = Math.ceil(cursor.position / step) * step;
  const neededBytes = tensors.reduce((furthest, { typeId, valueCount, offsetBytes }) => {
    return Math.max(furthest, dataStart + offsetBytes + (tensorSizeBytes(typeId, valueCount) ?? 0));
  }, 0);
  if (neededBytes <= cursor.sizeBytes) return;
  const present = formatSize(cursor.sizeBytes);
  throw new GgufDamaged(`the file is truncated: ${present} of ${formatSize(neededBytes)} are there`);
}

function countByType(tensors: readonly TensorInfo[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { typeId, valueCount } of tensors) {
    counts.set(typeId, (counts.get(typeId) ?? 0) + valueCount);
  }
  return counts;
}

function formatSize(sizeBytes: number): string {
  if (sizeBytes >= 1e9) return `${(sizeBytes / 1e9).toFixed(1)} GB`;
  if (sizeBytes >= 1e6) return `${(sizeBytes / 1e6).toFixed(1)} MB`;
  return `${sizeBytes.toLocaleString('en')} bytes`;
}
