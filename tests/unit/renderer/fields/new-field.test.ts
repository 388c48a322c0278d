import { describe, expect, test } from 'vitest';
import { keyProblem, suggestedKey } from '../../../../renderer/desk/features/fields/new-field.ts';
import { landingIndex } from '../../../../renderer/desk/features/fields/use-reorder.ts';
import { isFieldKey } from '../../../../src/domain/fields/definition.ts';

const NOTHING = { fields: [], deletedKeys: [] };

describe('the key of a new field', () => {
  test.each([
    ['Order number', 'profile.orderNumber'],
    ['Beställningens värde', 'profile.bestallningensVarde'],
    ['Ação & código', 'profile.acaoCodigo'],
    ['상품 번호', 'profile.field'],
    ['2nd try', 'profile.field2ndTry'],
    ['', 'profile.field'],
  ])('[F2] "%s" is suggested as %s', (name, key) => {
    expect(suggestedKey(name, NOTHING)).toBe(key);
    expect(isFieldKey(key)).toBe(true);
  });

  test('[F3] a key that somebody has, or had, is not suggested', () => {
    const known = { fields: [{ key: 'profile.size' }], deletedKeys: ['profile.size2'] };
    expect(suggestedKey('Size', known)).toBe('profile.size3');
  });

  test('[F3] says why a key cannot be given', () => {
    const known = { fields: [{ key: 'profile.size' }], deletedKeys: ['profile.gone'] };
    expect(keyProblem('size', known)).toBe('key');
    expect(keyProblem('profile.상품', known)).toBe('key');
    expect(keyProblem('profile.size', known)).toBe('taken');
    expect(keyProblem('profile.gone', known)).toBe('retired');
    expect(keyProblem('profile.colour', known)).toBeNull();
  });
});

describe('where a dragged row lands', () => {
  const middles = [10, 30, 50, 70];

  test.each([
    [0, 5, 0],
    [0, 29, 0],
    [0, 31, 1],
    [0, 99, 3],
    [3, 5, 0],
    [3, 45, 2],
    [2, 51, 2],
  ])('[C7] from %i, let go at %i: %i', (from, y, to) => {
    expect(landingIndex(y, middles, from)).toBe(to);
  });
});
