import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import type { FieldDefinition } from '../../../../src/domain/fields/definition.ts';
import {
  checkProfile,
  type ProfileValues,
  withoutField,
} from '../../../../src/domain/fields/profile-check.ts';

const define = (key: string, over: Partial<FieldDefinition>): [string, FieldDefinition] => [
  key,
  { key, type: 'String', names: {}, position: 1, archivedAt: null, deletedAt: null, ...over },
];
const FIELDS = new Map([
  define('profile.seats', { type: 'Number' }),
  define('profile.topics', { type: 'List' }),
  define('profile.gone', { type: 'Number', deletedAt: epochMillis(1) }),
  define('profile.aside', { type: 'Date', archivedAt: epochMillis(1) }),
]);
const checked = (values: ProfileValues): unknown => {
  const result = checkProfile(values, FIELDS);
  return result.ok ? result.value : result.error;
};

describe('what a source says of a profile', () => {
  test('[F1] fits the types of its fields, and is kept as they keep it', () => {
    expect(checked({ 'profile.seats': 4, 'profile.topics': ['a', 'a '] })).toEqual({
      'profile.seats': 4,
      'profile.topics': ['a'],
    });
  });

  test('[F1] is refused with the field, the expected type and the value’s', () => {
    expect(checked({ 'profile.topics': ['a'], 'profile.seats': '4' })).toEqual({
      type: 'wrongType',
      field: 'profile.seats',
      expected: 'Number',
      got: 'string',
    });
  });

  test('[C1] keys that nobody defined pass as they are', () => {
    expect(checked({ 'profile.anything': [' a', ' a'], 'x-ray': true })).toEqual({
      'profile.anything': [' a', ' a'],
      'x-ray': true,
    });
  });

  test('[F1] built-in keys have types too; what is derived here is not looked at', () => {
    expect(checked({ goalCheckedAt: 'yesterday' })).toMatchObject({ expected: 'Datetime', got: 'string' });
    expect(checked({ 'source.page': 5 })).toMatchObject({ expected: 'String', got: 'number' });
    expect(checked({ tags: 'vip' })).toMatchObject({ expected: 'List', got: 'string' });
    expect(checked({ waitingTime: 'long', state: 7 })).toEqual({ waitingTime: 'long', state: 7 });
  });

  test('[F3] a deleted field takes nothing, the rest goes in; an archived one still does', () => {
    expect(checked({ 'profile.gone': 'whatever', 'profile.seats': 1 })).toEqual({ 'profile.seats': 1 });
    expect(checked({ 'profile.aside': '12-24' })).toEqual({ 'profile.aside': '12-24' });
    expect(checked({ 'profile.aside': 3 })).toMatchObject({ type: 'wrongType', field: 'profile.aside' });
  });

  test('[F3] one field’s values are taken out; without any the object stays itself', () => {
    const values = { 'profile.a': 1, 'profile.b': ['x'] };
    expect(withoutField(values, 'profile.a')).toEqual({ 'profile.b': ['x'] });
    expect(withoutField(values, 'profile.c')).toBe(values);
    expect(withoutField(values, 'toString')).toBe(values);
  });
});
