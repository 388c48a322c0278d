import type { ListQuery, Queue } from '../../../../src/protocol/rpc/list.ts';
import { useNow } from '../../app/clock.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';

/** What this computer holds of the workspace, in words that screens put together. */
export interface Held {
  /** From when on everything is here; null: everything there is, or not known yet. */
  readonly since: number | null;
  /** The same, written out; empty without one. */
  readonly sinceText: string;
  readonly isFetching: boolean;
  /** The copy itself is still being made. */
  readonly isCopying: boolean;
  readonly isOnline: boolean;
  /** Fetches back to a moment; 0 is the beginning. */
  fetch(from: number): void;
}

/** Days of a year and a quarter of one. */
const YEAR = 365.25 * 86_400_000;

/** A year before a moment; 0 where that would be before time began. */
export function yearBefore(since: number): number {
  return Math.max(0, Math.round(since - YEAR));
}

/** Nothing of what is not open has come yet: `since` lies beyond any moment. */
export function isOpenAlone(since: number): boolean {
  return since > 8.64e15;
}

export function useHeld(): Held {
  const { formats } = useText();
  const now = useNow();
  const client = useDeskClient();
  const { data: scope } = useDeskQuery('scope.state', {});
  const { data: status } = useDeskQuery('sync.status', {});
  const since = scope?.since ?? null;
  return {
    since,
    sinceText: since === null || isOpenAlone(since) ? '' : formats.dateTime(since, now),
    isFetching: scope?.reach != null,
    isCopying: status?.bootstrap != null,
    isOnline: status?.workspace === 'connected',
    fetch: (from) => void client.call('scope.reach', { from }).catch(() => undefined),
  };
}

/** Open work. */
const OPEN_QUEUES: readonly Queue[] = ['inbox', 'mine', 'unassigned', 'unread', 'snoozed', 'withAi'];

/** Whether every desk holds a queue whole. */
export function isOpenQueue(queue: Queue): boolean {
  return OPEN_QUEUES.includes(queue);
}

/** A count of a queue or a view that may stand as a total: null where this computer holds a part of it (Y9). */
export function wholeCount(
  count: number | null,
  of: Pick<ListQuery, 'queue'>,
  { since }: Pick<Held, 'since'>,
): number | null {
  return since === null || isOpenQueue(of.queue) ? count : null;
}
