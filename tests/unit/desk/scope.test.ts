import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { DAY } from '../../../src/base/time.ts';
import { HeldLists } from '../../../src/desk/scope/held-lists.ts';
import { otherConversations } from '../../../src/desk/service/thread-query.ts';
import { EVERYTHING, OPEN_WORK } from '../../../src/domain/desk-scope.ts';
import { WireFailure } from '../../../src/protocol/rpc/handlers.ts';
import type { PullRequest } from '../../../src/protocol/sync.ts';
import { settle } from '../../support/desk/fake-scheduler.ts';
import { ask, idsOf, scoped, worldWithScope } from '../../support/desk/scoped-world.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  openTestDesk,
  START,
  type TestDesk,
} from '../../support/desk/world.ts';

const OVERVIEW = { range: { preset: 'last7Days' }, group: 'status', zone: 'Etc/UTC' } as const;
const days = (from: string, to: string) => ({ ...OVERVIEW, range: { from, to } });

/** The pulls' scopes since the last look. */
function scopesSent({ link }: TestDesk): readonly unknown[] {
  return link.sent.flatMap(({ verb, body }) => (verb === 'pull' ? [(body as PullRequest).scope] : []));
}

describe('what a desk holds', () => {
  test('[Y9] an agent’s holds open work, and what moved in the days of its scope', async () => {
    const { ada } = await scoped(20);
    expect(idsOf(ada)).toEqual(['day-15', 'day-5', 'open']);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 20 * DAY, reach: null });
    expect(ada.desk.status().workspace).toBe('connected');
    expect(ada.desk.core.replica.db.pluck('SELECT count(*) FROM customer')).toBe(6);
  });

  test.each(['lead', 'admin'] as const)('[Y9] a %s’s holds everything', async (role) => {
    const world = await worldWithScope(20);
    const grace = await openTestDesk(world, await hire(world, 'grace', role), { remote: true });
    expect(idsOf(grace)).toHaveLength(6);
    expect(await ask(grace, 'scope.state', {})).toMatchObject({ since: null, reach: null });
    expect(scopesSent(grace)).toEqual([undefined]);
  });

  test('[Y9] one beside its workspace holds everything, whoever works there', async () => {
    const world = await worldWithScope(20);
    const ada = await openTestDesk(world, await hire(world, 'ada'));
    expect(idsOf(ada)).toHaveLength(6);
  });

  test('[Y9] [S4] what the AI is at is open work: an agent may take it over, however long it has been quiet', async () => {
    const world = await worldWithScope(20);
    const [started] = escalated('quiet', START - 300 * DAY);
    await world.ingest(must(started, 'a start'));
    const ada = await openTestDesk(world, await hire(world, 'ada'), { remote: true });
    expect(idsOf(ada)).toEqual(['day-15', 'day-5', 'open', 'quiet']);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 20 * DAY });
    expect(await ada.mutate('conversation.takeOver', { conversationId: 'quiet' })).toMatchObject({
      ok: true,
    });
  });

  test('[Y9] without a scope so does an agent’s', async () => {
    const { ada } = await scoped(null);
    expect(idsOf(ada)).toHaveLength(6);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: null, reach: null });
  });

  test('[Y9] a wider scope is fetched by itself, and to a narrower one nothing is thrown away', async () => {
    const { world, ada } = await scoped(20);
    await world.workspace.importSettings({ scope: { agentDays: 40 } });
    await settle();
    expect(idsOf(ada)).toEqual(['day-15', 'day-25', 'day-35', 'day-5', 'open']);
    await world.workspace.importSettings({ scope: { agentDays: 7 } });
    await settle();
    expect(idsOf(ada)).toHaveLength(5);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 40 * DAY, reach: null });
    await world.workspace.importSettings({ scope: { agentDays: null } });
    await settle();
    expect(idsOf(ada)).toHaveLength(6);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: null, reach: null });
  });

  test('[Y9] a new message brings a conversation of before, whole', async () => {
    const { world, ada } = await scoped(20);
    await world.ingest(customerWrites('day-45', 'again', START));
    await settle();
    const view = ada.thread(conversationId('day-45'));
    expect(view.messages.map(({ id }) => id)).toEqual(['day-45-m1', 'again']);
  });

  test('[Y9] what it holds survives a restart, and an interruption costs a step', async () => {
    const { world, ada } = await scoped(20);
    const seen = ada.link.sent.length;
    await ask(ada, 'scope.reach', { from: EVERYTHING });
    ada.link.fate = (verb) => (verb === 'pull' ? 'loseAnswer' : 'pass');
    await settle();
    expect(ada.link.sent.length).toBeGreaterThan(seen);
    await ada.close();
    const again = await openTestDesk(world, asId<'AgentId'>('ada'), {
      remote: true,
      name: 'ada',
    });
    expect(idsOf(again)).toHaveLength(6);
    expect(await ask(again, 'scope.state', {})).toMatchObject({ since: null, reach: null });
  });

  test('[Y9][Y6] filled anew after a reset, it goes back as far as somebody had asked', async () => {
    const { ada } = await scoped(20);
    await ask(ada, 'scope.reach', { from: START - 30 * DAY });
    await settle();
    ada.desk.core.reset();
    expect(ada.desk.core.part.holds(START)).toBe(false);
    await ask(ada, 'sync.now', {});
    await settle();
    expect(idsOf(ada)).toEqual(['day-15', 'day-25', 'day-5', 'open']);
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 30 * DAY, reach: null });
  });

  test('[Y9][Y7] what waits for the workspace shows on its conversation after a reset, though it is older', async () => {
    const { ada } = await scoped(20);
    expect(await ask(ada, 'scope.conversation', { conversationId: 'day-45' })).toBe('coming');
    await settle();
    ada.link.fate = (verb) => (verb === 'push' ? 'drop' : 'pass');
    await ada.mutate('tag.add', { conversationId: 'day-45', tag: 'kept' });
    ada.desk.core.reset();
    ada.link.fate = () => 'pass';
    await ask(ada, 'sync.now', {});
    await settle();
    await ada.scheduler.advance(60_000);
    expect(idsOf(ada)).toEqual(['day-15', 'day-45', 'day-5', 'open']);
    expect(ada.thread(conversationId('day-45')).tags.map(({ tag }) => tag)).toEqual(['kept']);
  });
});

