import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { KnowledgeService } from '../../src/main/knowledge/knowledge-service.ts';
import { nodeChildAdapter } from '../../src/main/platform/node-child-adapter.ts';
import type { BenchCase, BenchContext, Measurement } from '../bench-case.ts';
import { EventLoopWatch } from '../event-loop-watch.ts';
import { readVocabulary, TextWriter } from '../generated-text.ts';
import { percentile } from '../statistics.ts';

const fileBytes = 500_000;
const statusIntervalMs = 250;
const searchIntervalMs = 500;
const idleMs = 10_000;

/** One gigabyte of generated text through the knowledge child, watched from the side the window's process is on. */
export const responsiveness: BenchCase = {
  name: 'responsiveness',
  summary: 'Indexing 1 GB of text: longest block of the main side, peak memory of the knowledge child',
  run: async (context) => {
    const source = join(context.folder, 'source');
    const totalBytes = context.isQuick ? 50_000_000 : 1_000_000_000;
    await writeFiles(source, totalBytes, context);
    return measure(context, source, totalBytes);
  },
};

async function measure(context: BenchContext, source: string, totalBytes: number): Promise<Measurement[]> {
  const service = new KnowledgeService({
    ...{
      dataDir: join(context.folder, 'data'),
      adapter: nodeChildAdapter,
      settings: { maxFileBytes: 50_000_000 },
    },
  });
  let updates = 0;
  service.watch(() => updates++);
  const idle = await watchIdle();
  const loop = new EventLoopWatch();
  let peakBytes = 0;
  const sampling = setInterval(
    () => (peakBytes = Math.max(peakBytes, peakOf(service.pid))),
    statusIntervalMs,
  );
  try {
    const startedAt = performance.now();
    const { id } = await service.addSource(source);
    loop.start();
    const searches = await searchUntil(service, waitUntilIndexed(service, id));
    const elapsedMs = performance.now() - startedAt;
    loop.stop();
    context.note(`${updates} updates of the state reached the main side`);
    return [
      { what: 'indexing', value: totalBytes / 1e6 / (elapsedMs / 1_000), unit: 'MB/s' },
      { what: 'main side: longest turn', value: loop.longestTurnMs, unit: 'ms', beside: 'below 50' },
      { what: 'main side: longest delay', value: loop.longestDelayMs, unit: 'ms' },
      { what: 'floor: longest delay when idle', value: idle.longestDelayMs, unit: 'ms' },
      { what: 'search meanwhile, median', value: percentile(searches, 0.5), unit: 'ms' },
      { what: 'search meanwhile, longest', value: Math.max(...searches), unit: 'ms' },
      { what: 'peak memory of the child', value: peakBytes / 1e6, unit: 'MB' },
    ];
  } finally {
    clearInterval(sampling);
    await service.close();
  }
}

/** What the machine itself delays a process that does nothing. */
async function watchIdle(): Promise<EventLoopWatch> {
  const watch = new EventLoopWatch();
  watch.start();
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  watch.stop();
  return watch;
}

/** Times of searches asked one after the other until something else is done. */
async function searchUntil(service: KnowledgeService, done: Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let isDone = false;
  const ended = done.finally(() => (isDone = true));
  while (!isDone) {
    const startedAt = performance.now();
    await service.search({ query: 'how to open a file', limit: 10, mode: 'lexical', filters: {} });
    times.push(performance.now() - startedAt);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, searchIntervalMs))]);
  }
  await ended;
  return times;
}

function waitUntilIndexed(service: KnowledgeService, sourceId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = service.watch(({ progress, sources }) => {
      const current = progress.find((entry) => entry.sourceId === sourceId);
      if (current?.phase === 'failed') reject(new Error(current.failure ?? 'indexing failed'));
      const isDone = sources.some((source) => source.id === sourceId && source.lastIndexedAt !== null);
      if (isDone && current?.phase === 'idle') resolve(stop());
    });
  });
}

/** High-water mark of the process's resident memory; 0 where the system does not tell (anything but Linux). */
function peakOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    return 0; // between two children
  }
}

async function writeFiles(folder: string, totalBytes: number, { root }: BenchContext): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const writer = new TextWriter(readVocabulary(root), 31);
  const paragraphs = Array.from({ length: 4_000 }, () => `${writer.text(60)}.\n\n`);
  let next = 0;
  for (let written = 0, file = 0; written < totalBytes; file++) {
    const stream = createWriteStream(join(folder, `part-${file}.md`));
    for (let size = 0; size < fileBytes && written < totalBytes;) {
      // A step that shares no factor with their number, so that files differ.
      const paragraph = paragraphs[(next += 1_237) % paragraphs.length] ?? '';
      stream.write(paragraph);
      size += paragraph.length;
      written += paragraph.length;
    }
    stream.end();
    await once(stream, 'finish');
  }
}
