import { describe, expect, test } from 'vitest';
import { markedParts, nearFirstHit } from '../../../../renderer/desk/features/search/marked-parts.ts';

describe('marking hits', () => {
  test('cuts a text at its ranges', () => {
    expect(markedParts('a refund please', [[2, 8]])).toEqual([
      { text: 'a ', marked: false },
      { text: 'refund', marked: true },
      { text: ' please', marked: false },
    ]);
  });

  test('marks a hit at the start and one at the end', () => {
    expect(
      markedParts('one two', [
        [4, 7],
        [0, 3],
      ]),
    ).toEqual([
      { text: 'one', marked: true },
      { text: ' ', marked: false },
      { text: 'two', marked: true },
    ]);
  });

  test('overlapping, reversed and outlying ranges lose and double nothing', () => {
    const parts = markedParts('abcdef', [
      [1, 4],
      [2, 5],
      [5, 3],
      [5, 99],
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('abcdef');
    expect(parts).toEqual([
      { text: 'a', marked: false },
      { text: 'bcd', marked: true },
      { text: 'e', marked: true },
      { text: 'f', marked: true },
    ]);
  });

  test('a text without hits stays whole, an empty one has no parts', () => {
    expect(markedParts('plain', [])).toEqual([{ text: 'plain', marked: false }]);
    expect(markedParts('', [])).toEqual([]);
  });
});

describe('beginning near the first hit', () => {
  test('a hit near the start leaves the text alone', () => {
    const text = 'my refund is late';
    expect(nearFirstHit(text, [[3, 9]], 20)).toEqual({ text, ranges: [[3, 9]] });
  });

  test('a far hit cuts the text at a word, and the ranges still name the same words', () => {
    const text = `${'word '.repeat(40)}refund and again refund`;
    const from = text.indexOf('refund');
    const again = text.lastIndexOf('refund');
    const near = nearFirstHit(
      text,
      [
        [from, from + 6],
        [again, again + 6],
      ],
      30,
    );
    expect(near.text.startsWith('…word ')).toBe(true);
    expect(near.ranges.map(([a, b]) => near.text.slice(a, b))).toEqual(['refund', 'refund']);
    expect(near.ranges[0]?.[0]).toBeLessThanOrEqual(30 + 24 + 1);
  });

  test('a text without spaces is cut between characters, never inside one', () => {
    const text = `${'😀'.repeat(100)}환불`;
    const from = text.indexOf('환불');
    for (const before of [30, 31]) {
      const near = nearFirstHit(text, [[from, from + 2]], before);
      expect(near.text.isWellFormed()).toBe(true);
      expect(near.ranges.map(([a, b]) => near.text.slice(a, b))).toEqual(['환불']);
    }
  });

  test('a text without hits stays whole', () => {
    expect(nearFirstHit('x'.repeat(200), [], 20).text).toHaveLength(200);
  });
});
