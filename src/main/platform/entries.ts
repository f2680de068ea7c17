import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that runs as its own process or worker thread; each is an input of the main build. */
export type EntryName = 'engine-child' | 'knowledge-child' | 'ingest-worker';

const builtFolder = `${sep}out${sep}main${sep}`;

/**
 * Absolute path of a built entry. Built code finds its neighbours in the same `out/main`; code run from sources
 * (tests) uses the last build of this repository.
 */
export function entryPath(name: EntryName): string {
  return `${outFolder()}main${sep}${name}.js`;
}

/** Absolute path of `out/`, with a trailing separator. */
export function outFolder(): string {
  const here = fileURLToPath(import.meta.url);
  const built = here.lastIndexOf(builtFolder);
  if (built !== -1) return here.slice(0, built) + `${sep}out${sep}`;
  const sources = here.lastIndexOf(`${sep}src${sep}main${sep}`);
  return here.slice(0, sources) + `${sep}out${sep}`;
}
