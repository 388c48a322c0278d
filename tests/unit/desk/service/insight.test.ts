import { describe, expect, test } from 'vitest';
import type { IngestEventInput } from '../../../../src/protocol/ingest.ts';
import type { DeskContract } from '../../../../src/protocol/rpc/contract.ts';
import { WireFailure } from '../../../../src/protocol/rpc/handlers.ts';
import type { FeedMetric } from '../../../../src/protocol/rpc/insight.ts';
import type { InputOf, OutputOf } from '../../../../src/protocol/rpc/method.ts';
import { ask, deskOn, handedOver, HOUR, raw } from '../../../support/desk/insight-desk.ts';
import { conversationId, NEVER, openWorld, START, type TestDesk } from '../../../support/desk/world.ts';

/** A recommendation, a click an hour later, an order three hours later. */
function bought(id: string, at: number): readonly IngestEventInput[] {
  return [
    {
      id: `${id}-4`,
      at: at + 10,
      conversationId: id,
      type: 'product.recommended',
      products: [{ id: 'p1', name: 'Boots', url: 'https://shop.example.com/p1' }],
    },
    { id: `${id}-5`, at: at + HOUR, conversationId: id, type: 'product.clicked', productId: 'p1' },
    {
      id: `${id}-6`,
      at: at + 3 * HOUR,
      type: 'order.placed',
      orderId: `${id}-o`,
      customerId: `k-${id}`,
      valueMinor: 4_900,
      currency: 'EUR',
    },
  ];
}

const range = { range: { from: '2026-05-01', to: '2026-06-30' }, zone: 'UTC' } as const;

describe('the activity feed', () => {
  const items = async (desk: TestDesk, metric: FeedMetric | null, limit: number) => {
    const all = [];
    let after: string | null = null;
    do {
      const page: OutputOf<DeskContract['insight.activity']> = await ask(desk, 'insight.activity', {
        metric,
        after,
        limit,
      });
      all.push(...page.items);
      after = page.next;
    } while (after !== null);
    return all;
  };

  test('[K5] newest first, in pages of any size, each data point once', async () => {
    const world = await openWorld();
    for (let index = 0; index < 7; index += 1)
      await world.ingest(
        ...handedOver(`c${index}`, START - 9 * HOUR - (index % 3) * HOUR),
        ...bought(`c${index}`, START - 9 * HOUR - (index % 3) * HOUR),
      );
    const desk = await deskOn(world);
    const whole = await items(desk, null, 500);
    expect(whole).toHaveLength(7 * 5);
    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted((a, b) => b - a));
    for (const limit of [1, 2, 5]) expect(await items(desk, null, limit)).toEqual(whole);
    for (const metric of ['started', 'escalated', 'recommended', 'clicked', 'ordered'] as const) {
      const of = await items(desk, metric, 3);
      expect(of.map(({ key }) => key)).toEqual(
        whole.filter((item) => item.metric === metric).map(({ key }) => key),
      );
    }
  });

  test('[K1][K3][K4] a data point has its properties', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR), ...bought('c1', START - 9 * HOUR));
    const desk = await deskOn(world);
    const [escalated] = await items(desk, 'escalated', 9);
    expect(escalated).toMatchObject({
      conversationId: 'c1',
      customerName: 'Name c1',
      channel: 'web_chat',
      reasonCode: 'policy',
      reason: 'It may not say',
      tags: ['refund'],
    });
    const [recommended] = await items(desk, 'recommended', 9);
    expect(recommended?.products).toEqual([{ id: 'p1', name: 'Boots', url: 'https://shop.example.com/p1' }]);
    const [ordered] = await items(desk, 'ordered', 9);
    expect(ordered).toMatchObject({ conversationId: null, valueMinor: 4_900, currency: 'EUR' });
    const { metrics } = await ask(desk, 'insight.metrics', {});
    expect(metrics.map(({ metric, count }) => [metric, count])).toEqual([
      ['started', 1],
      ['resolved', 0],
      ['escalated', 1],
      ['recommended', 1],
      ['clicked', 1],
      ['ordered', 1],
    ]);
    expect(metrics[1]?.latestAt).toBeNull();
  });

  test('[K7][O9] empty: no conversation yet, switched off, or none of this metric', async () => {
    const world = await openWorld();
    const desk = await deskOn(world);
    const why = async () => {
      await desk.scheduler.advance(60_000);
      const page = await ask(desk, 'insight.activity', { metric: 'resolved', after: null, limit: 10 });
      return page.empty;
    };
    expect(await why()).toEqual({ reason: 'noConversationYet', switchedOff: [] });
    await world.ingest({ id: 'off', at: START - 5, type: 'agent.statusChanged', enabled: false });
    expect(await why()).toEqual({ reason: 'agentOff', switchedOff: [{ source: 'test', since: START - 5 }] });
    await world.ingest({ id: 'on', at: START - 4, type: 'agent.statusChanged', enabled: true });
    await world.ingest(...handedOver('c1', START - 2 * HOUR));
    expect(await why()).toEqual({ reason: 'noneOfMetric', switchedOff: [] });
  });

  test('[O9] switched off later: what was there stays, figures and data points alike, and since when is said', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR), ...bought('c1', START - 9 * HOUR));
    const desk = await deskOn(world);
    const overview = () => ask(desk, 'insight.overview', { ...range, group: 'status' });
    const feed = await items(desk, null, 10);
    const { figures, days, stacks } = await overview();
    expect(feed.length).toBeGreaterThan(3);
    await world.ingest({ id: 'off', at: START - HOUR, type: 'agent.statusChanged', enabled: false });
    await desk.scheduler.advance(60_000);
    expect(await items(desk, null, 10)).toEqual(feed);
    expect(await overview()).toMatchObject({ figures, days, stacks, empty: null });
    const none = await ask(desk, 'insight.activity', { metric: 'resolved', after: null, limit: 10 });
    expect(none.empty).toEqual({
      reason: 'agentOff',
      switchedOff: [{ source: 'test', since: START - HOUR }],
    });
    expect(desk.thread(conversationId('c1')).messages).toHaveLength(1);
  });

  test('[K5] live: what comes in later is on the first page, and screens are told', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 2 * HOUR));
    const desk = await deskOn(world);
    expect(await items(desk, 'started', 9)).toHaveLength(1);
    desk.invalidations.length = 0;
    await world.ingest(...handedOver('c2', START - HOUR));
    await desk.scheduler.advance(60_000);
    expect(desk.invalidations).toContainEqual({ topic: 'insight', ids: null });
    expect((await items(desk, 'started', 9)).map(({ conversationId }) => conversationId)).toEqual([
      'c2',
      'c1',
    ]);
  });
});

