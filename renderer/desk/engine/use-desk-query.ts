import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { DeskMethod } from '../../../src/protocol/rpc/contract.ts';
import type { CallInput, CallOutput } from './desk-client.ts';
import { queryKey, useDeskClient } from './engine-provider.tsx';

/** How a query behaves beside its input. */
export interface DeskQueryOptions {
  /** False asks nothing. */
  readonly enabled?: boolean;
  /** True shows the former answer (of another input, too) until the new one is there. */
  readonly keep?: boolean;
}

/**
 * The engine's answer to `method(input)`, asked again whenever the engine says that it may have changed. `data` is
 * undefined only until the first answer; nothing is shown as loading while a newer one is fetched.
 */
export function useDeskQuery<M extends DeskMethod>(
  method: M,
  input: CallInput<M>,
  options: DeskQueryOptions = {},
): UseQueryResult<CallOutput<M>> {
  const client = useDeskClient();
  return useQuery<CallOutput<M>>({
    queryKey: queryKey(method, input),
    queryFn: async ({ signal }) => client.call(method, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
