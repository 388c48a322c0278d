import { describe, expect, test } from 'vitest';
import { deedsBehind, type ItemDeed, listMerge } from '../../../../src/domain/fields/list-merge.ts';

const merge = (mine: readonly string[], result: readonly string[]) => ({ field: 'tags', mine, result });
const did = (by: string, item: string, added = true): ItemDeed<string> => ({ item, added, by });
const behind = (
  mine: readonly string[],
  result: readonly string[],
  ...deeds: readonly ItemDeed<string>[]
): readonly string[] => deedsBehind(merge(mine, result), deeds).map(({ by }) => by);

describe('[F1] [S8] whether a list came out otherwise than its author saw', () => {
  test('an item more, an item less, and both', () => {
    expect(listMerge('tags', ['a'], ['a', 'b'])).toEqual(merge(['a'], ['a', 'b']));
    expect(listMerge('tags', ['a', 'b'], ['a'])).toEqual(merge(['a', 'b'], ['a']));
    expect(listMerge('tags', ['a', 'b'], ['a', 'c'])).toEqual(merge(['a', 'b'], ['a', 'c']));
    expect(listMerge('tags', [], ['a'])).not.toBeNull();
  });

  test('the same items are the same, in whatever order', () => {
    expect(listMerge('tags', ['a', 'b'], ['b', 'a'])).toBeNull();
    expect(listMerge('tags', [], [])).toBeNull();
  });
});

describe('[F1] [S8] whose deeds made it so', () => {
  test('who put in what its author did not expect, and who took out what is missing', () => {
    expect(behind(['a'], ['a', 'b'], did('ana', 'b'))).toEqual(['ana']);
    expect(behind(['a', 'b'], ['a'], did('bo', 'b', false))).toEqual(['bo']);
    expect(behind(['a', 'b'], ['a', 'c'], did('ana', 'b', false), did('bo', 'c'))).toEqual(['ana', 'bo']);
  });

  test('what both have, or neither, is nobody’s to answer for', () => {
    expect(behind(['a'], ['a', 'b'], did('cleo', 'a'), did('cleo', 'z', false), did('ana', 'b'))).toEqual([
      'ana',
    ]);
  });

  test('of several who did the same, the last; the latest of all comes last', () => {
    expect(
      behind(
        ['a'],
        ['a', 'b', 'c'],
        did('ana', 'b'),
        did('bo', 'c'),
        did('bo', 'b', false),
        did('cleo', 'b'),
      ),
    ).toEqual(['bo', 'cleo']);
  });

  test('an item whose last deed says the opposite is told by nobody: an own change was refused', () => {
    expect(behind(['a', 'b'], ['a'], did('ana', 'b'))).toEqual([]);
    expect(behind(['a', 'b'], ['a'])).toEqual([]);
  });
});
