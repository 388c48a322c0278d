import { describe, expect, test } from 'vitest';
import { nextFloat, type Rng, seededRng } from '../../../src/base/rng.ts';
import type { TableName } from '../../../src/domain/rows.ts';
import {
  ALL_TABLES,
  keyOfRow,
  rowToWire,
  TABLES,
  type WireValue,
  wireToRow,
} from '../../../src/protocol/tables.ts';
import { conversationRow } from '../../support/desk/sample-rows.ts';

interface Spec {
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly booleans: readonly string[];
}

function valueOf(column: string, { booleans }: Spec, rng: Rng): WireValue {
  if (booleans.includes(column)) return rng.u32() % 2;
  const kind = rng.u32() % 3;
  if (kind === 0) return null;
  return kind === 1 ? nextFloat(rng) * 1_000 : `${column} ${rng.u32()}`;
}

/** The row as the column list alone makes it. */
function rowOf({ columns, booleans }: Spec, values: readonly WireValue[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column, at) => [column, booleans.includes(column) ? values[at] === 1 : values[at]]),
  );
}

function sample(table: TableName, seed: number): { readonly spec: Spec; readonly values: WireValue[] } {
  const rng = seededRng(seed);
  const spec: Spec = TABLES[table];
  return { spec, values: spec.columns.map((column) => valueOf(column, spec, rng)) };
}

describe('[Y5] a row and its values in column order', () => {
  test.each(ALL_TABLES)('%s: the written-out forms follow the column list, whatever the values', (table) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { spec, values } = sample(table, seed);
      const row = wireToRow(table, values);
      const expected = rowOf(spec, values);
      expect(row).toStrictEqual(expected);
      // Rows made here and rows made of a history keep one order of properties: engines tell objects apart by it.
      expect(Object.keys(row)).toEqual(spec.columns);
      expect(rowToWire(table, row)).toEqual(values);
      expect(keyOfRow(table, row)).toEqual(spec.key.map((column) => values[spec.columns.indexOf(column)]));
    }
  });

  test.each(ALL_TABLES)('%s: values too few or too many are no row', (table) => {
    const { values } = sample(table, 1);
    expect(() => wireToRow(table, values.slice(1))).toThrow(`${table} row of ${values.length - 1} values`);
    expect(() => wireToRow(table, [...values, 1])).toThrow(`${table} row of ${values.length + 1} values`);
  });

  test('a property that holds no value of a column is named', () => {
    const row = conversationRow('c1');
    const broken: Record<string, unknown> = { ...row, priority: undefined };
    expect(() => rowToWire('conversation', broken as never)).toThrow('conversation.priority holds undefined');
    const nested: Record<string, unknown> = { ...row, foldedId: { id: 'e1' } };
    expect(() => rowToWire('conversation', nested as never)).toThrow('conversation.foldedId holds object');
  });
});
