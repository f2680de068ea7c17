// `npm test`: builds, installs what the tests need of the system where it can, and runs every test.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';
import { findElectron } from './electron-runtime.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const reports = mkdtempSync(join(tmpdir(), 'alcove-test-'));

buildIfStale();
installSystemPackages();
reportElectron();
const totals = { passed: 0, failed: 0, skipped: 0 };
// The end-to-end tests come last and alone: they start whole apps and should have the machine to themselves.
runTests('fast', ['--project=unit', '--project=architecture', '--project=contract', '--project=integration']);
runTests('e2e', ['--project=e2e']);
rmSync(reports, { recursive: true, force: true });
if (totals.skipped > 0)
  console.log(`${totals.skipped} skipped: the lines that begin with "Skipped" above say why.`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

function runTests(name, projects) {
  const report = join(reports, `${name}.json`);
  const args = [
    vitest,
    'run',
    ...projects,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const needsDisplay =
    name === 'e2e' && process.platform === 'linux' && !process.env.DISPLAY && has('xvfb-run');
  const [command, ...rest] = needsDisplay
    ? ['xvfb-run', '-a', process.execPath, ...args]
    : [process.execPath, ...args];
  const { status } = spawnSync(command, rest, { cwd: root, stdio: 'inherit' });
  const counted = countTests(report);
  // A run that failed without a failed test (a crash, an unhandled error) is a failure all the same.
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(totals)) totals[key] += counted[key];
}

function countTests(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const brokenFiles = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // no report: the run itself broke
  }
}

/** Electron is looked for once, here, so that no test has to fetch it. */
function reportElectron() {
  const { reason } = findElectron();
  if (reason) console.log(`Skipped: tests in Electron, because ${reason}.`);
}

/** Chromium brings the libraries Electron needs, too. */
function installSystemPackages() {
  if (process.platform !== 'linux') return;
  const packages = [
    ['chromium', ['chromium', 'chromium-browser', 'google-chrome']],
    ['xvfb', ['xvfb-run']],
    ['xauth', ['xauth']],
  ];
  const missing = packages.filter(([, commands]) => !commands.some(has)).map(([name]) => name);
  if (missing.length === 0) return;
  if (process.getuid() !== 0 || !has('apt-get')) {
    console.log(
      `Missing: ${missing.join(', ')}. Tests that need them are skipped; install them to run all tests.`,
    );
    return;
  }
  console.log(`Installing ${missing.join(', ')} for the tests...`);
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', ...missing], quiet);
  if (status !== 0) console.log(`Could not install ${missing.join(', ')}. Tests that need them are skipped.`);
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not installed
  }
}
