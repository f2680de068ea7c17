import createIgnore from 'ignore';
import type { Ignore } from 'ignore';

/** Files with patterns in .gitignore's syntax, weaker first. They count in the folder they lie in and below. */
export const ignoreFileNames = ['.gitignore', '.alcoveignore'] as const;

/** Folders that tools make and can make again, or that belong to a system. `.alcoveignore` may bring one back with `!`. */
const ignoredFolders = new Set([
  ...['node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store', '.npm'],
  ...['.git', '.hg', '.svn', '.jj', 'CVS', '.alcove'],
  ...[
    '__pycache__',
    '.venv',
    '.tox',
    '.nox',
    '.mypy_cache',
    '.pytest_cache',
    '.ruff_cache',
    '.ipynb_checkpoints',
  ],
  ...['.gradle', '.cargo', '.rustup', '.terraform', '.dart_tool', '.bundle', 'DerivedData', 'Pods', '.eggs'],
  ...['.cache', '.parcel-cache', '.turbo', '.next', '.nuxt', '.svelte-kit', '.angular', '.nyc_output', '.vs'],
  ...['$RECYCLE.BIN', 'System Volume Information', 'lost+found', '.Trash', '.Trashes', '.Spotlight-V100'],
  ...['.fseventsd', '.TemporaryItems', '.DocumentRevisions-V100'],
]);

/** A file of this name marks its folder as one that a tool made: a cache, a Python environment. */
const folderMarkers = ['CACHEDIR.TAG', 'pyvenv.cfg'] as const;

/** A tool's output folder, known by the project file beside it. */
const outputFolders = new Map([['target', ['Cargo.toml', 'pom.xml', 'build.sbt']]]);

const systemFiles = new Set([
  '.DS_Store',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'Icon\r',
  '.localized',
  '.directory',
]);
/** AppleDouble companions, lock files of office suites, swap files and backups of editors. */
const junkFile = /^(?:\._|~\$|\.~lock\.|\.#|\.Trash-)|(?:\.sw[op]|~)$/;

/** Patterns of one folder, and those of the folders above it. */
export interface IgnoreRules {
  readonly patterns: Ignore;
  /** Length of the folder's path in the source, with its slash. */
  readonly prefixLength: number;
  readonly parent: IgnoreRules | null;
}

/** Adds the patterns written in a folder's ignore files to those from above. */
export function extendRules(
  parent: IgnoreRules | null,
  folder: string,
  contents: string[],
): IgnoreRules | null {
  if (contents.length === 0) return parent;
  const patterns = createIgnore({ allowRelativePaths: true }).add(contents.join('\n'));
  return { patterns, prefixLength: folder === '' ? 0 : folder.length + 1, parent };
}

/** What the patterns say of a path in the source, the deepest folder first; null when none of them speaks of it. */
export function matchRules(
  rules: IgnoreRules | null,
  path: string,
  isFolder: boolean,
): 'ignored' | 'kept' | null {
  for (let level = rules; level !== null; level = level.parent) {
    const local = path.slice(level.prefixLength);
    const { ignored, unignored } = level.patterns.test(isFolder ? `${local}/` : local);
    if (ignored) return 'ignored';
    if (unignored) return 'kept';
  }
  return null;
}

/** True for a folder left out unless a pattern brings it back. `siblings` are the names beside it. */
export function isIgnoredFolder(name: string, siblings: ReadonlySet<string>): boolean {
  if (ignoredFolders.has(name) || name.startsWith('.Trash-')) return true;
  return outputFolders.get(name)?.some((marker) => siblings.has(marker)) ?? false;
}

/** True when what lies in a folder says that a tool made it. */
export function isGeneratedFolder(names: ReadonlySet<string>): boolean {
  return folderMarkers.some((marker) => names.has(marker));
}

export function isSystemFile(name: string): boolean {
  return systemFiles.has(name) || junkFile.test(name);
}
