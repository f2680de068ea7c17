import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BenchCase, BenchContext, Measurement } from '../bench-case.ts';
import { alcove, medianRun, runNode } from '../whole-process.ts';

const fileCount = 20_000;
const quickFileCount = 2_000;
const maxFileBytes = 2_000_000;
const extensions = /\.(js|cjs|mjs|ts|cts|mts|tsx|json|md|css|html|txt|yml|yaml|c|h|cc|py|rs|go)$/;

/** Folders that indexing leaves out: their bytes would count without being read. */
const leftOut = new Set(['.cache', 'node_modules']);

/** Files of this repository's own node_modules, copied so that nothing changes them between runs. */
export const mixedTree: BenchCase = {
  name: 'mixed-tree',
  summary: '20,000 mixed files (from node_modules): first index in MB/s, unchanged index',
  run: async (context) => {
    const source = join(context.folder, 'tree');
    const { count, sizeBytes } = copyFiles(
      join(context.root, 'node_modules'),
      source,
      context.isQuick ? quickFileCount : fileCount,
    );
    context.note(`${count} files, ${(sizeBytes / 1e6).toFixed(0)} MB`);
    return measure(context, source, sizeBytes);
  },
};

async function measure(context: BenchContext, source: string, sizeBytes: number): Promise<Measurement[]> {
  const { root, folder, isQuick } = context;
  const dataDir = join(folder, 'data');
  const floorMs = await medianRun(isQuick ? 1 : 3, () => [
    join(root, 'bench', 'read-and-decode.mjs'),
    source,
  ]);
  const first = await runNode(alcove(root, dataDir, 'index', source));
  const { files, chunks } = JSON.parse(first.stdout) as {
    files: { indexed: number; skipped: number; failed: number };
    chunks: number;
  };
  context.note(
    `${files.indexed} indexed, ${files.skipped} skipped, ${files.failed} failed, ${chunks} chunks`,
  );
  const unchangedMs = await medianRun(isQuick ? 1 : 5, () => alcove(root, dataDir, 'index', source));
  const rate = (elapsedMs: number) => sizeBytes / 1e6 / (elapsedMs / 1_000);
  return [
    { what: 'floor: read and decode', value: rate(floorMs), unit: 'MB/s' },
    { what: 'first index', value: rate(first.elapsedMs), unit: 'MB/s' },
    { what: 'first index', value: first.elapsedMs / 1_000, unit: 's' },
    { what: 'chunks', value: chunks, unit: 'count' },
    { what: 'unchanged index', value: unchangedMs, unit: 'ms', beside: 'below 1,500' },
  ];
}

function copyFiles(from: string, to: string, count: number): { count: number; sizeBytes: number } {
  let copied = 0;
  let sizeBytes = 0;
  for (const path of textFilesOf(from)) {
    if (copied === count) break;
    const target = join(to, path.slice(from.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target);
    copied++;
    sizeBytes += statSync(target).size;
  }
  return { count: copied, sizeBytes };
}

function* textFilesOf(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name)) yield* textFilesOf(path);
    } else if (entry.isFile() && extensions.test(entry.name) && statSync(path).size <= maxFileBytes)
      yield path;
  }
}
