import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SkippedCase } from './bench-case.ts';
import type { BenchCase, BenchContext, Measurement } from './bench-case.ts';
import { mixedTree } from './cases/mixed-tree.ts';
import { quality } from './cases/quality.ts';
import { responsiveness } from './cases/responsiveness.ts';
import { searchLatency } from './cases/search-latency.ts';
import { smallFiles } from './cases/small-files.ts';
import { windowStart } from './cases/window-start.ts';

/** Every case. Adding one is its file and a line here. */
const cases: readonly BenchCase[] = [
  smallFiles,
  mixedTree,
  searchLatency,
  quality,
  responsiveness,
  windowStart,
];

const defaultBeirFolder = '../shared/retrieval/cosqa';

const options = {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  beir: { type: 'string' },
} as const;

interface CaseResult {
  name: string;
  summary: string;
  measurements: Measurement[];
  notes: string[];
  skipped: string | null;
}

/** Runs the chosen cases, prints their tables and writes `out/bench/results.json`. Returns the exit code. */
export async function runBenchmarks(args: string[], root: string): Promise<number> {
  const { values } = parseArgs({ args, options });
  const names = values.only?.split(',') ?? cases.map(({ name }) => name);
  const unknown = names.filter((name) => !cases.some((known) => known.name === name));
  if (unknown.length > 0) {
    console.error(
      `No case is called ${unknown.join(', ')}. There are: ${cases.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  const beir = values.beir ?? join(root, defaultBeirFolder);
  const shared = { root, isQuick: values.quick ?? false, beirFolder: existsSync(beir) ? beir : null };
  const results: CaseResult[] = [];
  for (const chosen of cases.filter(({ name }) => names.includes(name))) {
    const result = await runCase(chosen, shared);
    results.push(result);
    printResult(result);
  }
  writeResults(root, results);
  return 0;
}

async function runCase(
  chosen: BenchCase,
  shared: Omit<BenchContext, 'folder' | 'note'>,
): Promise<CaseResult> {
  const { name, summary } = chosen;
  const folder = mkdtempSync(join(tmpdir(), `alcove-bench-${name}-`));
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  try {
    const measurements = await chosen.run({ ...shared, folder, note });
    return { name, summary, measurements, notes, skipped: null };
  } catch (error) {
    if (!(error instanceof SkippedCase)) throw error;
    return { name, summary, measurements: [], notes, skipped: error.message };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printResult({ name, summary, measurements, notes, skipped }: CaseResult): void {
  console.log(`\n${name}: ${summary}`);
  if (skipped !== null) console.log(`  SKIPPED: ${skipped}`);
  for (const text of notes) console.log(`  ${text}`);
  for (const { what, value, unit, beside } of measurements) {
    console.log(`  ${what.padEnd(34)}${formatValue(value).padStart(10)} ${unit.padEnd(9)}${beside ?? ''}`);
  }
}

function formatValue(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) < 1 ? 3 : 1);
}

function writeResults(root: string, results: readonly CaseResult[]): void {
  const folder = join(root, 'out', 'bench');
  mkdirSync(folder, { recursive: true });
  const machine = {
    ...{ platform: platform(), arch: arch(), node: process.version, cores: cpus().length },
    ...{ processor: cpus()[0]?.model ?? '', memoryBytes: totalmem() },
  };
  const path = join(folder, 'results.json');
  writeFileSync(path, JSON.stringify({ machine, results }, null, 2));
  console.log(`\nWritten to ${path}`);
}
