import { describe, expect, test } from 'vitest';
import type { FieldType } from '../../../../src/domain/fields/definition.ts';
import {
  checkFieldValue,
  fieldValueOf,
  isFieldDate,
  isSameValue,
  MAX_FIELD_TEXT,
  MAX_LIST_ITEM,
  MAX_LIST_ITEMS,
  mergeLists,
  valueKind,
} from '../../../../src/domain/fields/value.ts';
import type { FieldValue } from '../../../../src/domain/model.ts';
import { C1 } from '../../../support/domain/history.ts';

const kept = (type: FieldType, value: unknown): unknown => {
  const checked = checkFieldValue('profile.x', type, value);
  return checked.ok ? checked.value : checked.error;
};
const refused = (type: FieldType, got: string): unknown => ({
  type: 'wrongType',
  field: 'profile.x',
  expected: type,
  got,
});

describe('a value and its field’s type', () => {
  test.each<[FieldType, readonly unknown[]]>([
    ['Boolean', [true, false]],
    ['String', ['a', ' spaced ', '한국어', '=1+1']],
    ['Number', [0, -1.5, 1e300]],
    ['Date', ['2026-02-28', '2024-02-29', '02-29', '12-31', '1999-01-01']],
    ['Datetime', [0, -1, 1_790_000_000_000, 8_640_000_000_000_000]],
    ['List', [['a'], ['b', 'a']]],
  ])('[F1] %s keeps what fits as it is', (type, values) => {
    for (const value of values) expect(kept(type, value)).toEqual(value);
  });

  test('[F1] what is just as long as it may be fits', () => {
    const text = 'x'.repeat(MAX_FIELD_TEXT);
    expect(kept('String', text)).toBe(text);
    const item = 'x'.repeat(MAX_LIST_ITEM);
    expect(kept('List', [item])).toEqual([item]);
    const items = Array.from({ length: MAX_LIST_ITEMS }, (_, index) => `${index}`);
    expect(kept('List', items)).toEqual(items);
  });

  test.each<[FieldType, unknown, string]>([
    ['Boolean', 1, 'number'],
    ['Boolean', 'true', 'string'],
    ['String', 5, 'number'],
    ['String', ['a'], 'list'],
    ['String', 'x'.repeat(MAX_FIELD_TEXT + 1), 'string'],
    ['Number', '5', 'string'],
    ['Number', Number.NaN, 'number'],
    ['Number', Number.POSITIVE_INFINITY, 'number'],
    ['Number', true, 'boolean'],
    ['Date', '2026-02-29', 'string'],
    ['Date', '02-30', 'string'],
    ['Date', '2026-2-8', 'string'],
    ['Date', '2026-02-28T10:00:00Z', 'string'],
    ['Date', '', 'string'],
    ['Date', 1_790_000_000_000, 'number'],
    ['Datetime', '2026-02-28', 'string'],
    ['Datetime', 1.5, 'number'],
    ['Datetime', 8_640_000_000_000_001, 'number'],
    ['List', 'a', 'string'],
    ['List', [1], 'list'],
    ['List', ['x'.repeat(MAX_LIST_ITEM + 1)], 'list'],
    ['List', Array.from({ length: MAX_LIST_ITEMS + 1 }, (_, index) => `${index}`), 'list'],
    ['List', {}, 'object'],
    ['String', undefined, 'nothing'],
  ])('[F1] %s refuses %j, saying what it is', (type, value, got) => {
    expect(kept(type, value)).toEqual(refused(type, got));
  });

  test('[F1] null takes any value away; a text of nothing but space and an empty list are none', () => {
    for (const type of ['Boolean', 'String', 'Number', 'Date', 'Datetime', 'List'] as const)
      expect(kept(type, null)).toBeNull();
    expect(kept('String', ' \n')).toBeNull();
    expect(kept('List', [])).toBeNull();
    expect(kept('List', [' ', ''])).toBeNull();
  });

  test('[F1] a list is an ordered set: each item once, composed, without space around it', () => {
    expect(kept('List', [' red', 'blue', 'red', 'e\u0301te\u0301', '\u00e9t\u00e9'])).toEqual([
      'red',
      'blue',
      '\u00e9t\u00e9',
    ]);
  });

  test('[F1] half of a surrogate pair is made well-formed', () => {
    expect(kept('String', 'a\ud83d')).toBe('a\ufffd');
    expect(kept('List', ['a\ud83d'])).toEqual(['a\ufffd']);
  });

  test('[F1] a date is a day that exists, of a year or of every year', () => {
    expect(['2026-01-01', '01-01', '02-29'].map(isFieldDate)).toEqual([true, true, true]);
    expect(['2025-02-29', '13-01', '00-10', '1-1', '2026', ''].map(isFieldDate)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });

  test('what a value is, whatever was expected', () => {
    expect([null, undefined, 'a', 1, true, [], {}, () => 1].map(valueKind)).toEqual([
      'nothing',
      'nothing',
      'string',
      'number',
      'boolean',
      'list',
      'object',
      'object',
    ]);
  });
});

describe('a value out of its rows', () => {
  const row = (ordinal: number, item: Partial<FieldValue>, field = 'profile.x'): FieldValue => ({
    conversationId: C1,
    field,
    ordinal,
    number: null,
    text: null,
    ...item,
  });

  test('[C7] each type comes back as it went in', () => {
    expect(fieldValueOf([row(0, { number: 1 })], 'profile.x', 'Boolean')).toBe(true);
    expect(fieldValueOf([row(0, { number: 0 })], 'profile.x', 'Boolean')).toBe(false);
    expect(fieldValueOf([row(0, { number: 1 })], 'profile.x', 'Number')).toBe(1);
    expect(fieldValueOf([row(0, { text: 'a' })], 'profile.x', 'String')).toBe('a');
    expect(fieldValueOf([row(1, { text: 'b' }), row(0, { text: 'a' })], 'profile.x', 'List')).toEqual([
      'a',
      'b',
    ]);
    expect(fieldValueOf([row(0, { text: 'a' })], 'profile.x', 'List')).toEqual(['a']);
  });

  test('[C7] rows of other fields are not looked at; none is no value', () => {
    expect(fieldValueOf([row(0, { text: 'a' }, 'profile.y')], 'profile.x', 'String')).toBeNull();
    expect(fieldValueOf([], 'profile.x', 'List')).toBeNull();
  });

  test('[F1] a value from before the field was defined is answered as it stands', () => {
    expect(fieldValueOf([row(0, { text: 'five' })], 'profile.x', 'Number')).toBe('five');
    expect(fieldValueOf([row(0, { number: 7 })], 'profile.x', 'Boolean')).toBe(7);
    expect(fieldValueOf([row(0, { text: 'a' }), row(1, { text: 'b' })], 'profile.x', null)).toEqual([
      'a',
      'b',
    ]);
    expect(fieldValueOf([row(0, { number: 0.5 })], 'profile.x', null)).toBe(0.5);
  });
});

describe('two values', () => {
  test('are the same by their items, in order', () => {
    expect(isSameValue(['a', 'b'], ['a', 'b'])).toBe(true);
    expect(isSameValue(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(isSameValue(['a'], ['a', 'b'])).toBe(false);
    expect(isSameValue(null, null)).toBe(true);
    expect(isSameValue(null, [])).toBe(false);
    expect(isSameValue('1', 1)).toBe(false);
    expect(isSameValue(['a'], 'a')).toBe(false);
  });
});

describe('two who change one list', () => {
  test('[C7] what each added is there, what each took away is not', () => {
    expect(mergeLists(['a', 'b', 'mine'], ['a', 'b'], ['a', 'b', 'yours'])).toEqual([
      'a',
      'b',
      'yours',
      'mine',
    ]);
    expect(mergeLists(['b'], ['a', 'b'], ['a', 'b', 'c'])).toEqual(['b', 'c']);
    expect(mergeLists(['a', 'b', 'c'], ['a', 'b'], ['b'])).toEqual(['b', 'c']);
  });

  test('[C7] both added the same, or took the same away: once', () => {
    expect(mergeLists(['a', 'x'], ['a'], ['a', 'x'])).toEqual(['a', 'x']);
    expect(mergeLists([], ['a'], [])).toEqual([]);
  });

  test('[C7] a new order stands', () => {
    expect(mergeLists(['a', 'b', 'c'], ['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['c', 'a', 'b']);
  });
});
