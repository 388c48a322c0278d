import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import {
  byFieldOrder,
  CSAT_COMMENT_FIELD,
  CSAT_FIELD,
  type FieldDefinition,
  fieldDefinition,
  fieldDefinitions,
  fieldSetting,
  fieldSettingKey,
  isActiveField,
  isFieldKey,
  isReadyMade,
  MAX_FIELD_KEY,
  parseFieldSetting,
} from '../../../../src/domain/fields/definition.ts';
import { lastPosition, placesFor } from '../../../../src/domain/fields/order.ts';

const field = (key: string, over: Partial<FieldDefinition> = {}): FieldDefinition => ({
  key: `profile.${key}`,
  type: 'String',
  names: {},
  position: 1,
  archivedAt: null,
  deletedAt: null,
  ...over,
});

describe('the key of a field', () => {
  test.each(['profile.a', 'profile.orderNumber', 'profile.order_no', 'profile.a-b', 'profile.goal.state2'])(
    '[C7] may be %s',
    (key) => expect(isFieldKey(key)).toBe(true),
  );

  test('[C7] may be as long as it may be, and no longer', () => {
    const key = 'profile.'.padEnd(MAX_FIELD_KEY, 'a');
    expect([isFieldKey(key), isFieldKey(`${key}a`)]).toEqual([true, false]);
  });

  test.each([
    'profile.',
    'profile.1a',
    'profile.a b',
    'profile..a',
    'profile.a.',
    'profile.주문',
    'Profile.a',
    'orderNumber',
    'source.page',
    '__proto__',
    `profile.${'a'.repeat(MAX_FIELD_KEY)}`,
  ])('[C7] may not be %s', (key) => expect(isFieldKey(key)).toBe(false));
});

describe('a definition in its setting', () => {
  test('[F2] comes back as it was put in', () => {
    const full = field('plan', {
      type: 'List',
      names: { en: 'Plan', ko: '요금제' },
      position: 2.5,
      archivedAt: epochMillis(7),
      deletedAt: epochMillis(9),
    });
    expect(parseFieldSetting(fieldSetting(full))).toEqual(full);
    expect(fieldSetting(full).key).toBe('field:profile.plan');
  });

  test('a setting that is no definition, or cannot be read, is none', () => {
    expect(parseFieldSetting({ key: 'hours', value: '[]' })).toBeNull();
    for (const value of ['', '{', 'null', '[]', '"a"', '{}', '{"type":"Colour"}'])
      expect(parseFieldSetting({ key: 'field:profile.x', value })).toBeNull();
  });

  test('[F2] names that are no names, a place and moments that are none, are as if they were not there', () => {
    for (const names of ['["x"]', '"abc"', 'null', '7'])
      expect(
        parseFieldSetting({
          key: 'field:profile.x',
          value: `{"type":"String","names":${names},"position":"1","archivedAt":"5"}`,
        }),
      ).toEqual(field('x', { position: 0 }));
    expect(parseFieldSetting({ key: 'hours:profile.x', value: '{"type":"String"}' })).toBeNull();
  });

  test('what a newer build wrote into it is passed over, what is missing is as at the start', () => {
    const setting = {
      key: 'field:profile.x',
      value: '{"type":"Number","colour":"red","names":{"en":3,"ko":"수"}}',
    };
    expect(parseFieldSetting(setting)).toEqual(
      field('x', { type: 'Number', names: { ko: '수' }, position: 0 }),
    );
  });

  test('[C8] ready-made fields are there without a setting, keep their type, and are never deleted', () => {
    expect(fieldDefinition(CSAT_FIELD, null)).toMatchObject({ key: 'profile.csat', type: 'Number' });
    expect(fieldDefinition(CSAT_COMMENT_FIELD, null)).toMatchObject({ type: 'String' });
    expect(fieldDefinition('profile.other', null)).toBeNull();
    const bent = {
      key: fieldSettingKey(CSAT_FIELD),
      value: '{"type":"String","names":{"ko":"만족도"},"deletedAt":5}',
    };
    expect(fieldDefinition(CSAT_FIELD, bent)).toMatchObject({
      type: 'Number',
      names: { ko: '만족도' },
      deletedAt: null,
    });
    expect([CSAT_FIELD, CSAT_COMMENT_FIELD, 'profile.x'].map(isReadyMade)).toEqual([true, true, false]);
  });

  test('an unreadable setting of a ready-made field leaves it as it is made', () => {
    expect(fieldDefinition(CSAT_FIELD, { key: fieldSettingKey(CSAT_FIELD), value: '{' })).toMatchObject({
      type: 'Number',
    });
  });

  test('[F3] in use is what is neither archived nor deleted', () => {
    expect(isActiveField(field('a'))).toBe(true);
    expect(isActiveField(field('a', { archivedAt: epochMillis(1) }))).toBe(false);
    expect(isActiveField(field('a', { deletedAt: epochMillis(1) }))).toBe(false);
  });
});

