import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { FileFacts } from './ingest-job.ts';

/** Windows has neither flag: there the check of the resolved folder stands alone. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface FileContent extends FileFacts {
  bytes: Uint8Array;
}

/** Resolved paths of folders, for reading many files of a few folders. Keep one no longer than a batch. */
export type ResolvedFolders = Map<string, string>;

export interface ReadLimits {
  maxFileBytes: number;
  folders?: ResolvedFolders;
}

/** The file is larger than the limit. */
export class FileTooLarge extends Error {
  readonly stats: Stats;

  constructor(stats: Stats) {
    super('The file is larger than the limit.');
    this.stats = stats;
  }
}

/** In place of the file there is something else now: a link, a folder, a device, or a way out of the source. */
export class NotASourceFile extends Error {}

/**
 * Bytes of a file of a source, given its path relative to it. Size and time are those from before the read, so that a
 * later change is seen by the next run; a file that changes meanwhile is read once more.
 * @throws FileTooLarge, NotASourceFile, or the file system's own error.
 */
export function readSourceFile(root: string, path: string, limits: ReadLimits): FileContent {
  return withSourceFile(root, path, limits.folders, (descriptor) => {
    const first = readWhole(descriptor, limits.maxFileBytes);
    const after = fstatSync(descriptor);
    const isSame = after.size === first.sizeBytes && after.mtimeMs === first.mtimeMs;
    return isSame ? first : readWhole(descriptor, limits.maxFileBytes);
  });
}

/** Up to `length` bytes of a file of a source from `offset`, and its whole size. */
export function readSourceFileRange(
  root: string,
  path: string,
  range: { offset: number; length: number },
): { bytes: Buffer; sizeBytes: number } {
  return withSourceFile(root, path, undefined, (descriptor, { size }) => {
    const length = Math.max(0, Math.min(range.length, size - range.offset));
    return { bytes: readFully(descriptor, range.offset, length), sizeBytes: size };
  });
}

/** Size and time of a file of a source as it is now. */
export function statSourceFile(root: string, path: string): { sizeBytes: number; mtimeMs: number } {
  return withSourceFile(root, path, undefined, (_, { size, mtimeMs }) => ({ sizeBytes: size, mtimeMs }));
}

function withSourceFile<Result>(
  root: string,
  path: string,
  folders: ResolvedFolders | undefined,
  use: (descriptor: number, stats: Stats) => Result,
): Result {
  const absolute = `${root}${sep}${path}`;
  assertInside(root, dirname(absolute), folders ?? new Map<string, string>());
  const descriptor = openSync(absolute, openFlags);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new NotASourceFile();
    return use(descriptor, stats);
  } finally {
    closeSync(descriptor);
  }
}

/** A folder on the way may have been replaced by a link since the walk. */
function assertInside(root: string, folder: string, folders: ResolvedFolders): void {
  const resolvedRoot = resolveFolder(root, folders);
  const resolved = resolveFolder(folder, folders);
  if (resolved === resolvedRoot) return;
  const prefix = resolvedRoot.endsWith(sep) ? resolvedRoot : resolvedRoot + sep;
  if (!resolved.startsWith(prefix)) throw new NotASourceFile();
}

function resolveFolder(folder: string, folders: ResolvedFolders): string {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const resolved = realpathSync.native(folder);
  folders.set(folder, resolved);
  return resolved;
}

function readWhole(descriptor: number, maxFileBytes: number): FileContent {
  const stats = fstatSync(descriptor);
  if (stats.size > maxFileBytes) throw new FileTooLarge(stats);
  const bytes = readFully(descriptor, 0, stats.size);
  return { bytes, sizeBytes: stats.size, mtimeMs: stats.mtimeMs, sha256: hash('sha256', bytes, 'hex') };
}

function readFully(descriptor: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
