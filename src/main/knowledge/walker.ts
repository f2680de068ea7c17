import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import {
  extendRules,
  ignoreFileNames,
  isGeneratedFolder,
  isIgnoredFolder,
  isSystemFile,
  matchRules,
} from './ignore-rules.ts';
import { describe, errorCode } from './file-error.ts';
import type { IgnoreRules } from './ignore-rules.ts';

/** Something that belongs to a source. Paths are relative to it, with `/`. Ignored files and folders do not appear. */
export type WalkEntry =
  | { kind: 'file'; path: string; sizeBytes: number; mtimeMs: number }
  | { kind: 'skipped'; path: string; reason: string }
  /** A file, or a folder with all that is in it, that could not be looked at. */
  | { kind: 'failed'; path: string; reason: string };

interface Folder {
  path: string;
  rules: IgnoreRules | null;
}

const maxIgnoreFileBytes = 1_048_576;

/**
 * Every file of a folder, depth first, without following links: nothing outside the folder is seen and no loop is
 * possible. Synchronous, a step at a time, since that is several times faster than promises for many small folders;
 * the caller decides how often to let others run. `excludedFolder` is an absolute path to leave out with all in it.
 *
 * @throws the file system's own error when the folder itself cannot be listed.
 */
export function* walk(root: string, excludedFolder: string | null = null): Generator<WalkEntry, void> {
  const excluded = excludedFolder === null ? null : relativeTo(root, excludedFolder);
  const pending: Folder[] = [{ path: '', rules: null }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (folder.path === excluded) continue;
    const listing = list(root, folder.path);
    if (!Array.isArray(listing)) {
      if (listing.failure !== null) yield listing.failure;
      continue;
    }
    yield* walkFolder(root, folder, listing, pending);
  }
}

/** A path in `root` relative to it, with `/`; null for one that lies elsewhere. */
function relativeTo(root: string, path: string): string | null {
  const prefix = root.endsWith(sep) ? root : root + sep;
  return path.startsWith(prefix) ? path.slice(prefix.length).replaceAll(sep, '/') : null;
}

function* walkFolder(
  root: string,
  folder: Folder,
  listing: Dirent[],
  pending: Folder[],
): Generator<WalkEntry, void> {
  const names = new Set(listing.map((entry) => entry.name));
  if (folder.path !== '' && isGeneratedFolder(names)) return;
  const prefix = folder.path === '' ? '' : `${folder.path}/`;
  const rules = extendRules(folder.rules, folder.path, readIgnoreFiles(root, prefix, names));
  const inner: Folder[] = [];
  for (const entry of listing) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      if (isWanted(rules, path, true, () => isIgnoredFolder(entry.name, names))) inner.push({ path, rules });
    } else if (isWanted(rules, path, false, () => isSystemFile(entry.name))) {
      const found = entry.isFile() ? lookAt(root, path) : notAFile(entry, path);
      if (found !== null) yield found;
    }
  }
  // The stack gives the last one first: reversed, folders come in the order of their listing.
  pending.push(...inner.reverse());
}

function isWanted(
  rules: IgnoreRules | null,
  path: string,
  isFolder: boolean,
  isIgnoredByDefault: () => boolean,
): boolean {
  const verdict = matchRules(rules, path, isFolder);
  return verdict === null ? !isIgnoredByDefault() : verdict === 'kept';
}

/** The entries of a folder, or why there are none: gone since it was seen (no failure), or not readable. */
function list(root: string, path: string): Dirent[] | { failure: WalkEntry | null } {
  try {
    return readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (path === '') throw error;
    return {
      failure: isGone(error)
        ? goneOrMisnamed(path)
        : { kind: 'failed', path, reason: describe(error, 'folder') },
    };
  }
}

function lookAt(root: string, path: string): WalkEntry | null {
  try {
    const stats = lstatSync(`${root}/${path}`);
    return { kind: 'file', path, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
  } catch (error) {
    return isGone(error) ? goneOrMisnamed(path) : { kind: 'failed', path, reason: describe(error, 'file') };
  }
}

/** A name with bytes that are not UTF-8 reaches us with U+FFFD in their place, and cannot be opened by that name. */
function goneOrMisnamed(path: string): WalkEntry | null {
  if (!path.includes('\ufffd')) return null;
  return {
    kind: 'failed',
    path,
    reason: 'Its name is not valid Unicode, so it cannot be opened. Rename it.',
  };
}

function notAFile(entry: Dirent, path: string): WalkEntry {
  const reason = entry.isSymbolicLink() ? 'A link. Links are not followed.' : 'Not a regular file.';
  return { kind: 'skipped', path, reason };
}

function readIgnoreFiles(root: string, prefix: string, names: ReadonlySet<string>): string[] {
  const contents: string[] = [];
  for (const name of ignoreFileNames) {
    if (!names.has(name)) continue;
    try {
      const path = join(root, prefix + name);
      const stats = lstatSync(path);
      if (stats.isFile() && stats.size <= maxIgnoreFileBytes)
        contents.push(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
    } catch {
      // Unreadable patterns exclude nothing; the file itself is listed as failed by the walk.
    }
  }
  return contents;
}

function isGone(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
