import type { HealthCheck } from '@contract/app';
import { checkHealth } from '../health/check-health.ts';
import { knowledgeChecks } from '../knowledge-checks.ts';
import { AppError } from '../platform/app-error.ts';
import type { Command } from './command.ts';
import { type OpenedModels, openModelsOf } from './open-models.ts';

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

/** Checks the installation and the data folder; works beside a running Alcove. */
export const doctorCommand: Command = {
  usage: 'doctor [--json]',
  options: {},
  details:
    'Fails when a check failed.\n\nJSON: {"checks":[{"id","label","state":"ok"|"warning"|"failed","detail"}]}',
  run: async ({ dataDir, isJson, output }) => {
    const checks = await checkAll(dataDir);
    output.result(isJson ? JSON.stringify({ checks }) : checks.map(asText).join('\n'));
    const failedCount = checks.filter((check) => check.state === 'failed').length;
    if (failedCount > 0) throw new AppError('internal', `${failedCount} of ${checks.length} checks failed.`);
  },
};

async function checkAll(dataDir: string): Promise<HealthCheck[]> {
  let opened: OpenedModels;
  try {
    opened = openModelsOf(dataDir);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const checks = await checkHealth({ dataDir, more: knowledgeChecks(dataDir) });
    return checks.map((check) => (check.id === 'app-data' ? { ...check, state: 'failed', detail } : check));
  }
  try {
    return await checkHealth({ dataDir, more: [...knowledgeChecks(dataDir), ...opened.models.checks] });
  } finally {
    await opened.close();
  }
}

function asText({ state, label, detail }: HealthCheck): string {
  return `${marks[state]}  ${label}: ${detail}`;
}
