import { describe, expect, test } from 'vitest';
import { nextFloat, nextInt, pick, seededRng } from '../../../../../src/base/rng.ts';
import { Columns } from '../../../../../src/desk/columns/columns.ts';
import { compareNocase } from '../../../../../src/desk/columns/nocase.ts';
import { finish } from '../../../../../src/desk/columns/radix.ts';
import { conditionTest, narrow } from '../../../../../src/desk/columns/values/conditions.ts';
import {
  type CellValue,
  NumberColumn,
  TextColumn,
  type ValueColumn,
} from '../../../../../src/desk/columns/values/value-column.ts';
import type { FieldCondition } from '../../../../../src/protocol/rpc/list.ts';

const ROWS = 60;
const WORDS = ['blue', 'Blue', 'red', '빨강', 'Åland', 'z'];

function filledColumns(): Columns {
  const columns = new Columns();
  for (let n = 1; n <= ROWS; n += 1)
    columns.set(n, {
      code: 1,
      channel: 'email',
      assignee: null,
      tags: '[]',
      activity: null,
      waiting: null,
      opened: null,
      started: 1,
    });
  return columns;
}

/** Rows in order, the slow and obvious way. */
function plainOrder(
  values: ReadonlyMap<number, CellValue>,
  compare: (a: CellValue, b: CellValue) => number,
): readonly number[] {
  const set = [...values].filter(([, value]) => value !== null);
  return set.toSorted(([n, a], [m, b]) => compare(a, b) || n - m).map(([n]) => n);
}

const asText = (value: CellValue): string =>
  value !== null && typeof value === 'object' ? value.join('\u0000') : String(value);

/** Writes at random, before and after the order was first asked for, and looks after each round. */
function checkOrders(
  column: ValueColumn,
  valueOf: (round: number) => CellValue,
  compare: (a: CellValue, b: CellValue) => number,
): void {
  const rng = seededRng(5);
  const values = new Map<number, CellValue>();
  for (let round = 0; round < 12; round += 1) {
    for (let count = 0; count < 20; count += 1) {
      const n = nextInt(rng, 1, ROWS);
      const value = nextFloat(rng) < 0.2 ? null : valueOf(round);
      values.set(n, value);
      column.set(n, value);
    }
    if (round === 2) finish(column.build());
    expect([...column.order().current().set]).toEqual(plainOrder(values, compare));
  }
}

describe('the order by a field', () => {
  test('[C7] numbers: whole, then fractions and far apart, as they come', () => {
    const rng = seededRng(6);
    const choices = [
      [3, -7, 0, -0],
      [0.5, -2.25, 3],
      [1e300, -1e-300, 2 ** 60, -0],
    ];
    checkOrders(
      new NumberColumn(filledColumns()),
      (round) => pick(rng, choices[Math.min(2, Math.floor(round / 4))] ?? [0]),
      (a, b) => Number(a) - Number(b),
    );
  });

  test('[C7] texts, with new ones as they come', () => {
    const rng = seededRng(7);
    checkOrders(
      new TextColumn(filledColumns(), false),
      (round) => `${pick(rng, WORDS)}${nextInt(rng, 0, round)}`,
      (a, b) => compareNocase(asText(a), asText(b)),
    );
  });

  test('[C7] lists, by their items one after another', () => {
    const rng = seededRng(8);
    checkOrders(
      new TextColumn(filledColumns(), true),
      (round) => WORDS.filter(() => nextFloat(rng) < 0.1 * (round + 1)),
      (a, b) => compareNocase(asText(a), asText(b)),
    );
  });

  test('[C7] a text that comes while the order is being built is in it', () => {
    const column = new TextColumn(filledColumns(), false);
    for (let n = 1; n <= ROWS; n += 1) column.set(n, `w${ROWS - n}`);
    const steps = column.build();
    steps.next();
    column.set(1, 'a');
    while (steps.next().done !== true);
    expect([...column.order().current().set].slice(0, 2)).toEqual([1, ROWS]);
  });
});

describe('conditions on a field', () => {
  const CONDITIONS: readonly FieldCondition[] = [
    { type: 'anyOf', values: ['blue', '빨강'] },
    { type: 'contains', text: 'BLU' },
    { type: 'contains', text: 'å' },
    { type: 'filled' },
    { type: 'empty' },
  ];

  function maskOf(column: ValueColumn, condition: FieldCondition): readonly number[] {
    const mask = new Uint8Array(ROWS + 1).fill(1);
    narrow(mask, column, condition);
    return [...mask].flatMap((one, n) => (one === 1 && n > 0 ? [n] : []));
  }

  function passes(value: CellValue, condition: FieldCondition): boolean {
    const items = value === null ? [] : typeof value === 'object' ? value : [String(value)];
    if (condition.type === 'filled') return value !== null;
    if (condition.type === 'empty') return value === null;
    if (condition.type === 'anyOf') return items.some((item) => condition.values.includes(item));
    return (
      condition.type === 'contains' &&
      items.some((item) => item.toLowerCase().includes(condition.text.toLowerCase()))
    );
  }

  test.each([false, true])(
    '[C7] a row and a mask say the same, again after more came (lists: %s)',
    (isList) => {
      const rng = seededRng(9);
      const column = new TextColumn(filledColumns(), isList);
      const tests = CONDITIONS.map((condition) => conditionTest(column, condition));
      const values = new Map<number, CellValue>();
      for (let n = 1; n <= ROWS; n += 1) values.set(n, null);
      for (let round = 0; round < 6; round += 1) {
        for (let count = 0; count < 15; count += 1) {
          const n = nextInt(rng, 1, ROWS);
          const word = `${pick(rng, WORDS)}${nextFloat(rng) < 0.5 ? '' : round}`;
          const value = nextFloat(rng) < 0.2 ? null : isList ? [word, pick(rng, WORDS)] : word;
          values.set(n, value);
          column.set(n, value);
        }
        CONDITIONS.forEach((condition, index) => {
          const wanted = [...values].filter(([, value]) => passes(value, condition)).map(([n]) => n);
          expect(maskOf(column, condition)).toEqual(wanted);
          expect([...values.keys()].filter((n) => tests[index]?.(n) === true)).toEqual(wanted);
        });
      }
    },
  );
});
