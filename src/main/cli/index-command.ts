import type { IndexProgress } from '@contract/knowledge';
import type { IndexSummary, RunProgress } from '../knowledge/run-tally.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { lockDataDir } from '../platform/data-folder.ts';
import { type Command, type CommandInput, onlyArgument } from './command.ts';
import { embedIndex } from './embed-index.ts';
import { readMaxFileBytes } from './stored-settings.ts';

/** Adds a folder if it is new and indexes what changed in it. Needs the data folder to itself. */
export const indexCommand: Command = {
  usage: 'index <folder> [--no-embed] [--json]',
  options: { 'no-embed': { type: 'boolean' } },
  details: [
    'Adds the folder if it is new and reads what changed since the last time. Files that cannot be read are listed;',
    'they do not make the command fail.',
    '',
    'Where there is a default embedding model, passages that lack a vector are embedded after the result is printed.',
    'Ctrl+C keeps what is embedded, and the next run goes on from there. When embedding fails, that is said on stderr;',
    'the command still succeeds, since the text is indexed.',
    '',
    '  --no-embed  leave the embedding to the next run, or to the window',
    '',
    'JSON: {"source":{"id","path"},"files":{"indexed","unchanged","removed","skipped","failed"},"chunks",',
    '       "failures":[{"path","reason"}],"durationMs"}',
  ].join('\n'),
  run: async (input) => {
    const folder = onlyArgument(input.positionals, 'folder');
    const lock = lockDataDir(input.dataDir);
    const settings = { maxFileBytes: readMaxFileBytes(input.dataDir) };
    const knowledge = Knowledge.open({ dataDir: input.dataDir, settings });
    try {
      await indexFolder(knowledge, folder, input);
      if (input.values['no-embed'] !== true) await embedIndex(knowledge, input);
    } finally {
      await knowledge.close();
      lock.release();
    }
  },
};

async function indexFolder(knowledge: Knowledge, folder: string, input: CommandInput): Promise<void> {
  const { output, signal, isJson } = input;
  const { id, path } = await knowledge.ensureSource(folder);
  const summary = await knowledge.indexSource(id, {
    signal,
    onProgress: (progress) => output.progress(progressLine(progress)),
  });
  if (isJson) output.result(JSON.stringify(asJson({ id, path }, summary)));
  else output.result(asText(path, summary));
}

type Progress = RunProgress | IndexProgress;

function progressLine(progress: Progress): string {
  if (progress.filesTotal === null) return `Looking for files: ${progress.filesDone} so far`;
  const file = progress.currentFile === null ? '' : `  ${progress.currentFile}`;
  return `Indexing: ${progress.filesDone} of ${progress.filesTotal} files${file}`;
}

function asJson(source: { id: string; path: string }, summary: IndexSummary) {
  const { indexed, unchanged, removed, skipped, failed, chunks, durationMs } = summary;
  return {
    source,
    files: { indexed, unchanged, removed, skipped, failed },
    chunks,
    failures: summary.failures.map(({ path, reason }) => ({ path, reason })),
    durationMs,
  };
}

function asText(path: string, summary: IndexSummary): string {
  const { indexed, unchanged, removed, skipped, failed, chunks, durationMs } = summary;
  return [
    `${path}`,
    `  ${indexed} indexed, ${unchanged} unchanged, ${removed} removed, ${skipped} skipped, ${failed} failed`,
    `  ${chunks} passages, ${(durationMs / 1_000).toFixed(1)} s`,
    ...summary.failures.map((failure) => `  failed: ${failure.path}: ${failure.reason}`),
  ].join('\n');
}
