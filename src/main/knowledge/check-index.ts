import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HealthCheck } from '@contract/app';
import { findDamage } from '../platform/find-damage.ts';
import { indexDamaged, isKeptDamagedFile, noteDamagedIndex } from './damaged-index.ts';

/** Reads all of the index to find damage, and notes it for the next start; says where an earlier damaged one is kept. */
export function checkIndex(dataDir: string): Pick<HealthCheck, 'state' | 'detail'> {
  const path = join(dataDir, 'knowledge.db');
  if (!existsSync(path)) return { state: 'ok', detail: 'Nothing is indexed yet.' };
  const problem = findDamage(path);
  if (problem !== null) {
    noteDamagedIndex(dataDir);
    return { state: 'failed', detail: indexDamaged(dataDir, problem).message };
  }
  const kept = readdirSync(dataDir).filter(isKeptDamagedFile);
  if (kept.length === 0) return { state: 'ok', detail: 'The index is sound.' };
  const detail = `The index was damaged and has been built anew. What is left of it can be deleted from ${dataDir}: ${kept.join(', ')}`;
  return { state: 'warning', detail };
}
