import { nextFloat, nextInt, pick, type Rng } from '../../../src/base/rng.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';

export const CONVERSATIONS = ['c0', 'c1', 'c2', 'c3'];

/** The first events: two conversations handed over, one without an AI, one still the AI's. */
export function opening(at: number): readonly IngestEventInput[] {
  return CONVERSATIONS.flatMap((id, index): IngestEventInput[] => [
    {
      id: `${id}-start`,
      type: 'conversation.started',
      at,
      conversationId: id,
      channel: 'web_chat',
      handledBy: index === 2 ? 'human' : 'ai',
      profile: { id: `${id}-customer`, name: `Customer ${id}` },
    },
    customerWrites(id, `${id}-first`, at + 1_000),
    ...(index < 2
      ? [
          {
            id: `${id}-out`,
            type: 'conversation.escalated',
            at: at + 2_000,
            conversationId: id,
            reason: 'order',
          } as const,
        ]
      : []),
  ]);
}

export function customerWrites(conversationId: string, messageId: string, at: number): IngestEventInput {
  return {
    id: `e-${messageId}`,
    type: 'message.posted',
    at,
    conversationId,
    messageId,
    author: { kind: 'customer' },
    text: `asks ${messageId}`,
  };
}

/** What else sources tell, at times around `from`, in no order; some of a conversation that starts late or never. */
export function laterEvents(rng: Rng, from: number, count: number): IngestEventInput[] {
  const events = Array.from({ length: count }, (_, index) =>
    anyEvent(
      rng,
      `l${index}`,
      pick(rng, [...CONVERSATIONS, 'late']),
      from + nextInt(rng, -3_000_000, 600_000),
    ),
  );
  events.splice(nextInt(rng, 0, events.length), 0, {
    id: 'late-start',
    type: 'conversation.started',
    at: from,
    conversationId: 'late',
    channel: 'email',
    handledBy: 'human',
    profile: { id: 'c0-customer' },
  });
  return events;
}

function anyEvent(rng: Rng, id: string, conversationId: string, at: number): IngestEventInput {
  const base = { id, at, conversationId };
  const agentId = pick(rng, ['ada', 'ben', null]);
  const tags = [pick(rng, ['vip', 'refund'])];
  return pick<() => IngestEventInput>(rng, [
    () => ({
      ...base,
      type: 'message.posted',
      messageId: `m-${id}`,
      author: { kind: 'ai' },
      text: `answers ${id}`,
    }),
    () => customerWrites(conversationId, id, at),
    () => customerWrites(conversationId, id, at),
    () => ({ ...base, type: 'conversation.escalated', reason: `reason ${id}`, tags }),
    () => ({ ...base, type: 'handoff.offered', reason: 'offer' }),
    () => ({ ...base, type: 'conversation.resolved', tags, finalSkill: 'skill' }),
    () => ({
      ...base,
      type: 'conversation.closed',
      by: pick(rng, ['customer', 'auto', 'ai'] as const),
      agentId: null,
    }),
    () => ({
      ...base,
      type: 'conversation.prioritized',
      priority: pick(rng, ['high', 'low', null] as const),
    }),
    () => ({ ...base, type: 'conversation.tagged', tags, removed: ['vip'], by: 'agent', agentId }),
    () => ({ ...base, type: 'conversation.profileSet', values: { goals: tags, plan: nextInt(rng, 1, 9) } }),
    () => ({ ...base, type: 'product.recommended', products: [{ id: pick(rng, ['p1', 'p2']), name: id }] }),
    () => ({
      ...base,
      type: 'customer.identified',
      profile: { id: `${conversationId}-customer`, name: `name ${id}` },
    }),
    () => ({ ...base, type: 'agent.statusChanged', enabled: nextFloat(rng) < 0.5 }),
    () => ({
      ...base,
      type: 'order.placed',
      orderId: `o-${id}`,
      customerId: `${conversationId}-customer`,
      valueMinor: nextInt(rng, 1, 99),
      currency: 'SEK',
    }),
  ])();
}
