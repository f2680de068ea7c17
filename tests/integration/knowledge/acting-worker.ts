import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const actingWorker = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { writeFileSync } from 'node:fs';
  const cells = new Int32Array(workerData.position);
  parentPort.on('message', ({ number, jobs }) => {
    cells[1] = 0;
    Atomics.store(cells, 0, number);
    const results = jobs.map(({ root, path, purpose }, index) => {
      Atomics.store(cells, 1, index);
      if (path.startsWith('hang')) {
        writeFileSync(root + '/hanging', '');
        for (;;);
      }
      if (path.startsWith('exit')) process.exit(1);
      if (path.startsWith('throw')) throw new Error('boom');
      if (path.startsWith('memory')) { const kept = []; for (;;) kept.push(new Array(100_000).fill({ index })); }
      if (purpose === 'view') return { kind: 'text', text: path, sizeBytes: 0, mtimeMs: 0, sha256: '' };
      return { kind: 'skipped', reason: path, sizeBytes: 0, mtimeMs: 0, sha256: null };
    });
    parentPort.postMessage({ number, results });
  });
`;

/** Writes a worker that does what the file's name says, over the real protocol, and returns its path. */
export function writeActingWorker(folder: string): string {
  const path = join(folder, 'acting-worker.mjs');
  writeFileSync(path, actingWorker);
  return path;
}
