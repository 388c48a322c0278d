import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { type IngestEventInput, ingestEventSchema } from '../../../src/protocol/ingest.ts';
import { agentsIn, historical, isConversationEvent } from '../../../src/workspace/ingest-facts.ts';
import { parseEvents } from '../../../src/workspace/ingest-parse.ts';
import { said, started } from '../../support/workspace/events.ts';

const NOW = epochMillis(2_000_000_000_000);
const base = { id: 'e1', at: 1_000, conversationId: 'c1' };

function factsOf(event: IngestEventInput) {
  const [received] = parseEvents([event], NOW).received;
  if (received === undefined) throw new Error('turned away');
  return historical(received, 'shop').history;
}

const CASES: readonly (readonly [IngestEventInput, readonly object[]])[] = [
  [
    {
      ...base,
      type: 'conversation.started',
      channel: 'sms',
      handledBy: 'human',
      profile: { id: 'p', language: 'ko' },
    },
    [
      {
        type: 'started',
        customerId: 'p',
        source: 'shop',
        channel: 'sms',
        page: null,
        language: 'ko',
        initialSkill: null,
        withAi: false,
      },
    ],
  ],
  [
    {
      ...base,
      type: 'conversation.started',
      channel: 'sms',
      page: '/x',
      language: 'sv',
      initialSkill: 's',
      profile: { id: 'p', language: 'ko' },
    },
    [{ type: 'started', page: '/x', language: 'sv', initialSkill: 's', withAi: true }],
  ],
  [
    {
      ...base,
      type: 'message.posted',
      messageId: 'm',
      author: { kind: 'agent', id: 'a' },
      note: true,
      text: 't',
    },
    [
      {
        type: 'messagePosted',
        messageId: 'm',
        authorKind: 'agent',
        authorId: 'a',
        note: true,
        text: 't',
        writtenAt: null,
      },
    ],
  ],
  [
    { ...base, type: 'conversation.escalated', reasonCode: 'gap', reason: 'r', tags: ['x'], skill: 's' },
    [{ type: 'escalated', method: 'live', reasonCode: 'gap', reason: 'r', tags: ['x'], skill: 's' }],
  ],
  [
    { ...base, type: 'handoff.offered', reason: 'r' },
    [{ type: 'handoffOffered', reasonCode: null, reason: 'r', skill: null }],
  ],
  [{ ...base, type: 'handoff.accepted' }, [{ type: 'handoffAccepted' }]],
  [{ ...base, type: 'handoff.declined' }, [{ type: 'handoffDeclined' }]],
  [
    { ...base, type: 'conversation.resolved', finalSkill: 's', status: 'done' },
    [{ type: 'resolved', finalSkill: 's', tags: [], rawStatus: 'done' }],
  ],
  [
    { ...base, type: 'conversation.closed', by: 'customer' },
    [{ type: 'closed', by: 'customer', agentId: null }],
  ],
  [{ ...base, type: 'conversation.reopened', agentId: 'a' }, [{ type: 'reopened', agentId: 'a' }]],
  [
    { ...base, type: 'conversation.snoozed', until: '1970-01-01T00:00:02Z' },
    [{ type: 'snoozed', until: 2_000, agentId: null }],
  ],
  [
    { ...base, type: 'conversation.assigned', assigneeId: null, agentId: 'a' },
    [{ type: 'assigned', assigneeId: null, agentId: 'a' }],
  ],
  [
    { ...base, type: 'conversation.prioritized', priority: 'high' },
    [{ type: 'prioritySet', priority: 'high' }],
  ],
  [
    { ...base, type: 'conversation.described', description: 'd' },
    [{ type: 'descriptionSet', description: 'd' }],
  ],
  [
    { ...base, type: 'conversation.tagged', tags: ['x', 'y'], removed: ['z'], by: 'agent', agentId: 'a' },
    [
      { type: 'tagAdded', tag: 'x', appliedBy: 'agent', agentId: 'a' },
      { type: 'tagAdded', tag: 'y', appliedBy: 'agent', agentId: 'a' },
      { type: 'tagRemoved', tag: 'z' },
    ],
  ],
  [
    { ...base, type: 'conversation.profileSet', values: { plan: 'gold' } },
    [{ type: 'profileSet', values: { plan: 'gold' } }],
  ],
  [
    { ...base, type: 'product.recommended', products: [{ id: 'p', name: 'Shoe' }] },
    [{ type: 'productsRecommended', products: [{ id: 'p', name: 'Shoe', url: null }] }],
  ],
  [{ ...base, type: 'product.clicked', productId: 'p' }, [{ type: 'productClicked', productId: 'p' }]],
  [
    { ...base, type: 'csat.sent', survey: 'after', scale: 3, expiresAt: 9_000 },
    [
      {
        type: 'surveySent',
        ordinal: null,
        surveyId: 'after',
        scale: 3,
        language: null,
        medium: 'form',
        ownerId: null,
        expiresAt: 9_000,
        link: null,
      },
    ],
  ],
  [
    { ...base, type: 'csat.answered', score: 5, scale: 2, comment: 'ok', cycle: 2 },
    [{ type: 'scoreImported', ordinal: 2, scale: 2, score: 5, comment: 'ok' }],
  ],
];

describe('what an event says', () => {
  test.each(CASES)('[I1] $type', (event, facts) => {
    expect(factsOf(event).map((entry) => entry.fact)).toMatchObject(facts);
  });

  test('[I1] every kind of event that enters a history is tried here', () => {
    const tried = new Set(CASES.map(([event]) => event.type));
    const kinds = ingestEventSchema.options.map((option) => option.shape.type.value);
    const inHistory = kinds.filter((type) => isConversationEvent({ type } as never));
    expect([...tried].sort()).toEqual([...inHistory].sort());
  });

  test('[T8] several facts of one event keep its order in history', () => {
    const tags = Array.from({ length: 12 }, (_, index) => `t${index}`);
    const ids = factsOf({ ...base, type: 'conversation.tagged', tags }).map((entry) => entry.id);
    expect(ids[0]).toBe('e1');
    expect(ids[1]).toBe('e1#0002');
    expect([...ids].sort()).toEqual(ids);
  });

  test('[I1] events about customers, agents and the AI enter no history', () => {
    expect(factsOf({ id: 'e', at: 1, type: 'agent.known', agentId: 'a', name: 'Ana' })).toEqual([]);
    expect(
      factsOf({ id: 'e', at: 1, type: 'customer.identified', profile: { id: 'p' }, conversationId: 'c1' }),
    ).toEqual([]);
    expect(factsOf({ id: 'e', at: 1, type: 'agent.statusChanged', enabled: true })).toEqual([]);
  });

  test('agents are named by the messages they wrote and by what they did', () => {
    const named = (event: IngestEventInput) => factsOf(event).flatMap((entry) => agentsIn(entry.fact));
    expect(named(said('c1', '1', 'agent', 1))).toEqual(['source-agent']);
    expect(named(said('c1', '1', 'customer', 1))).toEqual([]);
    expect(named(started('c1'))).toEqual([]);
    expect(named({ ...base, type: 'conversation.assigned', assigneeId: 'a', agentId: 'b' })).toEqual([
      'a',
      'b',
    ]);
    expect(named({ ...base, type: 'conversation.closed', by: 'agent', agentId: 'c' })).toEqual(['c']);
    expect(named({ ...base, type: 'conversation.closed', by: 'customer' })).toEqual([]);
  });
});
