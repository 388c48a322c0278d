import { expect, test } from 'vitest';
import { lastRead } from '../../../src/base/last-read.ts';

test('[Y2] a text that comes again is not read again, and another one is', () => {
  const read: string[] = [];
  const lengthOf = lastRead((text) => {
    read.push(text);
    return { length: text.length };
  });
  const first = lengthOf('one');
  expect(first).toEqual({ length: 3 });
  expect(lengthOf('one')).toBe(first);
  expect(lengthOf('seven')).toEqual({ length: 5 });
  expect(lengthOf('one')).toEqual({ length: 3 });
  expect(read).toEqual(['one', 'seven', 'one']);
});

test('[Y2] a reading of nothing is remembered as well, and one that throws is not', () => {
  const read: string[] = [];
  const parse = lastRead((text): number | null => {
    read.push(text);
    if (text === 'broken') throw new Error(text);
    return text === '' ? null : 1;
  });
  expect([parse(''), parse('')]).toEqual([null, null]);
  expect(() => parse('broken')).toThrow('broken');
  expect(() => parse('broken')).toThrow('broken');
  expect(parse('')).toBeNull();
  expect(read).toEqual(['', 'broken', 'broken']);
});
