import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '@contract/index';
import { Connection } from './connection.ts';

export const connection = new Connection();

/** Everything Alcove can be asked, typed by the contract. */
export const alcove: ContractRouterClient<Contract> = createORPCClient(connection);

/** Query options for each procedure, keyed by its path and input. */
export const queries = createTanstackQueryUtils(alcove);

export const queryClient = new QueryClient({
  // The answers come from this machine: retrying a refusal only delays the words, and focus changes nothing.
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: 5_000, networkMode: 'always' },
  },
});
