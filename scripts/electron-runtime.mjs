// Finds Electron's runtime, fetching it once where that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const electronPackage = join(root, 'node_modules', 'electron');
const fetchTimeoutMs = 180_000;

/** `{ path }` of the executable, or `{ reason }` why there is none, in one line. */
export function findElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder)
    return found(join(folder, executableName()), `ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${folder}`);
  if (!existsSync(electronPackage)) return { reason: 'the electron package is not installed' };
  if (!existsSync(installedPath())) fetchElectron();
  return found(installedPath(), 'its runtime could not be downloaded (no connection to github.com?)');
}

function found(path, reason) {
  return existsSync(path) ? { path } : { reason };
}

function installedPath() {
  return join(electronPackage, 'dist', executableName());
}

function executableName() {
  const pathFile = join(electronPackage, 'path.txt');
  if (existsSync(pathFile)) return readFileSync(pathFile, 'utf8');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return names[process.platform] ?? 'electron';
}

function fetchElectron() {
  process.stderr.write("Fetching Electron's runtime, once...\n");
  spawnSync(process.execPath, [join(electronPackage, 'install.js')], {
    stdio: 'ignore',
    timeout: fetchTimeoutMs,
  });
}