describe('the order of fields', () => {
  const keys = (fields: readonly FieldDefinition[]): readonly string[] =>
    fields.map(({ key }) => key.slice(8));

  test('[C7] is by position, equal ones by key, the same on every desk', () => {
    const settings = [field('b'), field('a'), field('z', { position: 0.5 })].map(fieldSetting);
    expect(keys(fieldDefinitions(settings))).toEqual(['z', 'a', 'b', 'csat', 'csatComment']);
    expect(keys(fieldDefinitions([...settings].reverse()))).toEqual(['z', 'a', 'b', 'csat', 'csatComment']);
  });

  test('[C8] a ready-made field that was moved stands where it was put, once', () => {
    const moved = field('csat', { type: 'Number', position: 9 });
    expect(keys(fieldDefinitions([field('a'), moved].map(fieldSetting)))).toEqual([
      'a',
      'csatComment',
      'csat',
    ]);
  });

  const fields = [field('a', { position: 1 }), field('b', { position: 2 }), field('c', { position: 3 })];
  /** The order after the places were set. */
  const after = (list: readonly FieldDefinition[], key: string, index: number): readonly string[] => {
    const places = new Map(
      placesFor(list, `profile.${key}`, index).map((place) => [place.key, place.position]),
    );
    return keys(
      list.map((one) => ({ ...one, position: places.get(one.key) ?? one.position })).sort(byFieldOrder),
    );
  };

  test('[C7] a field moves to any place, by setting one position', () => {
    expect(after(fields, 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(after(fields, 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(after(fields, 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(after(fields, 'a', 99)).toEqual(['b', 'c', 'a']);
    expect(after(fields, 'c', -5)).toEqual(['c', 'a', 'b']);
    expect(placesFor(fields, 'profile.a', 2)).toEqual([{ key: 'profile.a', position: 4 }]);
    expect(placesFor(fields, 'profile.a', 1)).toEqual([{ key: 'profile.a', position: 2.5 }]);
    expect(placesFor(fields, 'profile.c', 0)).toEqual([{ key: 'profile.c', position: 0 }]);
    const far = [field('a', { position: 1 }), field('b', { position: 8 }), field('c', { position: 12 })];
    expect(placesFor(far, 'profile.a', 1)).toEqual([{ key: 'profile.a', position: 10 }]);
  });

  test('[C7] nothing is set for a field that stands there already, or that nobody knows', () => {
    expect(placesFor(fields, 'profile.b', 1)).toEqual([]);
    expect(placesFor(fields, 'profile.nobody', 1)).toEqual([]);
  });

  test('[C7] where no number is left between two neighbours, all are numbered anew', () => {
    const tied = [field('a'), field('b'), field('c')];
    expect(after(tied, 'c', 1)).toEqual(['a', 'c', 'b']);
    expect(placesFor(tied, 'profile.c', 1)).toEqual([
      { key: 'profile.a', position: 1 },
      { key: 'profile.c', position: 2 },
      { key: 'profile.b', position: 3 },
    ]);
    const close = [
      field('a', { position: 1 }),
      field('b', { position: 1 + Number.EPSILON }),
      field('c', { position: 5 }),
    ];
    expect(after(close, 'c', 1)).toEqual(['a', 'c', 'b']);
    expect(placesFor(close, 'profile.c', 1)).toHaveLength(3);
  });

  test('[C7] a new field comes last', () => {
    expect(lastPosition([])).toBe(1);
    expect(lastPosition(fields)).toBe(4);
    expect(lastPosition([field('a', { position: 2.5 })])).toBe(3);
    expect(lastPosition([field('a', { position: -3 })])).toBe(1);
  });
});