describe('the overview', () => {
  test('[O3][A1] figures, sales with their orders, and how fresh they are', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR), ...bought('c1', START - 9 * HOUR));
    const desk = await deskOn(world);
    const answer = await ask(desk, 'insight.overview', { ...range, group: 'tag' });
    expect(answer).toMatchObject({
      ready: true,
      figures: {
        totalVolume: 1,
        notResolvedByAi: { value: 1, numerator: 1, denominator: 1 },
        resolvedByAi: { value: 0 },
        sales: [{ currency: 'EUR', valueMinor: 4_900, orders: 1 }],
      },
      before: { totalVolume: 0, resolvedByAi: { value: null } },
      stacks: [{ value: 'refund', total: 1 }],
      empty: null,
    });
    expect(answer.asOf).not.toBeNull();
    expect(answer.days).toHaveLength(61);
    const { rows, total } = await ask(desk, 'insight.sales', { ...range, offset: 0, limit: 10 });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ orderId: 'c1-o', conversationId: 'c1', productName: 'Boots' });
    const none = await ask(desk, 'insight.sales', { ...range, currency: 'KRW', offset: 0, limit: 10 });
    expect(none.total).toBe(0);
  });

  test('[O8] works without a workspace, with the figures as they were', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR));
    const desk = await deskOn(world);
    const before = await ask(desk, 'insight.overview', { ...range, group: 'status' });
    await desk.desk.handlers['sync.setOffline']({ offline: true }, NEVER);
    await world.ingest(...handedOver('c2', START - 8 * HOUR));
    await desk.scheduler.advance(60_000);
    const after = await ask(desk, 'insight.overview', { ...range, group: 'status' });
    expect(after.figures).toEqual(before.figures);
    expect(after.asOf).toBe(before.asOf);
  });

  test('[O2] the account’s zone; without one this computer’s, and it says so', async () => {
    const world = await openWorld();
    const desk = await deskOn(world);
    const asked = { range: { preset: 'last7Days' }, group: 'channel' } as const;
    expect((await ask(desk, 'insight.overview', asked)).range.zoneIsSet).toBe(false);
    await desk.mutate('settings.setZone', { value: 'Asia/Seoul' });
    const { range: days, empty } = await ask(desk, 'insight.overview', asked);
    // Nine in the morning in UTC is six in the evening there: the same day.
    expect(days).toMatchObject({
      zone: 'Asia/Seoul',
      zoneIsSet: true,
      from: '2026-05-26',
      to: '2026-06-01',
      preset: 'last7Days',
    });
    expect(empty).toEqual({ reason: 'noConversationYet', switchedOff: [] });
  });

  test('[O2] days or a zone that do not exist are named', async () => {
    const desk = await deskOn(await openWorld());
    const refused = async (input: typeof range | { range: { from: string; to: string }; zone: string }) => {
      const answer = await raw(desk, 'insight.overview', { ...input, group: 'channel' });
      return answer instanceof WireFailure ? answer.error : null;
    };
    const { range: days } = range;
    expect(await refused({ range: days, zone: 'Mars/Olympus' })).toEqual({
      type: 'badRequest',
      path: 'zone',
    });
    expect(await refused({ range: { from: '2026-06-02', to: '2026-06-01' }, zone: 'UTC' })).toEqual({
      type: 'badRequest',
      path: 'range',
    });
  });
});

