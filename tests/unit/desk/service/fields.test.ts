import { describe, expect, test } from 'vitest';
import { fieldValueOf } from '../../../../src/domain/fields/value.ts';
import { resolveVisibility } from '../../../../src/domain/fields/visibility.ts';
import type { IngestEventInput } from '../../../../src/protocol/ingest.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  START,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');
const TOPICS = 'profile.topics';

interface Team {
  readonly world: World;
  readonly lead: TestDesk;
  readonly ada: TestDesk;
}

/** A lead and an agent, each at a desk of their own, on one workspace with one open conversation. */
async function team(): Promise<Team> {
  const world = await openWorld();
  const lead = await hire(world, 'lea', 'lead');
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  return { world, lead: await openTestDesk(world, lead), ada: await openTestDesk(world, ada) };
}

function fieldsOf(desk: TestDesk): FieldsView {
  const view = desk.desk.handlers['fields.list']({}, NEVER);
  if (view instanceof Promise || !('fields' in view)) throw new Error('no fields');
  return view;
}

const keys = (desk: TestDesk): readonly string[] => fieldsOf(desk).fields.map(({ key }) => key);
const topics = (desk: TestDesk): unknown => fieldValueOf(desk.thread(C1).fields, TOPICS, 'List');
const profileSet = (id: string, values: Record<string, string | number | string[]>): IngestEventInput => ({
  id,
  at: START,
  conversationId: 'c1',
  type: 'conversation.profileSet',
  values,
});

/** Both desks hear of what the other did. */
async function meet({ world, lead, ada }: Team): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const desk of [lead, ada]) await desk.desk.handlers['sync.now']({}, NEVER);
    world.clock.advance(60_000);
    await settle();
  }
}

async function offline(desk: TestDesk, isOffline: boolean): Promise<void> {
  await desk.desk.handlers['sync.setOffline']({ offline: isOffline }, NEVER);
  await settle();
}

async function define(desk: TestDesk, type: string, field = TOPICS): Promise<void> {
  const made = await desk.mutate('field.define', {
    field,
    type,
    names: { en: 'Topics', ko: '주제' },
    position: 3,
  });
  expect(made).toMatchObject({ ok: true });
}

const set = (desk: TestDesk, value: unknown, over: object = {}) =>
  desk.mutate('profile.set', { conversationId: 'c1', field: TOPICS, value, ...over });

describe('what a screen is told of fields', () => {
  test('[C8] the two ready-made ones are there from the start', async () => {
    const { ada } = await team();
    expect(fieldsOf(ada)).toMatchObject({
      fields: [
        { key: 'profile.csat', type: 'Number' },
        { key: 'profile.csatComment', type: 'String' },
      ],
      undefinedKeys: [],
      deletedKeys: [],
      visibility: { own: {}, workspace: {} },
      language: 'en',
      zone: null,
    });
  });

  test('[C1] keys that a source uses without a definition are named, built-in ones are not', async () => {
    const { world, ada } = await team();
    await world.ingest(profileSet('p1', { 'profile.b': 1, 'profile.a': 'x', goalState: 'achieved' }));
    await settle();
    expect(fieldsOf(ada).undefinedKeys).toEqual(['profile.a', 'profile.b']);
  });

  test('[C6] [F4] own choice and default come apart, so that a hidden field can be found', async () => {
    const parts = await team();
    await parts.lead.mutate('visibility.setDefault', { field: 'priority', visible: false });
    await meet(parts);
    await parts.ada.mutate('visibility.setOwn', { field: 'priority', visible: true });
    const { own, workspace } = fieldsOf(parts.ada).visibility;
    expect(resolveVisibility('priority', own, workspace)).toEqual({ visible: true, decidedBy: 'own' });
    expect(fieldsOf(parts.lead).visibility).toEqual({ own: {}, workspace: { priority: false } });
  });

  test('a change of a setting tells the screens', async () => {
    const { lead } = await team();
    lead.invalidations.length = 0;
    await lead.mutate('settings.setZone', { value: 'Asia/Seoul' });
    expect(lead.invalidations.some(({ topic }) => topic === 'info')).toBe(true);
    expect(fieldsOf(lead).zone).toBe('Asia/Seoul');
  });

  test('[F3] values are counted by conversation before a field is deleted, and listed for choosing', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await parts.world.ingest(...escalated('c2'));
    await meet(parts);
    await set(parts.ada, ['Refund', 'Delivery']);
    await parts.ada.mutate('profile.set', { conversationId: 'c2', field: TOPICS, value: ['Delivery'] });
    await meet(parts);
    const { handlers } = parts.lead.desk;
    expect(handlers['fields.valueCount']({ field: TOPICS }, NEVER)).toEqual({ conversations: 2 });
    expect(handlers['fields.values']({ field: TOPICS, text: '', limit: 5 }, NEVER)).toEqual([
      'Delivery',
      'Refund',
    ]);
    expect(handlers['fields.values']({ field: TOPICS, text: 'REF', limit: 5 }, NEVER)).toEqual(['Refund']);
    expect(handlers['fields.values']({ field: TOPICS, text: '', limit: 1 }, NEVER)).toEqual(['Delivery']);
  });
});

