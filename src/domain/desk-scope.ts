import { DAY, type EpochMillis, epochMillis } from '../base/time.ts';
import type { Conversation, Role } from './model.ts';

/** Key of the setting that says how much an agent's desk copies by itself; its value is JSON. */
export const SCOPE_KEY = 'scope';

/** Fewest and most days that a scope may have. */
export const SCOPE_DAYS = { min: 7, max: 3_650 } as const;

/** What desks copy without being asked (Y9): an agent's open work and this many days of the rest; null: everything. */
export interface ScopeSetting {
  readonly agentDays: number | null;
}

/** In force while nobody set another: every desk holds everything. */
export const DEFAULT_SCOPE: ScopeSetting = { agentDays: null };

/**
 * How far back a desk holds what is not open: all conversations later in the order (activity, then id, the latest first)
 * and this one. All open work is held beside it, and single conversations that were asked for.
 */
export interface HeldFrom {
  readonly at: number;
  readonly id: string;
}

/** Open work alone. */
export const OPEN_WORK: HeldFrom = { at: Number.MAX_SAFE_INTEGER, id: '' };

/**
 * What people have open or snoozed, and what the AI is at: an agent may take that over (S4). The rest of a desk's copy is
 * counted in its activity.
 */
export function isOpenWork({
  humanState,
  aiOutcome,
}: Pick<Conversation, 'humanState' | 'aiOutcome'>): boolean {
  return humanState === null ? aiOutcome === 'open' : humanState !== 'closed';
}

/** When something last happened in a conversation: no moment that a list, a figure or an export goes by is later. */
export function activityOf(
  row: Pick<Conversation, 'startedAt' | 'foldedAt' | 'aiClosedAt' | 'closedAt'>,
): number {
  return Math.max(row.startedAt, row.foldedAt, row.aiClosedAt ?? 0, row.closedAt ?? 0);
}

/** Negative when `a` comes first: the later activity, then the smaller id. */
export function compareHeld(a: HeldFrom, b: HeldFrom): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** The moment that asks for everything: no activity is earlier. */
export const EVERYTHING = 0;

/** Whether a desk that holds this much (null: everything) has every conversation in which something happened at `from` or later. */
export function holdsFrom(held: HeldFrom | null, from: number): boolean {
  return held === null || held.at < from;
}

/** The first moment from which a desk holds everything; null: it holds everything there is. */
export function heldSince(held: HeldFrom | null): EpochMillis | null {
  return held === null ? null : epochMillis(held.at + 1);
}

/** How many days of what is not open a desk copies by itself; null: everything, as leads and admins always do. */
export function scopeDays(setting: ScopeSetting, role: Role): number | null {
  return role === 'agent' ? setting.agentDays : null;
}

/** From when on a desk should hold everything: by its scope, or further back where it was asked to. */
export function reachOf(days: number | null, asked: number | null, now: EpochMillis): number {
  if (days === null) return EVERYTHING;
  return Math.max(EVERYTHING, Math.min(now - days * DAY, asked ?? now));
}

/** Reads the setting; the default where there is none or it cannot be read. */
export function parseScope(value: string | null): ScopeSetting {
  const json = value === null ? null : parseJson(value);
  if (typeof json !== 'object' || json === null || !('agentDays' in json)) return DEFAULT_SCOPE;
  const { agentDays } = json;
  return isScopeDays(agentDays) ? { agentDays } : DEFAULT_SCOPE;
}

/** Whether a number of days may be set. */
export function isScopeDays(days: unknown): days is number {
  return (
    typeof days === 'number' && Number.isInteger(days) && days >= SCOPE_DAYS.min && days <= SCOPE_DAYS.max
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
