import { expect, test } from 'vitest';
import { Crossing, throughText } from '../support/simulation/crossing.ts';

const asItCame = (arrived: unknown): unknown => arrived;

test('an answer crosses as it is; every 32nd, from the first on, arrives out of text', () => {
  const crossing = new Crossing();
  const arrived = Array.from({ length: 65 }, (_, index) => {
    const sent: unknown = { rows: [[index]] };
    const given = crossing.arrives(sent, asItCame);
    expect(given).toStrictEqual(sent);
    return given === sent ? null : index;
  });
  expect(arrived.filter((index) => index !== null)).toStrictEqual([0, 32, 64]);
});

test('what went through text can be changed by neither side', () => {
  const sent = { tables: [{ puts: [['a', 1, null]] }] };
  const arrived = throughText(sent) as typeof sent;
  for (const side of [sent, arrived]) {
    expect(() => side.tables.push({ puts: [] })).toThrow(TypeError);
    expect(() => side.tables[0]?.puts[0]?.push('late')).toThrow(TypeError);
  }
});

test.each([
  ['a member that text leaves out', { value: undefined }],
  ['a number that text does not know', { value: Number.NaN }],
  ['a zero that text does not know', { value: -0 }],
  ['a date', { value: new Date(0) }],
  ['a map', { value: new Map([[1, 2]]) }],
  ['nothing at all', undefined],
])('%s does not cross', (_, value) => {
  expect(() => throughText(value)).toThrow(/\[Y14\]/);
});
