import { useQuery } from '@tanstack/react-query';
import type { AppInfo } from '@contract/app';
import { queries, queryClient } from '../client/alcove.ts';

const options = (): ReturnType<typeof queries.app.info.queryOptions> =>
  queries.app.info.queryOptions({ staleTime: Infinity });

/** What this door can do; undefined until Alcove has answered. */
export function useAppInfo(): AppInfo | undefined {
  return useQuery(options()).data;
}

export async function readAppInfo(): Promise<AppInfo> {
  return queryClient.ensureQueryData(options());
}
