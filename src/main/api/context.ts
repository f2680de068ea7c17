import { contract } from '@contract/index';
import { implement } from '@orpc/server';
import type { Logger } from '../platform/logger.ts';
import { reportErrors } from './report-errors.ts';
import type { Door, Services } from './services.ts';

/** What every handler is given beside its input. */
export interface ApiContext {
  services: Services;
  door: Door;
  logger: Logger;
}

/** The contract, ready to be given handlers. */
export const api = implement(contract).$context<ApiContext>().use(reportErrors);
