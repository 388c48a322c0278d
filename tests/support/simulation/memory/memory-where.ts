import type { SqlValue } from '../../../../src/sqlite/types.ts';
import { type Key, keyText, type MemoryTable, type Values } from './memory-table.ts';

/** Parameters as they are used up, from left to right. */
export type Params = readonly SqlValue[];
type Test = (row: Values, params: Params) => boolean;

/** The rows that a condition picks: by key or group where it names them, else one by one. */
export interface Where {
  rows(params: Params): Values[];
  readonly places: number;
}

type Tables = (name: string) => MemoryTable;

/** `(a IS NOT ? OR b IS NOT ? …)`: anything differs. */
const DIFFERS = /^\((?:"?\w+"? IS NOT \?(?: OR )?)+\)$/;
const COMPARE = /^"?(\w+)"? (=|<=|>=|<|>) (.+)$/;
const IS_NULL = /^"?(\w+)"? IS (NOT )?NULL$/;
const IN_LIST = /^"?(\w+)"? IN \(SELECT value FROM json_each\(\?\)\)$/;
const MAX_OF = /^\(SELECT max\((\w+)\) FROM (\w+)\)( - \?)?$/;

function number(value: SqlValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

export function literal(text: string): SqlValue {
  if (text === 'NULL') return null;
  return text.startsWith("'") ? text.slice(1, -1) : Number(text);
}

function compare(left: SqlValue | undefined, operator: string, right: SqlValue | undefined): boolean {
  if (left === null || right === null || left === undefined || right === undefined) return false;
  if (operator === '=') return left === right;
  if (operator === '<=') return left <= right;
  if (operator === '>=') return left >= right;
  return operator === '<' ? left < right : left > right;
}

export function maxOf(table: MemoryTable, column: string): number | null {
  const at = table.at(column);
  let max: number | null = null;
  for (const row of table.rows.values()) max = Math.max(max ?? Number.NEGATIVE_INFINITY, number(row[at]));
  return max;
}

interface Term {
  readonly test: Test;
  readonly places: number;
  /** Column and place of `column = ?`. */
  readonly equals: { readonly column: number; readonly place: number } | null;
}

function term(text: string, table: MemoryTable, place: number, tables: Tables): Term {
  const isNull = IS_NULL.exec(text);
  if (isNull !== null) {
    const at = table.at(isNull[1] ?? '');
    const wants = isNull[2] === undefined;
    return { test: (row) => (row[at] === null) === wants, places: 0, equals: null };
  }
  const inList = IN_LIST.exec(text);
  if (inList !== null) {
    const at = table.at(inList[1] ?? '');
    // The list is the same text for every row of one question.
    let last: { readonly text: SqlValue; readonly values: ReadonlySet<unknown> } | null = null;
    const test: Test = (row, params) => {
      const json = params[place] ?? null;
      if (last === null || last.text !== json)
        last = { text: json, values: new Set(JSON.parse(String(json)) as unknown[]) };
      return last.values.has(row[at]);
    };
    return { test, places: 1, equals: null };
  }
  if (DIFFERS.test(text)) {
    const columns = [...text.matchAll(/"?(\w+)"? IS NOT/g)].map(([, name = '']) => table.at(name));
    const test: Test = (row, params) =>
      columns.some((column, index) => row[column] !== params[place + index]);
    return { test, places: columns.length, equals: null };
  }
  const [, column = '', operator = '', right = ''] = COMPARE.exec(text) ?? [];
  const at = table.at(column);
  if (right === '?') {
    const test: Test = (row, params) => compare(row[at], operator, params[place]);
    return { test, places: 1, equals: operator === '=' ? { column: at, place } : null };
  }
  const max = MAX_OF.exec(right);
  if (max === null) {
    const value = literal(right);
    return { test: (row) => compare(row[at], operator, value), places: 0, equals: null };
  }
  const isLess = max[3] !== undefined;
  const test: Test = (row, params) => {
    const highest = maxOf(tables(max[2] ?? ''), max[1] ?? '');
    return highest !== null && compare(row[at], operator, highest - (isLess ? number(params[place]) : 0));
  };
  return { test, places: isLess ? 1 : 0, equals: null };
}

/** Makes a condition ready; `first`: the place of its first parameter in the statement. */
export function where(text: string | undefined, table: MemoryTable, first: number, tables: Tables): Where {
  if (text === undefined) return { rows: () => [...table.rows.values()], places: 0 };
  const terms: Term[] = [];
  let place = first;
  for (const part of text.split(' AND ')) {
    const made = term(part.trim(), table, place, tables);
    terms.push(made);
    place += made.places;
  }
  const places = place - first;
  const placeOf = (column: number | undefined): number | undefined =>
    terms.find((one) => one.equals?.column === column)?.equals?.place;
  const keyPlaces = table.key.map(placeOf);
  if (keyPlaces.every((at) => at !== undefined)) {
    const rest = terms.filter(({ equals }) => equals === null || !table.key.includes(equals.column));
    return { rows: (params) => byKey(table, keyIn(params, keyPlaces), rest, params), places };
  }
  const filter = (rows: Iterable<Values>, params: Params): Values[] => {
    const found: Values[] = [];
    for (const row of rows) if (terms.every(({ test }) => test(row, params))) found.push(row);
    return found;
  };
  const group = keyPlaces[0];
  if (table.key.length > 1 && group !== undefined)
    return {
      rows: (params) => filter(table.groups.get(params[group] ?? null)?.values() ?? [], params),
      places,
    };
  return { rows: (params) => filter(table.rows.values(), params), places };
}

function keyIn(params: Params, places: readonly number[]): Key {
  const [only = 0] = places;
  return places.length === 1 ? (params[only] ?? null) : keyText(places.map((at) => params[at] ?? null));
}

function byKey(table: MemoryTable, key: Key, rest: readonly Term[], params: Params): Values[] {
  const row = table.rows.get(key);
  return row === undefined || !rest.every(({ test }) => test(row, params)) ? [] : [row];
}
