import { GgufDamaged, type GgufCursor } from './gguf-cursor.ts';

/** A value of the header; arrays (vocabularies, merges) stand as their length only. */
export type GgufScalar = number | boolean | string | { arrayLength: number };

/** Longer strings are skipped, not kept; the longest of use is a chat template. */
const maxStringBytes = 1_048_576;
const maxKeyBytes = 65_536;
const maxArrayDepth = 4;

const typeIds = { bool: 7, string: 8, array: 9 } as const;

const numberReaders: ReadonlyMap<number, { bytes: number; read: (bytes: Buffer) => number }> = new Map([
  [0, { bytes: 1, read: (bytes: Buffer) => bytes.readUInt8() }],
  [1, { bytes: 1, read: (bytes: Buffer) => bytes.readInt8() }],
  [2, { bytes: 2, read: (bytes: Buffer) => bytes.readUInt16LE() }],
  [3, { bytes: 2, read: (bytes: Buffer) => bytes.readInt16LE() }],
  [4, { bytes: 4, read: (bytes: Buffer) => bytes.readUInt32LE() }],
  [5, { bytes: 4, read: (bytes: Buffer) => bytes.readInt32LE() }],
  [6, { bytes: 4, read: (bytes: Buffer) => bytes.readFloatLE() }],
  [10, { bytes: 8, read: (bytes: Buffer) => Number(bytes.readBigUInt64LE()) }],
  [11, { bytes: 8, read: (bytes: Buffer) => Number(bytes.readBigInt64LE()) }],
  [12, { bytes: 8, read: (bytes: Buffer) => bytes.readDoubleLE() }],
]);

/** Reads `count` key-value pairs. */
export async function readMetadata(
  cursor: GgufCursor,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Map<string, GgufScalar>> {
  const metadata = new Map<string, GgufScalar>();
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    const key = await readString(cursor, maxKeyBytes);
    await cursor.need(4);
    const value = await readValue(cursor, cursor.takeUint32());
    if (key !== null && value !== null) metadata.set(key, value);
  }
  return metadata;
}

/** null for a string longer than `maxBytes`, which is passed over. */
export async function readString(cursor: GgufCursor, maxBytes: number): Promise<string | null> {
  await cursor.need(8);
  const length = cursor.takeUint64();
  if (length > maxBytes) {
    cursor.skip(length);
    return null;
  }
  await cursor.need(length);
  return cursor.takeBytes(length).toString('utf8');
}

async function readValue(cursor: GgufCursor, typeId: number): Promise<GgufScalar | null> {
  if (typeId === typeIds.string) return readString(cursor, maxStringBytes);
  if (typeId === typeIds.array) return { arrayLength: await skipArray(cursor, 1) };
  if (typeId === typeIds.bool) {
    await cursor.need(1);
    return cursor.takeBytes(1)[0] !== 0;
  }
  const reader = numberReaders.get(typeId);
  if (!reader) throw new GgufDamaged('the header holds a value of an unknown type');
  await cursor.need(reader.bytes);
  return reader.read(cursor.takeBytes(reader.bytes));
}

async function skipArray(cursor: GgufCursor, depth: number): Promise<number> {
  if (depth > maxArrayDepth) throw new GgufDamaged('the header is nested too deeply');
  await cursor.need(12);
  const elementTypeId = cursor.takeUint32();
  const length = cursor.takeUint64();
  if (elementTypeId === typeIds.string) await skipStrings(cursor, length);
  else if (elementTypeId === typeIds.array) {
    for (let index = 0; index < length; index++) await skipArray(cursor, depth + 1);
  } else {
    const elementBytes = elementTypeId === typeIds.bool ? 1 : numberReaders.get(elementTypeId)?.bytes;
    if (elementBytes === undefined) throw new GgufDamaged('the header holds a list of an unknown type');
    cursor.skip(length * elementBytes);
  }
  return length;
}

/** Vocabularies have 100,000s of strings: the loop waits only where the window ends. */
async function skipStrings(cursor: GgufCursor, length: number): Promise<void> {
  for (let index = 0; index < length; index++) {
    if (!cursor.has(8)) await cursor.need(8);
    cursor.skip(cursor.takeUint64());
  }
}
