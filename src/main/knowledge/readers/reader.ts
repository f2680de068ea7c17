import type { Span } from '../chunkers/spans.ts';

export interface ReadInput {
  path: string;
  bytes: Uint8Array;
  signal?: AbortSignal;
}

/** What a reader makes of a file: its text (`\n` line ends) and the spans of that text that become chunks. */
export interface Reading {
  text: string;
  language: string;
  title: string | null;
  /** In order and without overlap; together they cover every non-blank line of `text`. */
  spans: Span[];
}

/** One document format. Adding one is a file beside this one and a line in `builtInReaders`. */
export interface Reader {
  id: string;
  /** Name of the format in the interface and in messages. */
  label: string;
  /** Lower case, without the dot. */
  extensions: readonly string[];
  /** Whole file names it also reads, lower case. */
  fileNames?: readonly string[];
  /** @throws {UnreadableDocument} when the bytes are not such a document. */
  read(input: ReadInput): Reading | Promise<Reading>;
}
