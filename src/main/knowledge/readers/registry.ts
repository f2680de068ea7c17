import { codeReader } from './code-reader.ts';
import { baseName } from './file-name.ts';
import type { Reader } from './reader.ts';
import { textReader } from './text-reader.ts';

/** Every document format Alcove reads. The open dialog, the drop target and the documentation derive from this list. */
export const builtInReaders: readonly Reader[] = [textReader, codeReader];

const byExtension = new Map(
  builtInReaders.flatMap((reader) => reader.extensions.map((name) => [name, reader])),
);
const byFileName = new Map(
  builtInReaders.flatMap((reader) => (reader.fileNames ?? []).map((name) => [name, reader])),
);

/** The reader of a file, chosen by its name alone; null for an unsupported type. */
export function readerFor(path: string): Reader | null {
  const { name, extension } = baseName(path);
  const named = byFileName.get(name);
  if (named !== undefined) return named;
  // No extension at all: notes, scripts, LICENSE. The text reader tells text from binaries by content.
  if (!name.includes('.')) return textReader;
  return byExtension.get(extension) ?? null;
}
