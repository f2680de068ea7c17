import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

const alias = { '@contract': resolve(import.meta.dirname, 'src/contract') };

/** What `alcove search` runs, and other parts too. */
const searchModules = new RegExp(
  [
    'knowledge/(search|terms|embedder)/',
    'knowledge/vectors/embedded-text',
    'knowledge/(knowledge|knowledge-database|schema|sources|source-store|source-path|source-file|file-error)\\.ts',
    'knowledge/(document-(reader|access|text|store)|embeddings|index-scheduler|file-list|progress|change-feed|reading-pools)\\.ts',
    'platform/(app-error|database|entries|data-folder|version)\\.ts',
    'cli/(search-command|command|query-embedder)\\.ts',
  ]
    .map((path) => `src/main/${path}`)
    .join('|'),
);

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node20.18',
      outDir: 'out/main',
      sourcemap: true,
      rollupOptions: {
        // Every process and worker is its own entry; `platform/entries.ts` finds them beside each other.
        input: {
          electron: resolve(import.meta.dirname, 'src/main/electron.ts'),
          cli: resolve(import.meta.dirname, 'src/main/cli.ts'),
          'engine-child': resolve(import.meta.dirname, 'src/main/inference/engine-child.ts'),
          'knowledge-child': resolve(import.meta.dirname, 'src/main/knowledge/knowledge-child.ts'),
          'ingest-worker': resolve(import.meta.dirname, 'src/main/knowledge/ingest-worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // A search from the command line takes about as long as its files take to load: they are one.
          codeSplitting: { groups: [{ name: 'search', test: searchModules }] },
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(import.meta.dirname, 'src/preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(import.meta.dirname, 'src/renderer'),
    resolve: { alias },
    plugins: [react()],
    // The code highlighter's worker loads its grammars one by one, which only modules can.
    worker: { format: 'es' },
    build: {
      target: 'chrome130',
      outDir: resolve(import.meta.dirname, 'out/renderer'),
      rollupOptions: { input: { index: resolve(import.meta.dirname, 'src/renderer/index.html') } },
    },
  },
});
