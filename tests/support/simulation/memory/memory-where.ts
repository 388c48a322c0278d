import type { SqlValue } from '../../../../src/sqlite/types.ts';
import type { Key, MemoryTable, Values } from './memory-table.ts';

/** Parameters as they are used up, from left to right. */
export type Params = readonly SqlValue[];
type Test = (row: Values, params: Params) => boolean;

/** The rows that a condition picks: by key or group where it names them, else one by one. */
export interface Where {
  /** A list of its own: whoever asks may write into it. */
  rows(params: Params): Values[];
  first(params: Params): Values | undefined;
  readonly places: number;
  /** It names a key: one row at most. */
  readonly isOne: boolean;
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

type Compare = (left: SqlValue, right: SqlValue) => boolean;

function compareOf(operator: string): Compare {
  const isOrEqual = operator.endsWith('=');
  const isLess = operator.startsWith('<');
  return (left, right) => {
    if (left === null || right === null) return false;
    if (left === right) return isOrEqual;
    return isLess ? left < right : left > right;
  };
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
  /** What `column = …` asks for. */
  readonly equals: Equals | null;
}

/** A column and its value: the parameter at a place, or a literal. */
interface Equals {
  readonly column: number;
  readonly value: (params: Params) => SqlValue;
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
    const test: Test = (row, params) => {
      for (let at = 0; at < columns.length; at += 1)
        if (row[columns[at] ?? 0] !== params[place + at]) return true;
      return false;
    };
    return { test, places: columns.length, equals: null };
  }
  const [, column = '', operator = '', right = ''] = COMPARE.exec(text) ?? [];
  const at = table.at(column);
  if (operator === '=') return equalTo(at, right, place);
  const compare = compareOf(operator);
  if (right === '?') {
    const test: Test = (row, params) => compare(row[at] ?? null, params[place] ?? null);
    return { test, places: 1, equals: null };
  }
  const max = MAX_OF.exec(right);
  if (max === null) {
    const value = literal(right);
    return { test: (row) => compare(row[at] ?? null, value), places: 0, equals: null };
  }
  const isLess = max[3] !== undefined;
  const test: Test = (row, params) => {
    const highest = maxOf(tables(max[2] ?? ''), max[1] ?? '');
    return highest !== null && compare(row[at] ?? null, highest - (isLess ? number(params[place]) : 0));
  };
  return { test, places: isLess ? 1 : 0, equals: null };
}

function equalTo(column: number, right: string, place: number): Term {
  const isBound = right === '?';
  const fixed = isBound ? null : literal(right);
  const value = isBound ? (params: Params): SqlValue => params[place] ?? null : (): SqlValue => fixed;
  const test: Test = (row, params) => {
    const asked = value(params);
    return asked !== null && row[column] === asked;
  };
  return { test, places: isBound ? 1 : 0, equals: { column, value } };
}

/** Makes a condition ready; `first`: the place of its first parameter in the statement. */
export function where(text: string | undefined, table: MemoryTable, first: number, tables: Tables): Where {
  const terms: Term[] = [];
  let place = first;
  for (const part of text?.split(' AND ') ?? []) {
    const made = term(part.trim(), table, place, tables);
    terms.push(made);
    place += made.places;
  }
  const places = place - first;
  const key = table.key.map((column) => terms.find(({ equals }) => equals?.column === column)?.equals?.value);
  const known = key.filter((value) => value !== undefined);
  if (known.length === table.key.length) {
    const rest = terms.filter(({ equals }) => equals === null || !table.key.includes(equals.column));
    return { ...byKey(table, keyIn(known), testsOf(rest)), places, isOne: true };
  }
  const [group] = key;
  if (table.key.length === 1 || group === undefined)
    return { ...among(() => table.rows, testsOf(terms)), places, isOne: false };
  const rest = testsOf(terms.filter(({ equals }) => equals?.column !== table.key[0]));
  return { ...among((params) => table.groups.get(group(params)), rest), places, isOne: false };
}

type Picked = Pick<Where, 'rows' | 'first'>;

function testsOf(terms: readonly Term[]): readonly Test[] {
  return terms.map(({ test }) => test);
}

function holds(tests: readonly Test[], row: Values, params: Params): boolean {
  for (const test of tests) if (!test(row, params)) return false;
  return true;
}

/** Those of some rows for which every test holds, in their order. */
function among(
  from: (params: Params) => ReadonlyMap<Key, Values> | undefined,
  tests: readonly Test[],
): Picked {
  const rows = (params: Params): Values[] => {
    const found: Values[] = [];
    for (const row of from(params)?.values() ?? []) if (holds(tests, row, params)) found.push(row);
    return found;
  };
  const first = (params: Params): Values | undefined => {
    for (const row of from(params)?.values() ?? []) if (holds(tests, row, params)) return row;
    return undefined;
  };
  return { rows, first };
}

/** The row with the key that the parameters make, where every test holds. */
function byKey(table: MemoryTable, keyOf: (params: Params) => Key, tests: readonly Test[]): Picked {
  const first = (params: Params): Values | undefined => {
    const row = table.rows.get(keyOf(params));
    return row === undefined || !holds(tests, row, params) ? undefined : row;
  };
  return {
    first,
    rows: (params) => {
      const row = first(params);
      return row === undefined ? [] : [row];
    },
  };
}

/** The same key as `MemoryTable.keyOf` makes of a row, of the values of its columns. */
function keyIn(values: readonly ((params: Params) => SqlValue)[]): (params: Params) => Key {
  const [first, ...more] = values;
  if (first === undefined) throw new Error('a key of no columns');
  if (more.length === 0) return first;
  return (params) => {
    let text = String(first(params) ?? '');
    for (const value of more) text += `\n${String(value(params) ?? '')}`;
    return text;
  };
}
