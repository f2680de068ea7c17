import { parentPort, workerData } from 'node:worker_threads';
import { ingestFile } from './ingest-file.ts';
import type { IngestBatch, IngestBatchDone, IngestResult, WorkerInput } from './ingest-job.ts';

const { maxFileBytes, position } = workerData as WorkerInput;
const cells = new Int32Array(position);
let previous = Promise.resolve();

parentPort?.on('message', (batch: IngestBatch) => {
  // One batch at a time: the owner reads from `cells` which file is at work.
  previous = previous.then(() => work(batch));
});

/** A rejection is left to end the thread: the owner then blames the file at work and goes on with a new one. */
async function work(batch: IngestBatch): Promise<void> {
  Atomics.store(cells, 1, 0);
  Atomics.store(cells, 0, batch.number);
  const folders = new Map<string, string>();
  const results: IngestResult[] = [];
  for (const [index, job] of batch.jobs.entries()) {
    Atomics.store(cells, 1, index);
    results.push(await ingestFile(job, { maxFileBytes, folders }));
  }
  const done: IngestBatchDone = { number: batch.number, results };
  parentPort?.postMessage(done);
}
