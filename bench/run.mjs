// Builds Alcove and the benchmark, then runs it: `npm run bench -- [--only name,...] [--quick] [--beir folder]`.
import { build } from 'vite';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../scripts/build.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

buildIfStale({ quiet: true });
// Beside the other entries, where `platform/entries.ts` expects built code to be.
await build({
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@contract': path('../src/contract') } },
  build: {
    ssr: path('main.ts'),
    target: 'node20.18',
    outDir: path('../out/main'),
    emptyOutDir: false,
    rollupOptions: {
      output: { entryFileNames: 'bench.js', chunkFileNames: 'chunks/bench-[name]-[hash].js' },
    },
  },
});
const { runBenchmarks } = await import('../out/main/bench.js');
process.exitCode = await runBenchmarks(process.argv.slice(2), path('..'));
