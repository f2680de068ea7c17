import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outFolder } from './entries.ts';

/** The version of this Alcove, as in its package.json, which lies beside the build in every installation. */
export function readVersion(): string {
  const manifest = JSON.parse(readFileSync(join(outFolder(), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
