import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { median } from './statistics.ts';

export interface ProcessRun {
  /** From the call to the end of the process, start of the runtime included. */
  elapsedMs: number;
  stdout: string;
}

/** Runs a Node script to its end. Throws when it fails. */
export async function runNode(args: readonly string[]): Promise<ProcessRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve(exitCode));
  });
  const elapsedMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr.slice(-2_000)}`);
  return { elapsedMs, stdout };
}

/** Arguments that run an Alcove command on a data folder of its own. */
export function alcove(root: string, dataDir: string, ...command: string[]): string[] {
  return [join(root, 'bin', 'alcove.js'), ...command, '--json', '--data-dir', dataDir];
}

/** Median time of several whole runs, in milliseconds. */
export async function medianRun(count: number, args: (run: number) => readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < count; run++) times.push((await runNode(args(run))).elapsedMs);
  return median(times);
}
