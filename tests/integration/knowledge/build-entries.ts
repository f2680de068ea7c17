import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const repository = resolve(import.meta.dirname, '../../..');

export interface BuiltEntries {
  worker: string;
  child: string;
  /** Indexes a folder: `node <script> <dataDir> <folder>`; tells its progress on stdout. */
  indexProcess: string;
  remove(): void;
}

/** Builds the entries that run as a process or thread of their own, so that tests never meet an old build. */
export async function buildEntries(): Promise<BuiltEntries> {
  const cache = join(repository, 'node_modules/.cache/alcove-tests');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'knowledge-'));
  // Built code finds its neighbours by the name of this folder.
  const outDir = join(folder, 'out/main');
  const source = (name: string) => join(repository, 'src/main/knowledge', name);
  await build({
    configFile: false,
    root: repository,
    logLevel: 'warn',
    resolve: { alias: { '@contract': join(repository, 'src/contract') } },
    ssr: { external: true },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        input: {
          'ingest-worker': source('ingest-worker.ts'),
          'knowledge-child': source('knowledge-child.ts'),
          'index-process': join(import.meta.dirname, 'index-process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  return {
    worker: join(outDir, 'ingest-worker.js'),
    child: join(outDir, 'knowledge-child.js'),
    indexProcess: join(outDir, 'index-process.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
