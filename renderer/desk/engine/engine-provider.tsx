import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { DeskMethod } from '../../../src/protocol/rpc/contract.ts';
import type { DeskClient } from './desk-client.ts';
import { isStaleAfter } from './stale.ts';

const ClientContext = createContext<DeskClient | null>(null);

/** The key under which an answer is kept. */
export function queryKey(method: DeskMethod, input: unknown): readonly [DeskMethod, unknown] {
  return [method, input];
}

/** Answers never age by themselves: the engine says what changed. They are kept while they are asked anew. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Makes old what the engine's events concern; everything after the link was lost and came back. */
function followEngine(client: DeskClient, queries: QueryClient): () => void {
  const stopListening = client.listen((event) => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [method, input] }) => isStaleAfter(method as DeskMethod, input, event),
    });
  });
  let wasUp = true;
  const stopLink = client.onLink((up) => {
    if (up && !wasUp) void queries.invalidateQueries();
    wasUp = up;
  });
  return () => {
    stopListening();
    stopLink();
  };
}

/** Gives the screens below it the engine. */
export function EngineProvider(props: {
  readonly client: DeskClient;
  readonly children: ReactNode;
}): ReactNode {
  const [queries] = useState(createQueryClient);
  useEffect(() => followEngine(props.client, queries), [props.client, queries]);
  return (
    <ClientContext value={props.client}>
      <QueryClientProvider client={queries}>{props.children}</QueryClientProvider>
    </ClientContext>
  );
}

/** The engine; throws outside its provider. */
export function useDeskClient(): DeskClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('invariant broken: no engine above this component');
  return client;
}

/** Whether the engine can be reached. */
export function useEngineLink(): boolean {
  const client = useDeskClient();
  const [up, setUp] = useState(true);
  useEffect(() => client.onLink(setUp), [client]);
  return up;
}
