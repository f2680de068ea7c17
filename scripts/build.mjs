// Builds `out/` when a source is newer than it. Prints one line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', '.built');
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'tsconfig.json'];

/** Builds unless the last complete build is newer than every source. Ends the process when the build fails. */
export function buildIfStale({ force = false, quiet = false } = {}) {
  if (!force && !isStale()) {
    if (!quiet) console.log('Build is up to date.');
    return;
  }
  const startedAt = new Date();
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = spawnSync(process.execPath, [vite, 'build'], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\nThe build failed.\n`);
    process.exit(1);
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stamp, String(startedAt.getTime()));
  if (!quiet) console.log(`Built in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s.`);
}

/** The stamp holds when the build began, so that a source changed while it ran counts as newer. */
function isStale() {
  const built = ['main/cli.js', 'preload/index.cjs', 'renderer/index.html'].map((part) =>
    join(root, 'out', part),
  );
  if (!existsSync(stamp) || !built.every((part) => existsSync(part))) return true;
  const builtAtMs = Number(readFileSync(stamp, 'utf8'));
  return inputs.some((input) => newestMs(join(root, input)) > builtAtMs);
}

function newestMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  buildIfStale({ force: process.argv.includes('--force') });
