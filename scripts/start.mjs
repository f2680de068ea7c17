// `npm start`: builds what changed and opens Alcove in its window, or in the browser where Electron cannot run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';
import { findElectron } from './electron-runtime.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isLinux = process.platform === 'linux';
/** An app that ends sooner than this, and not well, has not started. */
const startDeadlineMs = 10_000;

const args = process.argv.slice(2);
let isStopping = false;
buildIfStale();
const reason = await openWindow();
if (reason !== null) {
  console.log(`Alcove's window cannot be opened here: ${reason}. Opening it in the browser instead.`);
  process.exitCode = await openInBrowser();
}

/** Resolves when the window is closed; to the reason when it never opened. */
async function openWindow() {
  if (isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  const { path, reason } = findElectron();
  if (!path) return reason;
  const startedAt = Date.now();
  const app = spawn(path, [...sandboxFlags(), root, ...args], { stdio: 'inherit' });
  forwardSignals(app);
  const [code, signal] = await once(app, 'exit').catch(() => [1, null]);
  const hasFailed = code !== 0 && !isStopping;
  if (hasFailed && Date.now() - startedAt < startDeadlineMs)
    return `Electron ended at once (${signal ?? code})`;
  process.exitCode = code ?? 1;
  return null;
}

function sandboxFlags() {
  if (!isLinux || process.getuid() !== 0) return [];
  console.log("Running as root: Chromium's sandbox is off. Start Alcove as an ordinary user to have it.");
  return ['--no-sandbox'];
}

async function openInBrowser() {
  const serve = [fileURLToPath(new URL('../bin/alcove.js', import.meta.url)), 'serve', ...args];
  const server = spawn(process.execPath, serve, { stdio: ['inherit', 'pipe', 'inherit'] });
  forwardSignals(server);
  createInterface({ input: server.stdout }).on('line', (url) => {
    console.log(url);
    openUrl(url);
  });
  const [code] = await once(server, 'exit');
  return code ?? 1;
}

/** The address is printed as well, so a machine without a browser loses nothing. */
function openUrl(url) {
  const openers = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '""', url] };
  const [command, ...rest] = openers[process.platform] ?? ['xdg-open', url];
  spawn(command, rest, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      isStopping = true;
      child.kill(signal);
    });
  }
}
