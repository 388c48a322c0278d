import { z } from 'zod';
import type { Counts } from './counts.ts';
import type { Packet } from './network.ts';

/** How the JSON of a reset begins. */
export const RESET = '{"kind":"reset"';

const CONFLICTS: readonly (string | undefined)[] = [
  'takenBySomeoneElse',
  'changedSince',
  'newCustomerMessage',
];

const pushed = z.object({ clientId: z.string(), mutations: z.array(z.object({ mid: z.number() })) });
const answered = z.object({
  outcomes: z.array(z.object({ status: z.string(), code: z.string().optional() })),
});

/** Counts what a push repeats, and pushes that begin beyond what the workspace remembers. */
export function countPush(counts: Counts, { body }: Packet, lastMids: ReadonlyMap<string, number>): void {
  const request = pushed.parse(JSON.parse(body));
  const last = lastMids.get(request.clientId) ?? 0;
  counts.duplicates += request.mutations.filter(({ mid }) => mid <= last).length;
  if ((request.mutations[0]?.mid ?? 0) > last + 1) counts.reoffered += 1;
}

/** Counts resets, refusals, conflicts and held replies. */
export function countAnswer(counts: Counts, { verb }: Packet, text: string): void {
  if (verb === 'pull' && text.startsWith(RESET)) counts.resets += 1;
  if (verb !== 'push') return;
  const answer = answered.parse(JSON.parse(text));
  for (const { status, code } of answer.outcomes) {
    if (status !== 'refused') continue;
    counts.refusals += 1;
    if (code === 'staleReply') counts.held += 1;
    if (CONFLICTS.includes(code)) counts.conflicts += 1;
  }
}
