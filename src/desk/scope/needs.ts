import { EVERYTHING } from '../../domain/desk-scope.ts';
import type { Drill } from '../../protocol/rpc/drill.ts';
import type { ListQuery, Queue } from '../../protocol/rpc/list.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { daysOf } from '../insight/drill-days.ts';
import type { AskedDays } from '../insight/ranges.ts';
import { salesPolicy } from '../insight/sales-query.ts';

/** Queues of open work: every desk holds them whole (Y9). */
const OPEN_QUEUES: readonly Queue[] = ['inbox', 'mine', 'unassigned', 'unread', 'snoozed', 'withAi'];
const OPEN_STATES: readonly string[] = ['open', 'snoozed'];

/** The longest that an order may lie behind what led to it: its conversation may have been silent since (A1). */
function salesWindow(db: ReadableDb): number {
  return Math.max(0, ...Object.values(salesPolicy(db)).map(({ window }) => window));
}

/** From when on a desk must hold everything for the figures of a range, and of the one before it. */
export function rangeNeed(db: ReadableDb, { days, before }: Pick<AskedDays, 'days' | 'before'>): number {
  return Math.max(EVERYTHING, Math.min(days.start, before.start) - salesWindow(db));
}

/** The same for the conversations behind a figure; null for days that there are none of. */
function drillNeed(db: ReadableDb, drill: Drill): number | null {
  const named = drill.of === 'review' ? drill.days : drill;
  if (named === undefined) return EVERYTHING;
  const days = daysOf(named);
  if (days === null) return null;
  return Math.max(EVERYTHING, days.start - (drill.of === 'sales' ? salesWindow(db) : 0));
}

/** From when on a desk must hold everything for a list to be whole; null: open work is always here. */
export function listNeed(db: ReadableDb, { queue, filters, among }: ListQuery): number | null {
  const states = filters.state ?? [];
  const isOpen = states.length > 0 && states.every((state) => OPEN_STATES.includes(state));
  if (isOpen || OPEN_QUEUES.includes(queue)) return null;
  return among === undefined ? EVERYTHING : drillNeed(db, among);
}
