import { join } from 'node:path';
import type { BenchCase, BenchContext, Measurement } from '../bench-case.ts';
import { readBeir, writeDocuments } from '../beir.ts';
import { alcove, medianRun, runNode } from '../whole-process.ts';

/** Whole processes over 6,267 small Python files, one function each. The peer is tobi/qmd on such a machine. */
export const smallFiles: BenchCase = {
  name: 'small-files',
  summary: 'The functions of CoSQA as .py files: first index, unchanged index, search from cold',
  run: async (context) => {
    const set = readBeir(context.beirFolder);
    const source = join(context.folder, 'source');
    const sizeBytes = writeDocuments(set, source, '.py');
    context.note(`${set.documents.length} files, ${(sizeBytes / 1e6).toFixed(1)} MB`);
    return measure(context, source);
  },
};

async function measure({ root, folder, isQuick }: BenchContext, source: string): Promise<Measurement[]> {
  const dataDir = (run: number) => join(folder, `data-${run}`);
  const runs = isQuick ? 1 : 5;
  const floorMs = await medianRun(runs, () => [join(root, 'bench', 'read-and-decode.mjs'), source]);
  const firstMs = await medianRun(runs, (run) => alcove(root, dataDir(run), 'index', source));
  const { stdout } = await runNode(alcove(root, dataDir(0), 'index', source));
  const { files } = JSON.parse(stdout) as { files: { unchanged: number; failed: number } };
  const unchangedMs = await medianRun(runs * 2, () => alcove(root, dataDir(0), 'index', source));
  const query = 'how to remove a directory recursively if it exists';
  const searchMs = await medianRun(runs * 3, () => alcove(root, dataDir(0), 'search', query));
  const bareMs = await medianRun(runs * 3, () => ['-e', '0']);
  return [
    { what: 'floor: read and decode', value: floorMs, unit: 'ms' },
    { what: 'first index', value: firstMs, unit: 'ms', beside: 'below 3,000; peer 4,900' },
    { what: 'unchanged index', value: unchangedMs, unit: 'ms', beside: 'below 400; peer 680' },
    { what: 'files unchanged, of all', value: files.unchanged, unit: 'count' },
    { what: 'search from cold', value: searchMs, unit: 'ms', beside: 'below 130; peer 135' },
    { what: 'floor: start of Node alone', value: bareMs, unit: 'ms' },
  ];
}
