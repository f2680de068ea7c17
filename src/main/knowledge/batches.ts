import type { PlannedFile } from './scan.ts';

const batchFiles = 64;
const batchBytes = 524_288;

/** Small files go together, since each message to a thread has its price. */
export function* makeBatches(files: readonly PlannedFile[]): Generator<PlannedFile[], void> {
  let batch: PlannedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= batchFiles || bytes + file.job.sizeBytes > batchBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.job.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

/** Parts of a list of at most `size` items. */
export function* slices<Item>(items: readonly Item[], size: number): Generator<Item[], void> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
