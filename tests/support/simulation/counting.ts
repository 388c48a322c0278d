import type { Counts } from './counts.ts';
import type { Packet } from './network.ts';

const CONFLICTS: readonly (string | undefined)[] = [
  'takenBySomeoneElse',
  'changedSince',
  'newCustomerMessage',
];

/** Requests and answers of this process: as their types say. */
interface Pushed {
  readonly clientId: string;
  readonly mutations: readonly { readonly mid: number }[];
}
interface Pulled {
  readonly kind: string;
}
interface Answered {
  readonly outcomes: readonly { readonly status: string; readonly code?: string }[];
}

/** Counts what a push repeats, and pushes that begin beyond what the workspace remembers. */
export function countPush(counts: Counts, { body }: Packet, lastMids: ReadonlyMap<string, number>): void {
  const { clientId, mutations } = body as Pushed;
  const last = lastMids.get(clientId) ?? 0;
  for (const { mid } of mutations) if (mid <= last) counts.duplicates += 1;
  if ((mutations[0]?.mid ?? 0) > last + 1) counts.reoffered += 1;
}

/** Whether a pull was answered with a reset. */
export function isReset(value: unknown): boolean {
  return (value as Pulled).kind === 'reset';
}

/** Counts resets, refusals, conflicts and held replies. */
export function countAnswer(counts: Counts, { verb }: Packet, value: unknown): void {
  if (verb === 'pull' && isReset(value)) counts.resets += 1;
  if (verb !== 'push') return;
  const { outcomes } = value as Answered;
  for (const { status, code } of outcomes) {
    if (status !== 'refused') continue;
    counts.refusals += 1;
    if (code === 'staleReply') counts.held += 1;
    if (CONFLICTS.includes(code)) counts.conflicts += 1;
  }
}
