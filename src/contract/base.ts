import { oc } from '@orpc/contract';
import { contractErrors } from './errors.ts';

/** Every procedure starts here, so that every client sees the same typed errors. */
export const procedure = oc.errors(contractErrors);