describe('one conversation', () => {
  test('[Y9] opened from a link, it comes by itself and is then held', async () => {
    const { ada } = await scoped(20);
    const where = () => ask(ada, 'scope.conversation', { conversationId: 'day-35' });
    expect(await where()).toBe('coming');
    await settle();
    expect(await where()).toBe('held');
    expect(ada.thread(conversationId('day-35')).conversation.id).toBe('day-35');
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 20 * DAY });
  });

  test('[Y9] one that nobody has is said to be absent, once the workspace said so', async () => {
    const { ada } = await scoped(20);
    const where = () => ask(ada, 'scope.conversation', { conversationId: 'nobody' });
    expect(await where()).toBe('coming');
    await settle();
    expect(await where()).toBe('absent');
    expect(ada.invalidations).toContainEqual({ topic: 'thread', ids: ['nobody'] });
    await settle();
    expect(scopesSent(ada).at(-1)).toMatchObject({ ids: ['nobody'] });
  });

  test('[Y9] offline it waits, and comes with the link', async () => {
    const { ada } = await scoped(20);
    ada.link.setLink(false);
    const where = () => ask(ada, 'scope.conversation', { conversationId: 'day-35' });
    expect(await where()).toBe('coming');
    await settle();
    expect(await where()).toBe('coming');
    ada.link.setLink(true);
    await settle();
    expect(await where()).toBe('held');
  });

  test('[Y9] a desk that holds everything knows at once what is not there', async () => {
    const { ada } = await scoped(null);
    expect(await ask(ada, 'scope.conversation', { conversationId: 'nobody' })).toBe('absent');
  });
});

