import { nextFloat, nextInt, pick, type Rng } from '../../../src/base/rng.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { minute } from './events.ts';

/** One event of any kind, at a random minute of the day, for one of a few conversations. */
function randomEvent(rng: Rng, id: string, conversationId: string): IngestEventInput {
  const base = { id, at: minute(nextInt(rng, 0, 55)), conversationId };
  const agentId = pick(rng, ['source-a', 'source-b', null]);
  const tags = [pick(rng, ['vip', 'refund', 'angry'])];
  const kind = pick(rng, ['customer', 'customer', 'ai', 'ai', 'agent', 'system'] as const);
  const author = kind === 'agent' ? { kind, id: agentId ?? 'source-c' } : { kind };
  const message = {
    ...base,
    type: 'message.posted',
    messageId: `m-${id}`,
    author,
    text: `text of ${id}`,
  } as const;
  return pick<() => IngestEventInput>(rng, [
    () => message,
    () => message,
    () => message,
    () => ({ ...base, type: 'conversation.escalated', reason: `reason ${id}`, tags }),
    () => ({ ...base, type: 'handoff.offered', reason: 'offer' }),
    () => ({ ...base, type: pick(rng, ['handoff.accepted', 'handoff.declined'] as const) }),
    () => ({ ...base, type: 'conversation.resolved', tags, finalSkill: 'skill' }),
    () => ({
      ...base,
      type: 'conversation.closed',
      by: pick(rng, ['customer', 'auto', 'agent', 'ai'] as const),
      agentId,
    }),
    () => ({ ...base, type: 'conversation.reopened', agentId }),
    () => ({ ...base, type: 'conversation.snoozed', until: base.at + nextInt(rng, 1, 9) * 60_000, agentId }),
    () => ({ ...base, type: 'conversation.assigned', assigneeId: agentId, agentId }),
    () => ({
      ...base,
      type: 'conversation.prioritized',
      priority: pick(rng, ['high', 'low', null] as const),
    }),
    () => ({ ...base, type: 'conversation.described', description: pick(rng, ['a', 'b', null]) }),
    () => ({
      ...base,
      type: 'conversation.tagged',
      tags,
      removed: [pick(rng, ['vip', 'refund'])],
      by: 'agent',
      agentId,
    }),
    () => ({
      ...base,
      type: 'conversation.profileSet',
      values: { goals: tags, plan: pick(rng, ['x', 2, true, null]) },
    }),
    () => ({ ...base, type: 'product.recommended', products: [{ id: pick(rng, ['p1', 'p2']), name: id }] }),
    () => ({ ...base, type: 'product.clicked', productId: pick(rng, ['p1', 'p2']) }),
    () => ({
      ...base,
      type: 'customer.identified',
      profile: { id: `${conversationId}-customer`, name: `name ${id}`, email: null },
    }),
    () => ({ ...base, type: 'agent.known', agentId: 'source-a', name: `agent ${id}` }),
    () => ({ ...base, type: 'agent.statusChanged', enabled: nextFloat(rng) < 0.5 }),
    () => ({
      ...base,
      type: 'order.placed',
      orderId: 'o1',
      customerId: 'p',
      valueMinor: nextInt(rng, 1, 99),
      currency: 'SEK',
    }),
  ])();
}

/** A random day of a few conversations: every kind of event, times that tie, ids that do not sort by time. */
export function randomDay(rng: Rng, conversations: number, events: number): IngestEventInput[] {
  const ids = Array.from({ length: conversations }, (_, index) => `c${index}`);
  const starts = ids.map(
    (id, index): IngestEventInput => ({
      id: `start-${id}`,
      type: 'conversation.started',
      at: minute(nextInt(rng, 0, 20)),
      conversationId: id,
      channel: 'web_chat',
      handledBy: index % 3 === 2 ? 'human' : 'ai',
      profile: { id: `${id}-customer`, ...(index === 0 ? { name: 'First' } : {}) },
    }),
  );
  const others = Array.from({ length: events }, (_, index) =>
    randomEvent(rng, `e${rng.u32().toString(36)}-${index}`, pick(rng, ids)),
  );
  return [...starts, ...others];
}

/** The items in another order; each once. */
export function shuffled<T>(rng: Rng, items: readonly T[]): T[] {
  const left = [...items];
  for (let index = left.length - 1; index > 0; index -= 1) {
    const other = nextInt(rng, 0, index);
    const kept = left[index];
    const moved = left[other];
    if (kept === undefined || moved === undefined) continue;
    left[index] = moved;
    left[other] = kept;
  }
  return left;
}

/** The items cut into runs of random lengths. */
export function split<T>(rng: Rng, items: readonly T[], longest: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < items.length; ) {
    const length = nextInt(rng, 1, longest);
    parts.push(items.slice(from, from + length));
    from += length;
  }
  return parts;
}
