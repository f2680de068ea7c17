#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../out/main/cli.js', import.meta.url);

if (!existsSync(entry)) {
  const { buildIfStale } = await import('../scripts/build.mjs');
  process.stderr.write('Alcove is not built yet: building it once.\n');
  buildIfStale({ quiet: true });
}
await import(entry.href);