describe('figures', () => {
  test('[Y9][O1] one over what is held is answered, the range before it included', async () => {
    const { ada } = await scoped(20);
    const sent = scopesSent(ada).length;
    expect(await ask(ada, 'insight.overview', OVERVIEW)).toMatchObject({ figures: { totalVolume: 1 } });
    await settle();
    expect(scopesSent(ada)).toHaveLength(sent);
  });

  test('[Y9] never one over a part: its range is fetched first, then answered, also offline', async () => {
    const { ada } = await scoped(20);
    const asked = days('2026-05-05', '2026-05-10');
    const first = await ask(ada, 'insight.overview', asked);
    expect(first).toBeInstanceOf(WireFailure);
    expect(first).toMatchObject({ error: { type: 'notHeld', detail: { since: START - 20 * DAY } } });
    await settle();
    expect(ada.invalidations).toContainEqual({ topic: 'insight', ids: null });
    ada.link.setLink(false);
    expect(await ask(ada, 'insight.overview', asked)).toMatchObject({ figures: { totalVolume: 1 } });
    expect(idsOf(ada)).toContain('day-25');
  });

  test('[Y9] the range before, which it is compared with, is needed too', async () => {
    const { ada } = await scoped(20);
    const from = new Date(START - 12 * DAY).toISOString().slice(0, 10);
    const to = new Date(START).toISOString().slice(0, 10);
    const answer = await ask(ada, 'insight.overview', days(from, to));
    expect(answer).toMatchObject({ error: { type: 'notHeld' } });
  });

  test('[Y9][A1] sales need what led to them: the attribution’s window before the range', async () => {
    const { world, ada } = await scoped(20);
    const asked = days('2026-05-22', '2026-05-27');
    expect(
      await ask(ada, 'insight.sales', { ...asked, currency: 'SEK', offset: 0, limit: 5 }),
    ).not.toBeInstanceOf(WireFailure);
    const attribution = { sms: { touches: ['clicked'], windowHours: 24 * 30 } };
    await world.workspace.importSettings({ attribution });
    await settle();
    expect(await ask(ada, 'insight.sales', { ...asked, currency: 'SEK', offset: 0, limit: 5 })).toMatchObject(
      {
        error: { type: 'notHeld' },
      },
    );
  });

  test('[Y9] offline it says that there is none, and has it fetched with the link', async () => {
    const { ada } = await scoped(20);
    ada.link.setLink(false);
    const asked = days('2026-05-05', '2026-05-10');
    expect(await ask(ada, 'insight.overview', asked)).toMatchObject({ error: { type: 'notHeld' } });
    await settle();
    expect(await ask(ada, 'insight.overview', asked)).toMatchObject({ error: { type: 'notHeld' } });
    ada.link.setLink(true);
    await settle();
    expect(await ask(ada, 'insight.overview', asked)).toMatchObject({ figures: { totalVolume: 1 } });
  });

  test('[Y9] what is made of all there is waits until somebody asks for it', async () => {
    const { ada } = await scoped(20);
    const review = { filters: {}, offset: 0, limit: 10 };
    for (const answer of [
      await ask(ada, 'insight.review', review),
      await ask(ada, 'insight.metrics', {}),
      await ask(ada, 'insight.activity', { metric: null, after: null, limit: 10 }),
      await ask(ada, 'insight.segments', {}),
    ])
      expect(answer).toMatchObject({ error: { type: 'notHeld', detail: { from: EVERYTHING } } });
    await settle();
    expect(await ask(ada, 'scope.state', {})).toMatchObject({ since: START - 20 * DAY, reach: null });
    expect(await ask(ada, 'scope.reach', { from: EVERYTHING })).toMatchObject({ reach: EVERYTHING });
    await settle();
    expect(await ask(ada, 'insight.metrics', {})).toMatchObject({ ready: true });
  });

  test('[Y9] there is none while the copy is being made', async () => {
    const world = await worldWithScope(null);
    const ada = await openTestDesk(world, await hire(world, 'ada'), { start: false });
    expect(await ask(ada, 'insight.overview', OVERVIEW)).toMatchObject({ error: { type: 'notHeld' } });
  });
});

