import fc from 'fast-check';
import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { Fact, HistoryEvent, ProfileValue } from '../../../src/domain/events.ts';
import { ANA, BO, C1, DAWN, escalatedFact, messageIdOf, postedFact, startedFact } from './history.ts';

/** One seed for every property, so that a run can be repeated; a failure prints its own. */
export const SEED = 20_261_121;

const agent = fc.constantFrom(ANA, BO);
const maybeAgent = fc.option(agent, { nil: null });
const text = fc.constantFrom('refund', 'vip', 'late', 'gift');
const product = fc.constantFrom('p1', 'p2', 'p3').map((id) => asId<'ProductId'>(id));
const value: fc.Arbitrary<ProfileValue> = fc.oneof(
  fc.constantFrom<ProfileValue>('high', 'low', 'blue', null, true, false, 3, 4.5),
  fc.array(text, { maxLength: 4 }),
);

const ordinal = fc.constantFrom(null, 0, 1, 2, 3);
const score = fc.integer({ min: 0, max: 6 });

/** Every kind of fact but the start; message ids come from a small set, so that some come twice. */
const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        kind: fc.constantFrom('customer', 'customer', 'ai', 'agent', 'system'),
        id: fc.integer({ min: 0, max: 60 }),
        note: fc.boolean(),
      })
      .map(({ kind, id, note }) => postedFact(kind, `m${id}`, { note: note && kind === 'agent' })),
  },
  fc
    .record({
      method: fc.constantFrom('live', 'ticket', 'message'),
      tags: fc.array(text, { maxLength: 2 }),
      skill: fc.option(text, { nil: null }),
    })
    .map((over) => escalatedFact(over)),
  fc.constant<Fact>({ type: 'handoffOffered', reasonCode: 'policy', reason: null, skill: null }),
  fc.constantFrom<Fact>({ type: 'handoffAccepted' }, { type: 'handoffDeclined' }),
  agent.map((agentId): Fact => ({ type: 'takenOver', agentId })),
  fc.constant<Fact>({ type: 'resolved', finalSkill: 'faq', tags: ['done'], rawStatus: 'resolved' }),
  {
    weight: 3,
    arbitrary: fc
      .record({ by: fc.constantFrom('customer', 'auto', 'agent', 'agent', 'ai'), agentId: maybeAgent })
      .map((over): Fact => ({ type: 'closed', ...over })),
  },
  { weight: 2, arbitrary: agent.map((agentId): Fact => ({ type: 'closeUndone', agentId })) },
  { weight: 2, arbitrary: maybeAgent.map((agentId): Fact => ({ type: 'reopened', agentId })) },
  { weight: 2, arbitrary: agent.map((agentId): Fact => ({ type: 'reopenUndone', agentId })) },
  fc.record({ until: fc.integer({ min: 0, max: 200 }), agentId: maybeAgent }).map(
    ({ until, agentId }): Fact => ({
      type: 'snoozed',
      until: epochMillis(DAWN + until * 1_800_000),
      agentId,
    }),
  ),
  maybeAgent.map((agentId): Fact => ({ type: 'woken', agentId })),
  fc
    .record({ assigneeId: maybeAgent, agentId: maybeAgent })
    .map((over): Fact => ({ type: 'assigned', ...over })),
  fc.constantFrom('high', 'medium', 'low', null).map((priority): Fact => ({ type: 'prioritySet', priority })),
  fc
    .record({ tag: text, appliedBy: fc.constantFrom('ai', 'agent'), agentId: maybeAgent })
    .map((over): Fact => ({ type: 'tagAdded', ...over })),
  text.map((tag): Fact => ({ type: 'tagRemoved', tag })),
  fc.option(text, { nil: null }).map((description): Fact => ({ type: 'descriptionSet', description })),
  agent.map((agentId): Fact => ({ type: 'handoffRead', agentId })),
  agent.map((agentId): Fact => ({ type: 'followed', agentId })),
  agent.map((agentId): Fact => ({ type: 'unfollowed', agentId })),
  product.map((id): Fact => ({ type: 'productsRecommended', products: [{ id, name: null, url: null }] })),
  product.map((productId): Fact => ({ type: 'productClicked', productId })),
  fc
    .dictionary(fc.constantFrom('priority', 'tags', 'description', 'profile.color', 'state'), value)
    .map((values): Fact => ({ type: 'profileSet', values })),
  fc.record({ ordinal, scale: fc.constantFrom(2, 3, 5), ownerId: maybeAgent }).map(
    (over): Fact => ({
      type: 'surveySent',
      surveyId: 's1',
      language: 'ko',
      medium: 'form',
      expiresAt: null,
      link: null,
      ...over,
    }),
  ),
  fc
    .record({ ordinal: fc.integer({ min: 0, max: 3 }), score, comment: fc.option(text, { nil: null }) })
    .map((over): Fact => ({ type: 'surveyAnswered', ...over })),
  fc
    .record({
      ordinal,
      scale: fc.constantFrom(2, 3, 5, null),
      score,
      comment: fc.option(text, { nil: null }),
    })
    .map((over): Fact => ({ type: 'scoreImported', ...over })),
  fc
    .record({ 'profile.csat': score, 'profile.csatComment': text }, { requiredKeys: [] })
    .map((values): Fact => ({ type: 'profileSet', values })),
);

/**
 * A history in the order of its receipt: half-hour steps over a hundred hours, so that idle windows and snoozes end within
 * it, and many events share a moment. The start comes first, though not always at the earliest moment.
 */
export const randomHistory: fc.Arbitrary<readonly HistoryEvent[]> = fc
  .record({
    withAi: fc.boolean(),
    startAt: fc.integer({ min: 0, max: 3 }),
    facts: fc.array(
      fc.record({
        fact,
        at: fc.integer({ min: 0, max: 200 }),
        isDesk: fc.boolean(),
        id: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 30 },
    ),
  })
  .map(({ withAi, startAt, facts }) => {
    const event = (
      of: Fact,
      at: number,
      origin: HistoryEvent['origin'],
      arrival: number,
      id: number,
    ): HistoryEvent => ({
      id: asId<'EventId'>(`${id}-${arrival}`),
      conversationId: C1,
      at: epochMillis(DAWN + at * 1_800_000),
      arrival,
      origin,
      fact: of,
    });
    return [
      event(startedFact({ withAi }), startAt, 'source', 1, 5),
      ...facts.map((one, index) =>
        event(one.fact, one.at, one.isDesk ? 'desk' : 'source', index + 2, one.id),
      ),
    ];
  });

/** The id of the message that an event posts; null for another fact. */
export function postedId(event: HistoryEvent): string | null {
  return event.fact.type === 'messagePosted' ? messageIdOf(event.fact.messageId) : null;
}
