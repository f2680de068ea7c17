import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Hit, SearchInput, SearchMode } from '@contract/knowledge';
import { Knowledge } from '../knowledge/knowledge.ts';
import { AppError } from '../platform/app-error.ts';
import { type Command, numberOption, stringOption, wordOption, wordsArgument } from './command.ts';
import { openQueryEmbedder } from './query-embedder.ts';

const modes: readonly SearchMode[] = ['hybrid', 'lexical', 'vector'];
const shownLines = 4;

/** Searches the index. Works beside a running Alcove; loads nothing that the query does not need. */
export const searchCommand: Command = {
  usage: 'search <query> [-k 10] [--source <folder>] [--mode hybrid|lexical|vector] [--json]',
  options: { k: { type: 'string', short: 'k' }, source: { type: 'string' }, mode: { type: 'string' } },
  details: [
    '  -k        how many passages, 10 if left out',
    '  --source  only this folder',
    '  --mode    hybrid (words and meaning), lexical (words alone) or vector (meaning alone)',
    '',
    'JSON: {"hits":[{"path","relativePath","startLine","endLine","page","score","text","symbol","heading"}],',
    '       "durationMs"}',
  ].join('\n'),
  run: async ({ positionals, values, dataDir, signal, isJson, output }) => {
    const query = wordsArgument(positionals, 'query');
    const mode = wordOption(values, 'mode', modes) ?? 'hybrid';
    const limit = numberOption(values, 'k', { min: 1, max: 200 }) ?? 10;
    const folder = stringOption(values, 'source');
    // No file is read here, so the stored limit is not looked up: opening another database takes time.
    const settings = { maxFileBytes: 0 };
    const knowledge = Knowledge.open({ dataDir, settings, isReadOnly: true });
    const embedder = mode === 'lexical' ? null : await openQueryEmbedder(dataDir);
    try {
      if (embedder) await knowledge.setEmbedder(embedder.embedder);
      const filters = folder === undefined ? {} : { sourceIds: [findSource(knowledge, folder)] };
      const input: SearchInput = { query, limit, mode, filters };
      const { hits, durationMs } = await knowledge.search(input, signal);
      output.result(isJson ? JSON.stringify({ hits: hits.map(hitAsJson), durationMs }) : hitsAsText(hits));
    } finally {
      await embedder?.close();
      await knowledge.close();
    }
  },
};

/** The id of an added folder. @throws AppError `source_not_found`. */
export function findSource(knowledge: Knowledge, folder: string): string {
  const path = realPath(folder);
  const source = knowledge
    .state()
    .sources.find((candidate) => candidate.path === path || candidate.id === folder);
  if (source) return source.id;
  throw new AppError('source_not_found', `${path} is not in Alcove. Add it with: alcove index <folder>`, {
    data: { path },
  });
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder); // a folder that is gone can still be in the index
  }
}

function hitAsJson({ path, relativePath, startLine, endLine, page, score, text, symbol, heading }: Hit) {
  return { path, relativePath, startLine, endLine, page, score, text, symbol, heading };
}

function hitsAsText(hits: readonly Hit[]): string {
  return hits.length === 0 ? 'Nothing found.' : hits.map(hitAsText).join('\n\n');
}

function hitAsText(hit: Hit): string {
  const place = hit.page === null ? `${hit.path}:${hit.startLine}` : `${hit.path}, page ${hit.page}`;
  const about = hit.symbol ?? hit.heading;
  const lines = hit.text.split('\n').filter((line) => line.trim() !== '');
  return [
    about ? `${place}  ${about}` : place,
    ...lines.slice(0, shownLines).map((line) => `    ${line}`),
  ].join('\n');
}
