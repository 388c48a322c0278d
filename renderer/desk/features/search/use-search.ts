import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { SearchHit, SearchResult } from '../../../../src/protocol/rpc/status.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';

const PAGE = 50;

export interface Search {
  readonly hits: readonly SearchHit[];
  readonly scope: SearchResult['scope'] | null;
  readonly hasMore: boolean;
  /** The engine's code when it could not answer. */
  readonly problem: unknown;
  more(): void;
}

/** Messages that hold the words, newest first, a page at a time. The former hits stay until the new ones are there. */
export function useSearch(text: string): Search {
  const client = useDeskClient();
  const query = useInfiniteQuery({
    queryKey: ['search.messages', text],
    queryFn: async ({ pageParam, signal }) =>
      client.call('search.messages', { text, after: pageParam, limit: PAGE }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled: text !== '',
  });
  const pages = query.data?.pages ?? [];
  return {
    hits: pages.flatMap((page) => page.hits),
    scope: pages[0]?.scope ?? null,
    hasMore: query.hasNextPage,
    problem: query.error,
    more: () => void query.fetchNextPage(),
  };
}
