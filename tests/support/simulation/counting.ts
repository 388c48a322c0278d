import type { Counts } from './counts.ts';
import type { Packet } from './network.ts';

/** How the JSON of a reset begins. */
export const RESET = '{"kind":"reset"';

const CONFLICTS: readonly (string | undefined)[] = [
  'takenBySomeoneElse',
  'changedSince',
  'newCustomerMessage',
];

/** Counts what a push repeats, and pushes that begin beyond what the workspace remembers. */
export function countPush(counts: Counts, { body }: Packet, lastMids: ReadonlyMap<string, number>): void {
  const request: { readonly clientId: string; readonly mutations: readonly { readonly mid: number }[] } =
    JSON.parse(body);
  const last = lastMids.get(request.clientId) ?? 0;
  counts.duplicates += request.mutations.filter(({ mid }) => mid <= last).length;
  if ((request.mutations[0]?.mid ?? 0) > last + 1) counts.reoffered += 1;
}

/** Counts resets, refusals, conflicts and held replies. */
export function countAnswer(counts: Counts, { verb }: Packet, text: string): void {
  if (verb === 'pull' && text.startsWith(RESET)) counts.resets += 1;
  if (verb !== 'push') return;
  const answer: { readonly outcomes: readonly { readonly status: string; readonly code?: string }[] } =
    JSON.parse(text);
  for (const { status, code } of answer.outcomes) {
    if (status !== 'refused') continue;
    counts.refusals += 1;
    if (code === 'staleReply') counts.held += 1;
    if (CONFLICTS.includes(code)) counts.conflicts += 1;
  }
}
