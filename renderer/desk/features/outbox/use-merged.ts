import { useCallback } from 'react';
import type { MergedList } from '../../../../src/protocol/rpc/status.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';

const NONE: readonly MergedList[] = [];

/** Lists of mine that others' changes were merged into and that I have not read, latest first (F1, S8). */
export function useMerged(): readonly MergedList[] {
  return useDeskQuery('outbox.merged', {}).data ?? NONE;
}

/** Puts one away as read. */
export function useMergedRead(): (mid: number) => void {
  const client = useDeskClient();
  return useCallback(
    (mid) => void client.call('outbox.mergedRead', { mid }).catch(() => undefined),
    [client],
  );
}
