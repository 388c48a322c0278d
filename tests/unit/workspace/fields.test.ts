import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { handedOver, minute } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

const DESK = asId<'ClientId'>('client-1');

function profileSet(
  id: string,
  values: Readonly<Record<string, string | number | boolean | string[] | null>>,
  conversationId = 'c1',
  at = minute(20),
): IngestEventInput {
  return { id, at, conversationId, type: 'conversation.profileSet', values };
}
const define = (field: string, type: string) =>
  ['field.define', { field, type, names: {}, position: 3 }] as const;

/** A house with a lead who defined `profile.seats` as a Number and `profile.topics` as a List. */
async function houseWithFields(): Promise<{ house: House; lead: Desk }> {
  const house = await openHouse();
  const lead = await house.hire('lea', 'lead');
  await house.ingest(...handedOver('c1'));
  await house.push(lead, DESK, 1, define('profile.seats', 'Number'), define('profile.topics', 'List'));
  return { house, lead };
}

const values = async (house: House): Promise<readonly (readonly unknown[])[]> =>
  (await house.rows())['fieldValue'] ?? [];
const audit = async (house: House): Promise<readonly (readonly [string, string, unknown])[]> =>
  (await house.store.audit(0, 100)).map(({ actor, action, detail }) => [
    actor,
    action,
    JSON.parse(detail ?? 'null'),
  ]);
const ingested = async (house: House, ...events: readonly IngestEventInput[]) => {
  const answer = await house.workspace.ingest('test', { events });
  if (!answer.ok) throw new Error(answer.error.type);
  return answer.value;
};

describe('values that a source sends', () => {
  test('[F1] fit their fields and go in as those keep them', async () => {
    const { house } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.seats': 4, 'profile.topics': ['a', 'a ', 'b'] }));
    expect(await values(house)).toEqual([
      ['c1', 'profile.seats', 0, 4, null],
      ['c1', 'profile.topics', 0, null, 'a'],
      ['c1', 'profile.topics', 1, null, 'b'],
    ]);
  });

  test('[F1] [Y13] a wrong value turns its event away with the place, and the rest of the batch goes in', async () => {
    const { house } = await houseWithFields();
    const answer = await ingested(
      house,
      profileSet('p1', { 'profile.seats': '4', 'profile.topics': ['a'] }),
      profileSet('p2', { 'profile.seats': 5 }),
      profileSet('p3', { goalCheckedAt: 'yesterday' }),
    );
    expect(answer.accepted).toBe(1);
    expect(answer.rejected).toEqual([
      {
        index: 0,
        id: 'p1',
        code: 'invalidEvent',
        path: 'values.profile.seats',
        message: 'profile.seats takes Number, not string',
      },
      {
        index: 2,
        id: 'p3',
        code: 'invalidEvent',
        path: 'values.goalCheckedAt',
        message: 'goalCheckedAt takes Datetime, not string',
      },
    ]);
    expect(await values(house)).toEqual([['c1', 'profile.seats', 0, 5, null]]);
  });

  test('[F1] the same event, put right, goes in', async () => {
    const { house } = await houseWithFields();
    expect((await ingested(house, profileSet('p1', { 'profile.seats': '4' }))).rejected).toHaveLength(1);
    expect((await ingested(house, profileSet('p1', { 'profile.seats': 4 }))).accepted).toBe(1);
    expect(await values(house)).toHaveLength(1);
  });

  test('[C1] [C13] what nobody defined goes in under its key: a product page’s name and number', async () => {
    const { house } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.productName': 'Lamp', 'profile.productNumber': 'L-1' }));
    expect((await values(house)).map(([, field, , , text]) => [field, text])).toEqual([
      ['profile.productName', 'Lamp'],
      ['profile.productNumber', 'L-1'],
    ]);
  });

  test('[F1] an event that waited for its conversation is checked by the fields of the day it counts', async () => {
    const { house, lead } = await houseWithFields();
    await house.ingest(
      profileSet('p1', { 'profile.late': 'x' }, 'c2'),
      profileSet('p2', { 'profile.ok': 'x' }, 'c2'),
    );
    await house.push(lead, DESK, 3, define('profile.late', 'Number'));
    await house.ingest(...handedOver('c2'));
    expect((await values(house)).map(([, field]) => field)).toEqual(['profile.ok']);
    expect(house.log).toEqual([{ type: 'pendingDropped', id: 'p1', code: 'invalidEvent' }]);
  });
});

