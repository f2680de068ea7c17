import type { Reader } from './reader.ts';
import { textReader } from './text-reader.ts';

/** Every document format Alcove reads. The open dialog, the drop target and the documentation derive from this list. */
export const builtInReaders: readonly Reader[] = [textReader];

const byExtension = new Map(
  builtInReaders.flatMap((reader) => reader.extensions.map((name) => [name, reader])),
);
const byFileName = new Map(
  builtInReaders.flatMap((reader) => (reader.fileNames ?? []).map((name) => [name, reader])),
);

/** The reader of a file, chosen by its name alone; null for an unsupported type. */
export function readerFor(path: string): Reader | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const named = byFileName.get(name);
  if (named !== undefined) return named;
  const dot = name.lastIndexOf('.');
  // No extension at all: notes, scripts, LICENSE. The text reader tells text from binaries by content.
  if (dot === -1) return textReader;
  return byExtension.get(name.slice(dot + 1)) ?? null;
}
