import { extname } from 'node:path';

/**
 * Formats whose default application shows or edits them. Handing anything else to the system could run it: a script, a
 * program, a shortcut.
 */
const openable = new Set(
  (
    'txt text log md markdown mdx rst adoc org tex pdf docx html htm json jsonl ndjson json5 csv tsv xml yaml yml toml ini ' +
    'conf cfg env properties css scss less svg c h cc cpp cxx hpp hh cs go rs java kt swift ts tsx mts cts jsx vue ' +
    'svelte scala clj ex exs erl hs ml lua dart zig nim jl r sql graphql proto gradle cmake diff patch srt vtt bib'
  ).split(' '),
);

/** Whether a document may be opened in its default application. */
export function isOpenable(path: string): boolean {
  return openable.has(extname(path).slice(1).toLowerCase());
}