describe('roles', () => {
  test('[C7] what is a lead’s is refused at once at an agent’s desk, and nothing waits', async () => {
    const { ada, lead } = await team();
    const calls = [
      ['field.define', { field: TOPICS, type: 'List', names: {}, position: 1 }],
      ['visibility.setDefault', { field: 'tags', visible: false }],
      ['settings.setHours', { value: [] }],
    ] as const;
    for (const [name, args] of calls) {
      expect(await ada.mutate(name, args)).toEqual({
        ok: false,
        refusal: { type: 'forbidden', detail: { role: 'lead' } },
      });
      expect(await lead.mutate(name, args)).toMatchObject({ ok: true });
    }
    expect(ada.desk.handlers['outbox.list']({}, NEVER)).toEqual([]);
  });
});

test('[Y9] a desk that has never met its workspace knows no role but an agent’s', async () => {
  const world = await openWorld();
  const desk = await openTestDesk(world, await hire(world, 'lea', 'lead'), { start: false });
  const answer = await desk.mutate('field.define', { field: TOPICS, type: 'List', names: {}, position: 1 });
  expect(answer).toEqual({ ok: false, refusal: { type: 'forbidden', detail: { role: 'lead' } } });
});

describe('two desks', () => {
  test('[C7] a lead defines a field, an agent fills it offline, the lead sees it', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await meet(parts);
    expect(fieldsOf(parts.ada).fields.find(({ key }) => key === TOPICS)?.names).toEqual({
      en: 'Topics',
      ko: '주제',
    });
    await offline(parts.ada, true);
    expect(await set(parts.ada, ['Refund'])).toMatchObject({ ok: true });
    expect(topics(parts.ada)).toEqual(['Refund']);
    await meet(parts);
    expect(topics(parts.lead)).toBeNull();
    await offline(parts.ada, false);
    await meet(parts);
    expect(topics(parts.lead)).toEqual(['Refund']);
  });

  test('[C7] both add to one list offline: both desks end with everything', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await meet(parts);
    await offline(parts.ada, true);
    await offline(parts.lead, true);
    await set(parts.ada, ['Refund'], { from: [] });
    await set(parts.lead, ['Delivery'], { from: [] });
    for (const desk of [parts.ada, parts.lead]) await offline(desk, false);
    await meet(parts);
    expect(topics(parts.ada)).toEqual(topics(parts.lead));
    expect(new Set(topics(parts.ada) as string[])).toEqual(new Set(['Refund', 'Delivery']));
  });

  test('[C7] [Y16] two set one value offline: the first stands, the second comes back and can be meant all the same', async () => {
    const parts = await team();
    await define(parts.lead, 'String');
    await meet(parts);
    const shown = (desk: TestDesk) => fieldValueOf(desk.thread(C1).fields, TOPICS, 'String');
    for (const desk of [parts.ada, parts.lead]) await offline(desk, true);
    await set(parts.ada, 'Refund');
    await set(parts.lead, 'Delivery');
    await offline(parts.ada, false);
    await offline(parts.lead, false);
    await meet(parts);
    expect([shown(parts.ada), shown(parts.lead)]).toEqual(['Refund', 'Refund']);
    expect(parts.lead.desk.handlers['outbox.list']({}, NEVER)).toMatchObject([
      { name: 'profile.set', state: 'refused', code: 'changedSince' },
    ]);
    const mid = parts.lead.desk.core.outbox.attention()[0]?.mid ?? 0;
    await parts.lead.desk.handlers['outbox.resend']({ mid }, NEVER);
    await meet(parts);
    expect([shown(parts.ada), shown(parts.lead)]).toEqual(['Delivery', 'Delivery']);
  });

  test('[Y16] one’s own second word follows the first, offline too', async () => {
    const parts = await team();
    await define(parts.lead, 'String');
    await meet(parts);
    await offline(parts.ada, true);
    await set(parts.ada, 'Refund');
    await set(parts.ada, 'Delivery');
    await set(parts.ada, null);
    await set(parts.ada, 'Exchange');
    await offline(parts.ada, false);
    await meet(parts);
    expect(fieldValueOf(parts.lead.thread(C1).fields, TOPICS, 'String')).toBe('Exchange');
    expect(parts.ada.desk.handlers['outbox.list']({}, NEVER)).toEqual([]);
  });

  test.each([
    ['settings.setZone', { value: 'Asia/Seoul' }, { value: 'Europe/Stockholm' }],
    ['settings.setLanguage', { value: 'ko' }, { value: 'sv' }],
    ['settings.setTimingPolicy', { value: 'channel-talk' }, { value: 'handoff' }],
    ['settings.setIdleWindow', { source: 'zendesk', hours: 72 }, { source: 'zendesk', hours: 24 }],
    [
      'settings.setAttribution',
      { value: { sms: { touches: ['clicked'], windowHours: 24 } } },
      { value: { sms: { touches: ['recommended'], windowHours: 24 } } },
    ],
    [
      'settings.setHours',
      { value: [{ validFrom: '2026-01-01', zone: 'UTC', week: {}, holidays: [] }] },
      { value: [{ validFrom: '2026-02-01', zone: 'UTC', week: {}, holidays: [] }] },
    ],
    [
      'field.setName',
      { field: 'profile.csat', language: 'ko', name: '만족도' },
      { field: 'profile.csat', language: 'ko', name: '평가' },
    ],
  ])(
    '[Y16] two leads change %s offline: nobody’s word is overwritten unseen',
    async (name, first, second) => {
      const world = await openWorld();
      const [lea, lou] = [await hire(world, 'lea', 'lead'), await hire(world, 'lou', 'lead')];
      const parts = { world, lead: await openTestDesk(world, lea), ada: await openTestDesk(world, lou) };
      for (const desk of [parts.ada, parts.lead]) await offline(desk, true);
      await parts.ada.mutate(name, first);
      await parts.lead.mutate(name, second);
      await offline(parts.ada, false);
      await offline(parts.lead, false);
      await meet(parts);
      expect(parts.lead.desk.handlers['outbox.list']({}, NEVER)).toMatchObject([
        { name, code: 'changedSince' },
      ]);
      expect(parts.ada.desk.handlers['outbox.list']({}, NEVER)).toEqual([]);
    },
  );

  test('[F3] a value written offline for a field that is archived meanwhile comes back with its reason', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await meet(parts);
    await offline(parts.ada, true);
    await set(parts.ada, ['Refund']);
    await parts.lead.mutate('field.archive', { field: TOPICS });
    await meet(parts);
    await offline(parts.ada, false);
    await meet(parts);
    expect(topics(parts.ada)).toBeNull();
    expect(parts.ada.desk.handlers['outbox.list']({}, NEVER)).toMatchObject([
      { name: 'profile.set', state: 'refused', code: 'fieldArchived' },
    ]);
  });

  test('[F2] two leads who translate one field offline both keep their name', async () => {
    const world = await openWorld();
    const [lea, lou] = [await hire(world, 'lea', 'lead'), await hire(world, 'lou', 'lead')];
    await world.ingest(...escalated('c1'));
    const parts = { world, lead: await openTestDesk(world, lea), ada: await openTestDesk(world, lou) };
    await define(parts.lead, 'List');
    await meet(parts);
    for (const desk of [parts.ada, parts.lead]) await offline(desk, true);
    await parts.lead.mutate('field.setName', { field: TOPICS, language: 'sv', name: 'Ämnen' });
    await parts.ada.mutate('field.setName', { field: TOPICS, language: 'pt-BR', name: 'Temas' });
    await parts.ada.mutate('field.move', { field: TOPICS, position: 0 });
    for (const desk of [parts.ada, parts.lead]) await offline(desk, false);
    await meet(parts);
    for (const desk of [parts.ada, parts.lead]) {
      expect(fieldsOf(desk).fields[0]).toMatchObject({
        key: TOPICS,
        names: { en: 'Topics', ko: '주제', sv: 'Ämnen', 'pt-BR': 'Temas' },
      });
    }
  });

  test('[F3] a deleted field is gone from every desk with its values, and its key is kept', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await meet(parts);
    await set(parts.ada, ['Refund']);
    await meet(parts);
    await parts.lead.mutate('field.delete', { field: TOPICS });
    await meet(parts);
    for (const desk of [parts.ada, parts.lead]) {
      expect(keys(desk)).not.toContain(TOPICS);
      expect(fieldsOf(desk)).toMatchObject({ undefinedKeys: [], deletedKeys: [TOPICS] });
      expect(desk.thread(C1).fields).toEqual([]);
    }
  });

  test('[Y16] an undo takes a profile value back on every desk', async () => {
    const parts = await team();
    await define(parts.lead, 'List');
    await meet(parts);
    await set(parts.ada, ['Refund']);
    await meet(parts);
    expect(await parts.ada.desk.handlers['undo.apply']({}, NEVER)).toMatchObject({ ok: true });
    await meet(parts);
    expect(topics(parts.lead)).toBeNull();
  });
});
