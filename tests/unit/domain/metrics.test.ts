import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/events.ts';
import type { MetricEvent } from '../../../src/domain/model.ts';
import { settle } from '../../../src/domain/step.ts';
import { ANA, hours, inMinutes, minute, Story } from '../../support/domain/history.ts';
import { Receiver } from '../../support/domain/receive.ts';

/** Metric and minute of each data point, in the order of their moments. */
function points(
  story: Story,
  now?: number,
  policy: Policy = DEFAULT_POLICY,
): readonly (readonly [string, number | null])[] {
  return eventsOf(story, now, policy).map(({ metric, at }) => [metric, inMinutes(at)] as const);
}

function eventsOf(story: Story, now?: number, policy: Policy = DEFAULT_POLICY): readonly MetricEvent[] {
  return [...story.fold(now, policy).rows.metricEvents].sort((a, b) => a.at - b.at);
}

function only(story: Story, metric: string, now?: number): MetricEvent {
  const [found, ...others] = eventsOf(story, now).filter((event) => event.metric === metric);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} of ${metric}`);
  return found;
}

const p1 = asId<'ProductId'>('p1');
const p2 = asId<'ProductId'>('p2');

describe('started', () => {
  test('[K1] an AI conversation starts once, with its skill and channel', () => {
    const story = new Story().customer(1).ai(2).customer(3);
    expect(only(story, 'started')).toMatchObject({
      id: 'e0001',
      at: minute(0),
      skill: 'order_tracking',
      channel: 'web_chat',
      customerId: 'customer',
      tags: null,
      products: null,
    });
  });

  test('[K1][O-rates] a conversation that no AI had is no data point', () => {
    expect(points(new Story({ withAi: false }).customer(1).agent(2))).toEqual([]);
  });

  test('[K1][S10] a return to the AI after its closing is the same conversation, not another start', () => {
    const story = new Story().customer(1).ai(2).closedBy(3, 'customer').customer(9).ai(10);
    expect(points(story)).toEqual([
      ['started', 0],
      ['resolved', 3],
    ]);
  });
});

describe('resolved', () => {
  test('[K2] the source says so: final skill and the tags of the same event, the AI’s alone', () => {
    const story = new Story()
      .customer(1)
      .fact(2, { type: 'tagAdded', tag: 'vip', appliedBy: 'agent', agentId: ANA })
      .resolved(5, { finalSkill: 'refunds', tags: ['refund', 'late'], rawStatus: 'resolved' });
    expect(only(story, 'resolved')).toMatchObject({
      at: minute(5),
      skill: 'refunds',
      tags: '["late","refund"]',
    });
  });

  test('[K2][O5] the visitor closed after the AI’s last word', () => {
    expect(points(new Story().customer(1).ai(2).closedBy(3, 'customer'))).toContainEqual(['resolved', 3]);
  });

  test('[O5] the visitor’s own message was last: not resolved, whoever closes', () => {
    expect(points(new Story().ai(1).customer(2).closedBy(3, 'customer'))).toEqual([['started', 0]]);
    expect(points(new Story().ai(1).customer(2), hours(100))).toEqual([['started', 0]]);
  });

  test('[K2][O5] 47 h 59 m is nothing yet, 48 h is a data point dated then, whenever time is looked at', () => {
    const story = new Story().customer(1).ai(2);
    expect(points(story, 2 + hours(48) - 1)).toEqual([['started', 0]]);
    for (const now of [2 + hours(48), hours(70), hours(9_000)])
      expect(points(story, now)).toContainEqual(['resolved', 2 + hours(48)]);
    expect(only(story, 'resolved', hours(99)).id).toBe(`idle@${minute(2 + hours(48))}`);
  });

  test('[O5] a note after the AI’s message changes nothing; the window is per source', () => {
    const noted = new Story().customer(1).ai(2).note(30);
    expect(points(noted, hours(49))).toContainEqual(['resolved', 2 + hours(48)]);
    const policy: Policy = { ...DEFAULT_POLICY, idleWindowBySource: { zendesk: hours(72) * 60_000 } };
    const slow = new Story({ source: 'zendesk' }).customer(1).ai(2);
    expect(points(slow, 2 + hours(72) - 1, policy)).toEqual([['started', 0]]);
    expect(points(slow, 2 + hours(72), policy)).toContainEqual(['resolved', 2 + hours(72)]);
  });

  test('[K2] resolved, asked again, resolved again: twice; said again of what is resolved: once', () => {
    const twice = new Story().customer(1).resolved(2).customer(3).resolved(4);
    expect(points(twice)).toEqual([
      ['started', 0],
      ['resolved', 2],
      ['resolved', 4],
    ]);
    expect(points(new Story().customer(1).resolved(2).resolved(3))).toHaveLength(2);
  });

  test('[S3] the source’s word after an idle close by the customer is a data point at its own time', () => {
    const story = new Story().customer(1).resolved(hours(60));
    expect(points(story)).toEqual([
      ['started', 0],
      ['resolved', hours(60)],
    ]);
    const idle = new Story().customer(1).ai(2).resolved(hours(60));
    expect(points(idle)).toEqual([
      ['started', 0],
      ['resolved', 2 + hours(48)],
    ]);
  });

  test('[S2] after a hand-off nothing resolves', () => {
    expect(points(new Story().customer(1).escalated(2).resolved(3), hours(99))).toEqual([
      ['started', 0],
      ['escalated', 2],
    ]);
  });

  test('[T8][T11] a late message takes an idle close back, and its data point with it', () => {
    const story = new Story().customer(1).ai(2);
    const receiver = new Receiver(DEFAULT_POLICY);
    for (const event of story.events) receiver.receive(event);
    receiver.sweep(minute(hours(50)));
    const rows = () => receiver.model.rows(story.conversationId).metricEvents.map(({ metric }) => metric);
    expect(rows().sort()).toEqual(['resolved', 'started']);
    const late = story.customer(30).events.at(-1);
    if (late === undefined) throw new Error('no event');
    receiver.receive(late);
    expect(rows()).toEqual(['started']);
  });

  test('[K2] time that passes before an event leaves its data point beside what the event does', () => {
    const story = new Story().customer(1).ai(2);
    const { snapshot } = story.fold();
    expect(settle(snapshot, minute(hours(50)), DEFAULT_POLICY).changes.map(({ table }) => table)).toEqual([
      'conversation',
      'metricEvent',
    ]);
    expect(points(story.customer(hours(60)).ai(hours(61)))).toEqual([
      ['started', 0],
      ['resolved', 2 + hours(48)],
    ]);
  });
});

describe('escalated', () => {
  test('[K3] reason, skill and the tags that come with it', () => {
    const story = new Story().customer(1).escalated(2, { tags: ['gap'], skill: 'returns' });
    expect(only(story, 'escalated')).toMatchObject({
      at: minute(2),
      reasonCode: 'knowledge_gap',
      reason: 'The AI does not know',
      skill: 'returns',
      tags: '["gap"]',
    });
  });

  test('[K3][S2] a second hand-off adds its reason; an end message counts', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .escalated(5, { method: 'message', reasonCode: 'policy' });
    expect(eventsOf(story).map(({ reasonCode }) => reasonCode)).toEqual([null, 'knowledge_gap', 'policy']);
  });

  test('[O6] a ticket that is offered counts at the visitor’s yes, and never without one', () => {
    expect(points(new Story().customer(1).offered(2))).toEqual([['started', 0]]);
    const declined = new Story().customer(1).offered(2).fact(3, { type: 'handoffDeclined' });
    expect(points(declined, hours(9))).toEqual([['started', 0]]);
    const yes = new Story().customer(1).offered(2).fact(4, { type: 'handoffAccepted' });
    expect(only(yes, 'escalated')).toMatchObject({ at: minute(4), reasonCode: 'policy' });
  });

  test('[K3][S4] an agent who takes over is no escalation of the AI’s', () => {
    expect(points(new Story().customer(1).takeOver(2))).toEqual([['started', 0]]);
    expect(points(new Story().customer(1).agent(2))).toEqual([['started', 0]]);
  });
});

describe('products', () => {
  test('[K4] a list is one data point with its products, each once', () => {
    const products = [p1, p2, p1].map((id) => ({ id, name: null, url: null }));
    const story = new Story().customer(1).fact(2, { type: 'productsRecommended', products });
    expect(only(story, 'recommended')).toMatchObject({ products: '["p1","p2"]', channel: 'web_chat' });
  });

  test('[A1] every click is a data point, also two of one moment', () => {
    const story = new Story()
      .customer(1)
      .fact(2, { type: 'productClicked', productId: p1 })
      .fact(2, { type: 'productClicked', productId: p1 });
    expect(eventsOf(story).filter(({ metric }) => metric === 'clicked')).toHaveLength(2);
  });
});
