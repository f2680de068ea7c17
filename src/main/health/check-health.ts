import type { HealthCheck } from '@contract/app';
import {
  checkAppData,
  checkBuild,
  checkDataFolder,
  checkDiskSpace,
  checkSqlite,
} from './installation-checks.ts';

/** What a check found; its id and label are in the list below. */
export type Finding = Pick<HealthCheck, 'state' | 'detail'>;

export interface Check {
  id: string;
  label: string;
  run: () => Finding | Promise<Finding>;
}

export interface CheckHealthOptions {
  dataDir: string;
  /** Checks of what is running, beside those of the installation. */
  more?: readonly Check[];
}

/** Runs every check. One that breaks has failed; it does not keep the others from their answer. */
export async function checkHealth({ dataDir, more = [] }: CheckHealthOptions): Promise<HealthCheck[]> {
  const checks: Check[] = [
    { id: 'build', label: 'Installation', run: checkBuild },
    { id: 'data-folder', label: 'Data folder', run: () => checkDataFolder(dataDir) },
    { id: 'disk-space', label: 'Disk space', run: () => checkDiskSpace(dataDir) },
    { id: 'sqlite', label: 'Database and text search', run: checkSqlite },
    { id: 'app-data', label: 'Chats and settings', run: () => checkAppData(dataDir) },
    ...more,
  ];
  return Promise.all(checks.map(runCheck));
}

async function runCheck({ id, label, run }: Check): Promise<HealthCheck> {
  try {
    return { id, label, ...(await run()) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { id, label, state: 'failed', detail: why };
  }
}
