import { codeReader } from './code-reader.ts';
import { csvReader } from './csv-reader.ts';
import { docxReader } from './docx-reader.ts';
import { baseName } from './file-name.ts';
import { htmlReader } from './html-reader.ts';
import { jsonReader } from './json-reader.ts';
import { markdownReader } from './markdown-reader.ts';
import { pdfReader } from './pdf-reader.ts';
import type { Reader } from './reader.ts';
import { textReader } from './text-reader.ts';

/** Every document format Alcove reads. The open dialog, the drop target and the documentation derive from this list. */
export const builtInReaders: readonly Reader[] = [
  markdownReader,
  textReader,
  codeReader,
  pdfReader,
  docxReader,
  htmlReader,
  jsonReader,
  csvReader,
];

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
