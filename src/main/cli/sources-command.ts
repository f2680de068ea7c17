import type { Source } from '@contract/knowledge';
import { Knowledge } from '../knowledge/knowledge.ts';
import { lockDataDir } from '../platform/data-folder.ts';
import { type Command, type CommandInput, onlyArgument, UsageError } from './command.ts';
import { findSource } from './search-command.ts';
import { readMaxFileBytes } from './stored-settings.ts';

/** Lists folders beside a running Alcove; removing one needs the data folder to itself. */
export const sourcesCommand: Command = {
  usage: 'sources list|remove <folder> [--json]',
  options: {},
  details: [
    'remove takes a folder out of Alcove with its whole index. The folder itself is not touched.',
    '',
    'JSON of list:   {"sources":[{"id","path","isReachable","isPaused","lastIndexedAt","indexed","skipped","failed",',
    '                 "chunks","sizeBytes"}]}',
    'JSON of remove: {"removed":{"id","path"}}',
  ].join('\n'),
  run: async (input) => {
    const [action, ...rest] = input.positionals;
    if (action === 'list' && rest.length === 0) return listSources(input);
    if (action === 'remove') return removeSource(input, onlyArgument(rest, 'folder'));
    throw new UsageError('Say "list", or "remove" and a folder.');
  },
};

async function listSources({ dataDir, isJson, output }: CommandInput): Promise<void> {
  const knowledge = openKnowledge(dataDir, true);
  try {
    const { sources } = knowledge.state();
    if (isJson) output.result(JSON.stringify({ sources: sources.map(sourceAsJson) }));
    else
      output.result(
        sources.map(sourceAsText).join('\n') || 'No folders yet. Add one with: alcove index <folder>',
      );
  } finally {
    await knowledge.close();
  }
}

async function removeSource({ dataDir, isJson, output }: CommandInput, folder: string): Promise<void> {
  const lock = lockDataDir(dataDir);
  const knowledge = openKnowledge(dataDir, false);
  try {
    const id = findSource(knowledge, folder);
    const path = knowledge.state().sources.find((source) => source.id === id)?.path ?? folder;
    await knowledge.removeSource(id);
    output.result(isJson ? JSON.stringify({ removed: { id, path } }) : `Removed ${path}`);
  } finally {
    await knowledge.close();
    lock.release();
  }
}

function openKnowledge(dataDir: string, isReadOnly: boolean): Knowledge {
  return Knowledge.open({ dataDir, settings: { maxFileBytes: readMaxFileBytes(dataDir) }, isReadOnly });
}

function sourceAsJson({ id, path, isReachable, isPaused, lastIndexedAt, counts }: Source) {
  return { id, path, isReachable, isPaused, lastIndexedAt, ...counts };
}

function sourceAsText({ path, counts, isReachable }: Source): string {
  const away = isReachable ? '' : '  (cannot be reached now)';
  return `${path}${away}\n  ${counts.indexed} files, ${counts.chunks} passages, ${counts.skipped} skipped, ${counts.failed} failed`;
}