describe('segments and views', () => {
  test('[K6] the three ready-made ones stand, and the workspace’s own beside them', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR), ...bought('c1', START - 9 * HOUR));
    await world.ingest(...handedOver('c2', START - 9 * HOUR));
    const desk = await deskOn(world);
    const { segments } = await ask(desk, 'insight.segments', {});
    expect(segments.map(({ id, readyMade, count }) => [id, readyMade, count.known])).toEqual([
      ['started-conversation', true, 2],
      ['recommended-no-order', true, 0],
      ['escalated-last-7-days', true, 2],
    ]);
    const rule = {
      match: 'all',
      conditions: [{ type: 'did', event: 'ordered', where: [], atLeast: 1, within: { type: 'ever' } }],
    } as const;
    await desk.mutate('segment.save', { id: 'buyers', segment: { name: 'Buyers', rule } });
    const after = await ask(desk, 'insight.segments', {});
    expect(after.segments.at(-1)).toMatchObject({ id: 'buyers', name: 'Buyers', count: { known: 1 } });
    expect(await ask(desk, 'insight.segmentCount', { rule })).toMatchObject({ known: 1, anonymous: 0 });
    const { members } = await ask(desk, 'insight.segmentMembers', { rule, offset: 0, limit: 10 });
    expect(members).toEqual([
      {
        customerId: 'k-c1',
        name: 'Name c1',
        email: 'c1@example.com',
        phone: null,
        language: null,
        conversations: 1,
        latestConversationId: 'c1',
      },
    ]);
  });

  test('[K6] values that a condition can be compared with', async () => {
    const world = await openWorld();
    await world.ingest(...handedOver('c1', START - 9 * HOUR), ...bought('c1', START - 9 * HOUR));
    const desk = await deskOn(world);
    const values = async (property: InputOf<DeskContract['insight.values']>['property']) =>
      (await ask(desk, 'insight.values', { property, limit: 5 })).map(({ value }) => value);
    expect(await values('channel')).toEqual(['web_chat']);
    expect(await values('reasonCode')).toEqual(['policy']);
    expect(await values('tag')).toEqual(['refund']);
    expect(await values('product')).toEqual(['p1']);
    expect(await values('skill')).toEqual(['orders']);
    expect(await values('language')).toEqual([]);
  });

  test('[O8] saved views: the team’s and my own, by position', async () => {
    const desk = await deskOn(await openWorld());
    const view = { name: 'All', query: '{}', position: 1 };
    await desk.mutate('view.save', { scope: 'team', id: 'a', view });
    await desk.mutate('view.save', { scope: 'own', id: 'b', view: { ...view, name: 'Mine', position: 0 } });
    expect((await ask(desk, 'insight.views', {})).map(({ id, scope }) => [id, scope])).toEqual([
      ['b', 'own'],
      ['a', 'team'],
    ]);
  });
});

describe('survey results', () => {
  test('[Q6] without a survey there is no rate', async () => {
    const desk = await deskOn(await openWorld());
    const answer = await ask(desk, 'insight.csat', { ...range, by: 'channel' });
    expect(answer).toMatchObject({ response: { value: null, denominator: 0 }, scales: [], comments: 0 });
    const comments = await ask(desk, 'insight.csatComments', { ...range, after: null, limit: 10 });
    expect(comments).toMatchObject({ comments: [], next: null, total: 0 });
  });
});
