// `npm run package -- --linux dir deb`: builds, then makes the installers of this system (or those asked for).
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const args = process.argv.slice(2);

buildIfStale();
const config = ['--config', join(root, 'electron-builder.config.mjs'), '--publish', 'never'];
const { status } = spawnSync(process.execPath, [builder, ...args, ...config], {
  cwd: root,
  env: { ...process.env, ...debTool() },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

/** A .deb alone needs no downloaded tool where the system has its own. */
function debTool() {
  const needsFpm = args.some((arg) => arg === 'rpm') || !args.includes('deb');
  if (needsFpm || process.env.CUSTOM_FPM_PATH || !has('dpkg-deb')) return {};
  return { CUSTOM_FPM_PATH: join(root, 'scripts', 'build-deb.mjs') };
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not installed
  }
}