describe('roles', () => {
  test('[C7] an agent fills fields, and only a lead defines them', async () => {
    const { house } = await houseWithFields();
    const mina = await house.hire('mina');
    const answer = await house.push(
      mina,
      asId<'ClientId'>('client-2'),
      1,
      define('profile.mine', 'String'),
      ['profile.set', { conversationId: 'c1', field: 'profile.seats', value: 2 }],
      ['visibility.setDefault', { field: 'tags', visible: false }],
      ['settings.setZone', { value: 'Asia/Seoul' }],
    );
    expect(answer.outcomes.map(({ status, code }) => [status, code])).toEqual([
      ['refused', 'forbidden'],
      ['applied', undefined],
      ['refused', 'forbidden'],
      ['refused', 'forbidden'],
    ]);
  });
});

describe('deleting a field', () => {
  const remove = ['field.delete', { field: 'profile.topics' }] as const;

  test('[F3] takes its values along, of every conversation, and no others', async () => {
    const { house, lead } = await houseWithFields();
    await house.ingest(...handedOver('c2'));
    await house.ingest(
      profileSet('p1', { 'profile.topics': ['a', 'b'], 'profile.seats': 1 }),
      profileSet('p2', { 'profile.topics': ['c'] }, 'c2'),
    );
    await house.push(lead, DESK, 3, [
      'profile.set',
      { conversationId: 'c2', field: 'profile.topics', value: ['d'] },
    ]);
    await house.push(lead, DESK, 4, remove);
    expect(await values(house)).toEqual([['c1', 'profile.seats', 0, 1, null]]);
    const histories = await house.store.rowsOf('history', [asId('c1'), asId('c2')]);
    expect(JSON.stringify([...histories])).not.toContain('profile.topics');
    expect(await audit(house)).toContainEqual([
      'workspace',
      'field.purged',
      { field: 'profile.topics', rows: 6 },
    ]);
    expect(await audit(house)).toContainEqual(['lea', 'field.deleted', { field: 'profile.topics' }]);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[F3] [T11] folding its history again does not bring a value back', async () => {
    const { house, lead } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.topics': ['a'], 'profile.seats': 1 }));
    await house.push(lead, DESK, 3, remove);
    await house.ingest(
      profileSet('p0', { 'profile.topics': ['late'], 'profile.seats': 9 }, 'c1', minute(15)),
    );
    expect(await values(house)).toEqual([['c1', 'profile.seats', 0, 1, null]]);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[F3] what a source or a desk still says of it is left out or refused', async () => {
    const { house, lead } = await houseWithFields();
    await house.push(lead, DESK, 3, remove);
    await house.ingest(profileSet('p1', { 'profile.topics': 'of another type even', 'profile.seats': 2 }));
    expect(await values(house)).toEqual([['c1', 'profile.seats', 0, 2, null]]);
    const late = await house.push(
      lead,
      DESK,
      4,
      ['profile.set', { conversationId: 'c1', field: 'profile.topics', value: ['offline'] }],
      define('profile.topics', 'List'),
    );
    expect(late.outcomes.map(({ code }) => code)).toEqual(['noSuchField', 'keyRetired']);
  });

  test('[F3] many values go in several commits, and what a push does not wait for with the next sweep', async () => {
    const { house, lead } = await houseWithFields();
    const ids = Array.from({ length: 1_250 }, (_, index) => `many-${index}`);
    await house.ingest(
      ...ids.flatMap((id) => [
        {
          id: `${id}-s`,
          at: minute(0),
          conversationId: id,
          type: 'conversation.started',
          channel: 'web_chat',
          profile: { id: `customer-${id}` },
        } as const,
        profileSet(`${id}-p`, { 'profile.topics': ['a'], 'profile.seats': 1 }, id),
      ]),
    );
    await house.push(lead, DESK, 3, remove);
    const left = async (): Promise<number> =>
      (await values(house)).filter(([, field]) => field === 'profile.topics').length;
    expect(await left()).toBe(250);
    await house.workspace.sweep();
    expect(await left()).toBe(0);
    expect(await values(house)).toHaveLength(1_250);
    expect(await house.store.fieldHolders('profile.topics', 10)).toEqual([]);
  });

  test('[F3] what an interrupted deletion left goes with the next sweep', async () => {
    const { house, lead } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.topics': ['a'] }));
    const head = await house.store.head();
    await house.push(lead, DESK, 3, remove);
    const again = await house.store.commit({
      expectedHead: (await house.store.head()).seq,
      at: house.clock.now(),
      changes: [
        {
          table: 'fieldValue',
          op: 'put',
          row: { conversationId: asId('c1'), field: 'profile.topics', ordinal: 0, number: null, text: 'a' },
        },
      ],
    });
    expect(again.ok).toBe(true);
    await house.workspace.sweep();
    expect(await values(house)).toEqual([]);
    expect((await house.store.head()).seq).toBeGreaterThan(head.seq);
    const quiet = await house.store.head();
    await house.workspace.sweep();
    expect(await house.store.head()).toEqual(quiet);
  });

  test('[F3] archiving keeps every value', async () => {
    const { house, lead } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.topics': ['a'] }));
    await house.push(lead, DESK, 3, ['field.archive', { field: 'profile.topics' }]);
    await house.workspace.sweep();
    expect(await values(house)).toHaveLength(1);
  });
});

