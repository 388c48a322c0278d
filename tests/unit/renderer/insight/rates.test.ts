import { describe, expect, test } from 'vitest';
import { moneyLines, salesText } from '../../../../renderer/desk/features/overview/sales-text.ts';
import {
  changeText,
  countChange,
  ofText,
  rateChange,
  rateText,
} from '../../../../renderer/desk/features/insight/rates.ts';
import type { Rate } from '../../../../src/protocol/rpc/insight.ts';
import { wordsOf } from './words.ts';

const rate = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

describe('[O3] rates', () => {
  test.each([
    ['en', '24%', '48 of 200'],
    ['ko', '24%', '200건 중 48건'],
    ['pt-BR', '24%', '48 de 200'],
    ['sv', '24 %', '48 av 200'],
  ])('[Q2] show numerator and denominator in %s', (tag, percent, of) => {
    const { t, formats } = wordsOf(tag);
    expect(rateText(rate(48, 200), formats).replaceAll('\u00a0', ' ')).toBe(percent);
    expect(ofText(rate(48, 200), t, formats)).toBe(of);
  });

  test('of nothing are a dash, not zero', () => {
    const { t, formats } = wordsOf('en');
    expect(rateText(rate(0, 0), formats)).toBe('–');
    expect(ofText(rate(0, 0), t, formats)).toBe('0 of 0');
  });
});

describe('[O3] the comparison with the period before', () => {
  const { t, formats } = wordsOf('en');

  test.each([
    [110, 100, '+10%'],
    [90, 100, '−10%'],
    [100, 100, 'unchanged'],
    [0, 0, 'unchanged'],
    [5, 0, 'nothing to compare with'],
  ])('a count of %d after %d: %s', (now, before, text) => {
    expect(changeText(countChange(now, before), 'share', t, formats)).toBe(text);
  });

  test.each([
    [rate(52, 100), rate(46, 100), '+6 points'],
    [rate(47, 100), rate(46, 100), '+1 point'],
    [rate(24, 100), rate(251, 1000), '−1.1 points'],
    [rate(1, 2), rate(2, 4), 'unchanged'],
    [rate(1, 2), rate(0, 0), 'nothing to compare with'],
    [rate(0, 0), rate(1, 2), 'nothing to compare with'],
  ])('a share in points, never in percent of a percentage', (now, before, text) => {
    expect(changeText(rateChange(now, before), 'points', t, formats)).toBe(text);
  });
});

describe('[A1] amounts of several currencies', () => {
  const { formats } = wordsOf('en');

  test('[O4] stand beside each other and are never added', () => {
    const sales = [
      { currency: 'EUR', valueMinor: 1999, orders: 1 },
      { currency: 'KRW', valueMinor: 25_000, orders: 2 },
    ];
    expect(moneyLines(sales, formats)).toEqual(['€19.99', '₩25,000']);
    expect(salesText(sales, formats)).toBe('€19.99 · ₩25,000');
  });

  test('none are a dash', () => {
    expect(salesText([], formats)).toBe('–');
  });
});
