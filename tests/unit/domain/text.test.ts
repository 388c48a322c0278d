import { describe, expect, test } from 'vitest';
import { PREVIEW_LENGTH } from '../../../src/domain/model.ts';
import { cut, preview } from '../../../src/domain/text.ts';

describe('cut', () => {
  test('leaves a short text alone', () => {
    expect(cut('abc', 3)).toBe('abc');
  });

  test('cuts to the length', () => {
    expect(cut('abcdef', 3)).toBe('abc');
  });

  test('never splits a code point', () => {
    expect(cut('ab😀cd', 3)).toBe('ab');
    expect(cut('ab😀cd', 4)).toBe('ab😀');
    for (const pair of ['\u{10000}', '\u{10ffff}']) expect(cut(`ab${pair}`, 3)).toBe('ab');
    for (const unit of ['\ud7ff', '\ue000', '\uffff']) expect(cut(`ab${unit}c`, 3)).toBe(`ab${unit}`);
  });
});

describe('preview', () => {
  test('folds line breaks, tabs and runs of space to single spaces', () => {
    expect(preview('a\nb\r\nc\t d   e')).toBe('a b c d e');
  });

  test('has no space at its ends', () => {
    expect(preview('\n\n  hello  \n')).toBe('hello');
  });

  test('is at most 240 characters, on a code-point boundary', () => {
    const text = `${'x'.repeat(PREVIEW_LENGTH - 1)}😀 and more`;
    expect(preview(text)).toBe('x'.repeat(PREVIEW_LENGTH - 1));
  });

  test('does not end in a space where it was cut', () => {
    expect(preview(`${'x'.repeat(PREVIEW_LENGTH - 1)} yz`)).toBe('x'.repeat(PREVIEW_LENGTH - 1));
  });

  test('finds the text behind any amount of leading space', () => {
    expect(preview(`${' '.repeat(50_000)}hello`)).toBe('hello');
  });

  test('of nothing but space is empty', () => {
    expect(preview(' \n\t ')).toBe('');
  });

  test('is fast on 100,000 characters of any shape: it looks at a part only', () => {
    expect(preview('a '.repeat(50_000))).toHaveLength(PREVIEW_LENGTH - 1);
    expect(preview(`a${'\n'.repeat(99_999)}`)).toBe('a');
  });

  test('keeps Korean and combined characters', () => {
    expect(preview('주문이\n도착하지 않았어요')).toBe('주문이 도착하지 않았어요');
  });
});