describe('fields in a settings file', () => {
  const FIELDS = [
    { key: 'profile.topics', type: 'List', names: { en: 'Topics', ko: '주제' }, archived: false },
    { key: 'profile.csat', type: 'Number', names: { ko: '만족도' }, archived: false },
    { key: 'profile.old', type: 'Date', names: {}, archived: true },
  ];

  test('[C7] [C8] come in in their order and go out again as they came', async () => {
    const house = await openHouse();
    const file = { zone: 'Asia/Seoul', language: 'ko', fields: FIELDS, visibility: { goalState: false } };
    expect(await house.workspace.importSettings(file)).toEqual({
      ok: true,
      value: { keys: ['zone', 'language', 'visibility', 'fields'] },
    });
    const exported = await house.workspace.settings();
    expect(exported).toMatchObject({ zone: 'Asia/Seoul', language: 'ko', visibility: { goalState: false } });
    expect(exported.fields?.map(({ key }) => key)).toEqual([
      'profile.topics',
      'profile.csat',
      'profile.csatComment',
      'profile.old',
    ]);
    expect(exported.fields?.[0]).toEqual(FIELDS[0]);
    const other = await openHouse();
    await other.workspace.importSettings(exported);
    expect(await other.workspace.settings()).toEqual(exported);
  });

  test('[F2] names and order of a field that stands are replaced, its type and values are not', async () => {
    const { house } = await houseWithFields();
    await house.ingest(profileSet('p1', { 'profile.topics': ['a'] }));
    const topics = { key: 'profile.topics', type: 'List', names: { sv: 'Ämnen' } };
    expect((await house.workspace.importSettings({ fields: [topics] })).ok).toBe(true);
    expect(await values(house)).toHaveLength(1);
    const retyped = await house.workspace.importSettings({ fields: [{ ...topics, type: 'String' }] });
    expect(retyped).toEqual({
      ok: false,
      error: { type: 'badSettings', problems: [{ path: 'fields.0.type', code: 'otherType', detail: '' }] },
    });
  });

  test('[F3] a deleted field’s key is not taken from a file either', async () => {
    const { house, lead } = await houseWithFields();
    await house.push(lead, DESK, 3, ['field.delete', { field: 'profile.topics' }]);
    expect(await house.workspace.importSettings({ fields: FIELDS })).toMatchObject({
      error: { problems: [{ path: 'fields.0.key', code: 'deletedKey' }] },
    });
    expect((await house.workspace.settings()).fields?.map(({ key }) => key)).not.toContain('profile.topics');
  });

  test.each([
    [{ fields: [{ key: 'plan', type: 'List' }] }, 'fields.0.key', 'notAFieldKey'],
    [{ fields: [FIELDS[0], FIELDS[0]] }, 'fields.1.key', 'repeatedKey'],
    [{ fields: [{ key: 'profile.csat', type: 'String' }] }, 'fields.0.type', 'otherType'],
    [{ fields: [{ key: 'profile.a', type: 'Colour' }] }, 'fields.0.type', 'notAsExpected'],
    [
      { fields: [{ key: 'profile.a', type: 'List', names: { '!': 'x' } }] },
      'fields.0.names.!',
      'notALanguage',
    ],
    [{ fields: [{ key: 'profile.a', type: 'List', colour: 1 }] }, 'fields.0.colour', 'unknownKey'],
    [{ zone: 'Mars/Base' }, 'zone', 'notAZone'],
    [{ visibility: { priority: 'no' } }, 'visibility.priority', 'notAsExpected'],
  ])('[C7] [F4] %j is refused at %s', async (file, path, code) => {
    const house = await openHouse();
    const refused = await house.workspace.importSettings(file);
    if (refused.ok) throw new Error('taken');
    expect(refused.error.problems.map((problem) => [problem.path, problem.code])).toEqual([[path, code]]);
  });

  test('a workspace that nobody touched exports no fields', async () => {
    const house = await openHouse();
    expect(await house.workspace.settings()).toEqual({ hours: [], timingPolicy: 'handoff' });
  });
});
