import type { Counts } from './counts.ts';
import type { Packet } from './network.ts';

/** How the JSON of a reset begins. */
export const RESET = '{"kind":"reset"';

const REFUSED = '"refused"';
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
interface Answered {
  readonly outcomes: readonly { readonly status: string; readonly code?: string }[];
}

/** Counts what a push repeats, and pushes that begin beyond what the workspace remembers. */
export function countPush(counts: Counts, body: unknown, lastMids: ReadonlyMap<string, number>): void {
  const { clientId, mutations } = body as Pushed;
  const last = lastMids.get(clientId) ?? 0;
  for (const { mid } of mutations) if (mid <= last) counts.duplicates += 1;
  if ((mutations[0]?.mid ?? 0) > last + 1) counts.reoffered += 1;
}

/** Counts resets, refusals, conflicts and held replies. */
export function countAnswer(counts: Counts, { verb }: Packet, text: string): void {
  if (verb === 'pull' && text.startsWith(RESET)) counts.resets += 1;
  if (verb !== 'push' || !text.includes(REFUSED)) return;
  const { outcomes } = JSON.parse(text) as Answered;
  for (const { status, code } of outcomes) {
    if (status !== 'refused') continue;
    counts.refusals += 1;
    if (code === 'staleReply') counts.held += 1;
    if (CONFLICTS.includes(code)) counts.conflicts += 1;
  }
}
