import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useScreen } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { createListView, type ListView, type ListViewState } from './list-view.ts';

/** The query that the screen's state stands for; the same object as long as it says the same. */
export function useListQuery(): ListQuery {
  const queue = useScreen((screen) => screen.queue);
  const filters = useScreen((screen) => screen.filters);
  const sort = useScreen((screen) => screen.sort);
  const among = useScreen((screen) => screen.among);
  return useMemo(
    () => ({ queue, filters, sort, ...(among === null ? {} : { among }) }),
    [queue, filters, sort, among],
  );
}

export interface OpenedList {
  readonly view: ListView;
  readonly state: ListViewState;
}

/**
 * Opens the list of a query and keeps it true. While `frozen` (the reader's hand or eye is in it) its order stays, and only
 * the rows' contents change; otherwise it takes up changes by itself.
 */
export function useList(query: ListQuery, columns: readonly string[], frozen: boolean): OpenedList {
  const client = useDeskClient();
  const [view] = useState(() => createListView(client));
  const state = useSyncExternalStore(view.subscribe, view.getState);
  const isBare = state.total === 0;
  useEffect(() => view.show(query, columns), [view, query, columns]);
  useEffect(() => {
    const stop = client.listen(({ topic }) => {
      if (topic === 'list') view.invalidate();
    });
    return () => {
      stop();
      view.close();
    };
  }, [client, view]);
  useEffect(() => {
    // In a list without rows nothing can move under the hand.
    if ((!frozen || isBare) && state.changed > 0) void view.refresh();
  }, [view, frozen, isBare, state.changed]);
  return { view, state };
}
