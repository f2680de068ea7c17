import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../../bin/alcove.js');

export interface CliResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line to its end. */
export function alcove(dataDir: string, ...args: string[]): CliResult {
  const env = { ...process.env, ALCOVE_DATA_DIR: dataDir, ALCOVE_THREADS: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Runs it with `--json` and reads what it printed; fails with its stderr when it did not succeed. */
export function alcoveJson(dataDir: string, ...args: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = alcove(dataDir, ...args, '--json');
  if (status !== 0) throw new Error(`alcove ${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Starts it and leaves it running. */
export function startAlcove(dataDir: string, ...args: string[]): ChildProcess {
  const env = { ...process.env, ALCOVE_DATA_DIR: dataDir, ALCOVE_THREADS: '1' };
  return spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}
