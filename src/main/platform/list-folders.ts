import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FolderListing } from '@contract/app';
import { AppError } from './app-error.ts';

/**
 * The folders inside a folder, hidden ones left out, by name; the home folder's when `path` is undefined.
 *
 * @throws AppError `source_path_missing` or `source_path_denied`.
 */
export async function listFolders(path: string | undefined): Promise<FolderListing> {
  const folder = resolve(path ?? homedir());
  const entries = await readFolder(folder);
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  names.sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: names.map((name) => ({ name, path: join(folder, name) })),
  };
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const isDenied = code === 'EACCES' || code === 'EPERM';
    throw new AppError(
      isDenied ? 'source_path_denied' : 'source_path_missing',
      isDenied ? `You may not look into ${folder}. Choose another folder.` : `There is no folder ${folder}.`,
      { data: { path: folder }, cause: error },
    );
  }
}
