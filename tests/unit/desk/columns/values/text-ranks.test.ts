import { describe, expect, test } from 'vitest';
import { nextInt, seededRng } from '../../../../../src/base/rng.ts';
import { compareNocase } from '../../../../../src/desk/columns/nocase.ts';
import { finish } from '../../../../../src/desk/columns/radix.ts';
import { TextRanks } from '../../../../../src/desk/columns/values/text-ranks.ts';

const LETTERS = ['a', 'B', 'b', 'z', 'Å', '빨', '😀', ' '];

/** A growing list of different texts, numbered from 1 as a dictionary does. */
function growing(seed: number) {
  const rng = seededRng(seed);
  const texts: string[] = [];
  const next = (): void => {
    for (;;) {
      const text = Array.from({ length: nextInt(rng, 0, 5) }, () => LETTERS[nextInt(rng, 0, 7)]).join('');
      if (texts.includes(text)) continue;
      texts.push(text);
      return;
    }
  };
  return { texts, next, textOf: (code: number): string => texts[code - 1] ?? '' };
}

/** Every pair of texts stands as `compareNocase` says; equal ones at one place. */
function expectOrder(texts: readonly string[], ranks: TextRanks): void {
  const placed = texts.map((text, index) => ({ text, rank: ranks.rankOf(index + 1) }));
  const sorted = placed.toSorted((a, b) => compareNocase(a.text, b.text));
  sorted.forEach(({ text, rank }, index) => {
    const before = sorted[index - 1];
    if (before === undefined) return;
    expect(Math.sign(rank - before.rank)).toBe(compareNocase(before.text, text) === 0 ? 0 : 1);
  });
}

describe('places of texts', () => {
  test('[C7] stand as names do, whatever order they came in', () => {
    for (const seed of [1, 2, 3]) {
      const { texts, next, textOf } = growing(seed);
      for (let count = 0; count < 300; count += 1) next();
      expectOrder(texts, TextRanks.of(texts.length, textOf));
    }
  });

  test('[C7] a text that comes later finds its place between its neighbours', () => {
    const { texts, next, textOf } = growing(4);
    for (let count = 0; count < 20; count += 1) next();
    const ranks = TextRanks.of(texts.length, textOf);
    for (let count = 0; count < 300; count += 1) {
      next();
      expect(ranks.add()).toBe(true);
    }
    expect(ranks.size).toBe(texts.length);
    expectOrder(texts, ranks);
  });

  test('[C7] without room between two of them it says so, and those that stand keep their places', () => {
    const texts = ['b', 'a'];
    const ranks = TextRanks.of(2, (code) => texts[code - 1] ?? '');
    let last = 'b';
    for (;;) {
      last = `a${last}`;
      texts.push(last);
      if (!ranks.add()) break;
      expect(texts.length).toBeLessThan(40);
    }
    const placed = texts.slice(0, -1);
    expect(ranks.size).toBe(placed.length);
    expectOrder(placed, ranks);
    expectOrder(
      texts,
      TextRanks.of(texts.length, (code) => texts[code - 1] ?? ''),
    );
  });

  test('[C7] the first of all begins; none has no place', () => {
    const texts = ['x'];
    const ranks = TextRanks.of(0, (code) => texts[code - 1] ?? '');
    expect(ranks.rankOf(0)).toBeNaN();
    expect(ranks.add()).toBe(true);
    expect(ranks.rankOf(1)).toBe(0);
  });

  test('[C7] many are put in order in steps', () => {
    const texts = Array.from({ length: 40_000 }, (_, index) => `t${(index * 7_919) % 40_000}`);
    const steps = TextRanks.build(texts.length, (code) => texts[code - 1] ?? '');
    let count = 0;
    let ranks: TextRanks | null = null;
    while (ranks === null) {
      const step = steps.next();
      if (step.done === true) ranks = step.value;
      else count += 1;
    }
    expect(count).toBeGreaterThan(10);
    expectOrder(texts, ranks);
    expect(finish(TextRanks.build(1, () => 'x')).rankOf(1)).toBe(0);
  });
});
