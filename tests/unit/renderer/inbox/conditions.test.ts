import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import type { FieldCondition } from '../../../../src/protocol/rpc/list.ts';
import { fieldConditionSchema } from '../../../../src/protocol/rpc/list.ts';
import {
  type ConditionDraft,
  conditionOf,
  draftOf,
  operatorsOf,
  withCondition,
} from '../../../../renderer/desk/features/inbox/fields/condition-draft.ts';
import {
  isColumnField,
  listFields,
  type ListField,
} from '../../../../renderer/desk/features/inbox/fields/list-fields.ts';
import type { Reading } from '../../../../renderer/desk/features/fields/typed-input.ts';

const utc = (at: number) => {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
};
const EN: Reading = { locale: 'en', civil: utc };
const SV: Reading = { locale: 'sv', civil: utc };
const field = (type: ListField['type']): ListField => ({ key: 'profile.x', type, name: 'X' });
const write = (type: ListField['type'], part: Partial<ConditionDraft>, reading = EN): FieldCondition | null =>
  conditionOf(field(type), { ...draftOf(field(type), undefined, reading), ...part }, reading);

describe('a condition as it is written', () => {
  test('[C7] numbers and lengths have two ends, of which one may stay open; nothing written is no condition', () => {
    expect(write('Number', { operator: 'between', from: '1,000.5' })).toEqual({
      type: 'range',
      from: 1000.5,
      to: null,
    });
    expect(write('Number', { operator: 'between', from: '2,5', to: '3' }, SV)).toMatchObject({
      from: 2.5,
      to: 3,
    });
    expect(write('Duration', { operator: 'between', to: '1.5', unit: 'hours' })).toEqual({
      type: 'range',
      from: null,
      to: 5_400_000,
    });
    expect(write('Number', { operator: 'between' })).toBeNull();
    expect(write('Number', { operator: 'between', from: 'many' })).toBeNull();
  });

  test('[F1] days with a year and without one are not compared; a moment’s last day counts to its end', () => {
    expect(write('Date', { operator: 'between', from: '2026-01-31' })).toEqual({
      type: 'dates',
      from: '2026-01-31',
      to: null,
    });
    expect(write('Date', { operator: 'between', from: '2026-01-31', to: '12-24' })).toBeNull();
    const day = Date.UTC(2026, 0, 31);
    expect(write('Datetime', { operator: 'between', from: '2026-01-31', to: '2026-01-31' })).toEqual({
      type: 'range',
      from: day,
      to: day + 86_400_000 - 1,
    });
    expect(write('Datetime', { operator: 'between', from: '01-31' })).toBeNull();
  });

  test('[C7] texts and lists: parts and values; yes, no, set and not set need nothing more', () => {
    expect(write('String', { operator: 'contains', text: ' blue ' })).toEqual({
      type: 'contains',
      text: 'blue',
    });
    expect(write('String', { operator: 'contains', text: ' ' })).toBeNull();
    expect(write('List', { operator: 'anyOf', values: ['a'] })).toEqual({ type: 'anyOf', values: ['a'] });
    expect(write('List', { operator: 'anyOf' })).toBeNull();
    expect(write('Boolean', { operator: 'no' })).toEqual({ type: 'is', value: false });
    expect(write('Duration', { operator: 'empty' })).toEqual({ type: 'empty' });
  });

  test('what stands is changed from what it says, in every type and language', () => {
    const conditions: readonly (readonly [ListField['type'], FieldCondition])[] = [
      ['Number', { type: 'range', from: -0.25, to: 1e6 }],
      ['Duration', { type: 'range', from: 5_400_000, to: null }],
      ['Duration', { type: 'range', from: 172_800_000, to: 259_200_000 }],
      ['Datetime', { type: 'range', from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 3) - 1 }],
      ['Date', { type: 'dates', from: '02-29', to: null }],
      ['Boolean', { type: 'is', value: true }],
      ['String', { type: 'contains', text: '빨강' }],
      ['List', { type: 'anyOf', values: ['a', 'b'] }],
      ['String', { type: 'filled' }],
    ];
    for (const reading of [EN, SV]) {
      for (const [type, condition] of conditions) {
        const draft = draftOf(field(type), condition, reading);
        expect(operatorsOf(field(type))).toContain(draft.operator);
        expect(conditionOf(field(type), draft, reading)).toEqual(condition);
        expect(fieldConditionSchema.parse(condition)).toEqual(condition);
      }
    }
  });

  test('is put among the filters, changed and taken away without a trace', () => {
    const one = withCondition({ tag: ['a'] }, 'profile.x', { type: 'empty' });
    expect(one).toEqual({ tag: ['a'], fields: { 'profile.x': { type: 'empty' } } });
    const two = withCondition(one, 'profile.y', { type: 'filled' });
    expect(Object.keys(two.fields ?? {})).toEqual(['profile.x', 'profile.y']);
    expect(withCondition(withCondition(two, 'profile.x', null), 'profile.y', null)).toEqual({ tag: ['a'] });
  });
});

describe('the fields of lists', () => {
  const definition = { type: 'Number', names: {}, position: 1, archivedAt: null, deletedAt: null } as const;
  const view = {
    fields: [
      { ...definition, key: 'profile.csat' },
      { ...definition, key: 'profile.old', archivedAt: epochMillis(5) },
    ],
    undefinedKeys: ['plan', 'goalState'],
    deletedKeys: [],
    visibility: { own: {}, workspace: {} },
    language: 'en',
    zone: null,
  };

  test('[F4] [C1] [C8] hold built-in keys, the workspace’s own, scores and keys that nobody defined; archived ones not', () => {
    const fields = listFields(view, (key) => key.toUpperCase());
    const keys = fields.map(({ key }) => key);
    for (const key of ['waitingTime', 'source.page', 'csat.scale', 'csat.answered', 'profile.csat', 'plan']) {
      expect(keys).toContain(key);
    }
    expect(keys).not.toContain('profile.old');
    expect(keys.filter((key) => key === 'goalState')).toHaveLength(1);
    expect(new Set(keys).size).toBe(keys.length);
    expect(fields.find(({ key }) => key === 'plan')).toEqual({ key: 'plan', type: 'String', name: 'PLAN' });
  });

  test('what is a column of the table’s own is no second one', () => {
    const keys = listFields(undefined, (key) => key)
      .filter(isColumnField)
      .map(({ key }) => key);
    expect(keys).not.toContain('openedAt');
    expect(keys).toContain('operationAvgReplyTime');
  });
});