describe('a customer’s other conversations', () => {
  test('[Y9] come with what is fetched, and the open thread is asked for again when they do', async () => {
    const world = await worldWithScope(20);
    const [started, asked] = escalated('now', START - DAY);
    await world.ingest(
      { ...must(started, 'a start'), profile: { id: 'customer-day-45', name: 'Kim' } } as never,
      must(asked, 'a question'),
    );
    const ada = await openTestDesk(world, await hire(world, 'ada'), { remote: true });
    const { db } = ada.desk.core.replica;
    const others = () =>
      otherConversations(db, asId<'CustomerId'>('customer-day-45'), conversationId('now'), 10);
    const isAsked = () => ada.invalidations.some(({ topic, ids }) => topic === 'thread' && ids === null);
    expect(idsOf(ada)).not.toContain('day-45');
    expect(others()).toEqual([]);
    ada.invalidations.length = 0;
    await world.ingest(customerWrites('day-5', 'more', START));
    await settle();
    expect(isAsked()).toBe(false);
    await ask(ada, 'scope.reach', { from: EVERYTHING });
    await settle();
    expect(idsOf(ada)).toContain('day-45');
    expect(isAsked()).toBe(true);
    expect(others()).toEqual(['day-45']);
  });
});

describe('lists', () => {
  const query = (queue: string, more = {}) => ({
    query: { queue, filters: {}, sort: { by: 'activity', direction: 'desc' }, ...more } as never,
    limit: 10,
  });
  const since = START - 20 * DAY;

  test.each(['inbox', 'mine', 'unassigned', 'unread', 'snoozed', 'withAi'])(
    '[Y9] %s is always whole',
    async (queue) => {
      const { ada } = await scoped(20);
      expect(await ask(ada, 'list.open', query(queue))).toMatchObject({ since: null });
    },
  );

  test.each(['closed', 'review', 'all'])('[Y9] %s says from when on it is whole', async (queue) => {
    const { ada } = await scoped(20);
    const opened = await ask(ada, 'list.open', query(queue));
    expect(opened).toMatchObject({ since });
    await ask(ada, 'scope.reach', { from: EVERYTHING });
    await settle();
    expect(await ask(ada, 'list.open', query(queue))).toMatchObject({ since: null });
  });

  test('[Y9] a refreshed list says it anew', async () => {
    const { ada } = await scoped(20);
    const lists = new HeldLists(ada.desk.core);
    const open = { viewId: 'v1', total: 2, ready: true, rows: [] };
    expect(lists.opened(query('all').query, open)).toEqual({ ...open, since });
    await ask(ada, 'scope.reach', { from: EVERYTHING });
    await settle();
    expect(lists.said(open)).toEqual({ ...open, since: null });
    lists.closed('v1');
    expect(lists.said({ ...open, total: 0 })).toMatchObject({ since: null });
  });

  test('[Y9] the rows behind a figure over what is held are all there', async () => {
    const { ada } = await scoped(20);
    const among = (from: string) => ({ among: { of: 'overview', from, to: '2026-05-31', zone: 'Etc/UTC' } });
    expect(await ask(ada, 'list.open', query('all', among('2026-05-25')))).toMatchObject({ since: null });
    expect(await ask(ada, 'list.open', query('all', among('2026-05-01')))).toMatchObject({ since });
    expect(await ask(ada, 'list.open', query('all', { filters: { state: ['open'] } }))).toMatchObject({
      since: null,
    });
    const review = { among: { of: 'review' } };
    expect(await ask(ada, 'list.open', query('all', review))).toMatchObject({ since });
  });
});

test('[Y9] the first page holds open work alone, and says so', async () => {
  const world = await worldWithScope(20);
  const ada = await openTestDesk(world, await hire(world, 'ada'), { remote: true, start: false });
  ada.link.fate = (verb) => (verb === 'pull' ? 'drop' : 'pass');
  ada.desk.start();
  await settle();
  expect(idsOf(ada)).toEqual(['open']);
  expect(ada.desk.core.replica.state().held).toEqual(OPEN_WORK);
  expect(ada.desk.core.part.holds(START)).toBe(false);
});
