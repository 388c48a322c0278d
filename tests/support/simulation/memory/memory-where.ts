import type { SqlValue } from '../../../../src/sqlite/types.ts';
import type { Key, MemoryTable, TableForm, Values } from './memory-table.ts';

/** Parameters as they are used up, from left to right. */
export type Params = readonly SqlValue[];

/** The tables of one database, at their places. */
export interface Tables {
  readonly at: readonly MemoryTable[];
}

type Test = (row: Values, params: Params, tables: Tables) => boolean;
type Value = (params: Params) => SqlValue;

/** The rows that a condition picks: by key or group where it names them, else one by one. */
export interface Where {
  /** A list of its own: whoever asks may write into it. */
  rows(tables: Tables, params: Params): Values[];
  first(tables: Tables, params: Params): Values | undefined;
  readonly places: number;
  /** It names a key: one row at most. */
  readonly isOne: boolean;
}

type FormOf = (name: string) => TableForm;

/** `(a IS NOT ? OR b IS NOT ? …)`: anything differs. */
const DIFFERS = /^\((?:"?\w+"? IS NOT \?(?: OR )?)+\)$/;
const COMPARE = /^"?(\w+)"? (=|<=|>=|<|>) (.+)$/;
const IS_NULL = /^"?(\w+)"? IS (NOT )?NULL$/;
const IN_LIST = /^"?(\w+)"? IN \(SELECT value FROM json_each\(\?\)\)$/;
/** Either of two: the first compares a column. */
const EITHER = /^("?\w+"? (?:=|<=|>=|<|>) \S+) OR (.+)$/;
/** The value at a place, from the highest on. */
const PLACE_OF = /^\(SELECT (\w+) FROM (\w+) ORDER BY \1 DESC LIMIT \? OFFSET \?\)$/;
const MAX_OF = /^\(SELECT max\((\w+)\) FROM (\w+)\)( - \?)?$/;

function number(value: SqlValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

export function literal(text: string): SqlValue {
  if (text === 'NULL') return null;
  if (text.startsWith("'")) return text.slice(1, -1);
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`not a value: ${text}`);
  return value;
}

/** The table of a form in one database. */
export function tableIn(tables: Tables, { place, shape }: TableForm): MemoryTable {
  const table = tables.at[place];
  if (table === undefined) throw new Error(`no such table: ${shape.name}`);
  return table;
}

type Compare = (left: SqlValue, right: SqlValue) => boolean;

function compareOf(operator: string): Compare {
  if (operator === '=') return (left, right) => left !== null && left === right;
  const isOrEqual = operator.endsWith('=');
  const isLess = operator.startsWith('<');
  return (left, right) => {
    if (left === null || right === null) return false;
    if (left === right) return isOrEqual;
    return isLess ? left < right : left > right;
  };
}

/** Makes a question for the highest value of a column ready. */
export function maxOf(form: TableForm, column: string): (tables: Tables) => number | null {
  const at = form.at(column);
  return (tables) => {
    let max: number | null = null;
    for (const row of tableIn(tables, form).rows.values()) {
      const value = row[at];
      if (typeof value === 'number' && (max === null || value > max)) max = value;
    }
    return max;
  };
}

/** Makes a question ready for the value of a column that so many values are not lower than; null where there are fewer. */
function valueAtPlace(form: TableForm, column: string): (tables: Tables, place: number) => SqlValue {
  const at = form.at(column);
  return (tables, place) => {
    const values: number[] = [];
    for (const { [at]: value } of tableIn(tables, form).rows.values())
      if (typeof value === 'number') values.push(value);
    return values.sort((a, b) => b - a)[place] ?? null;
  };
}

interface Term {
  readonly test: Test;
  readonly places: number;
  /** What `column = …` asks for. */
  readonly equals: { readonly column: number; readonly value: Value } | null;
}

function term(text: string, form: TableForm, place: number, formOf: FormOf): Term {
  const isNull = IS_NULL.exec(text);
  if (isNull !== null) {
    const at = form.at(isNull[1] ?? '');
    const wants = isNull[2] === undefined;
    return { test: (row) => (row[at] === null) === wants, places: 0, equals: null };
  }
  const inList = IN_LIST.exec(text);
  if (inList !== null) return inListed(form.at(inList[1] ?? ''), place);
  if (DIFFERS.test(text)) {
    const columns = [...text.matchAll(/"?(\w+)"? IS NOT/g)].map(([, name = '']) => form.at(name));
    const test: Test = (row, params) => {
      for (let at = 0; at < columns.length; at += 1)
        if (row[columns[at] ?? 0] !== params[place + at]) return true;
      return false;
    };
    return { test, places: columns.length, equals: null };
  }
  const either = EITHER.exec(text);
  if (either !== null) {
    const one = term(either[1] ?? '', form, place, formOf);
    const other = term(either[2] ?? '', form, place + one.places, formOf);
    const test: Test = (row, params, tables) =>
      one.test(row, params, tables) || other.test(row, params, tables);
    return { test, places: one.places + other.places, equals: null };
  }
  const [, column = '', operator = '', right = ''] = COMPARE.exec(text) ?? [];
  const at = form.at(column);
  const max = MAX_OF.exec(right);
  if (operator === '=' && max === null) return equalTo(at, right, place);
  const compare = compareOf(operator);
  const placed = PLACE_OF.exec(right);
  if (placed !== null) {
    const valueOf = valueAtPlace(formOf(placed[2] ?? ''), placed[1] ?? '');
    const test: Test = (row, params, tables) =>
      number(params[place]) > 0 && compare(row[at] ?? null, valueOf(tables, number(params[place + 1])));
    return { test, places: 2, equals: null };
  }
  if (right === '?') {
    const test: Test = (row, params) => compare(row[at] ?? null, params[place] ?? null);
    return { test, places: 1, equals: null };
  }
  if (max === null) {
    const value = literal(right);
    return { test: (row) => compare(row[at] ?? null, value), places: 0, equals: null };
  }
  const isLess = max[3] !== undefined;
  const highestOf = maxOf(formOf(max[2] ?? ''), max[1] ?? '');
  const test: Test = (row, params, tables) => {
    const highest = highestOf(tables);
    return highest !== null && compare(row[at] ?? null, highest - (isLess ? number(params[place]) : 0));
  };
  return { test, places: isLess ? 1 : 0, equals: null };
}

function inListed(column: number, place: number): Term {
  // The list is the same text for every row of one question.
  let last: { readonly text: SqlValue; readonly values: ReadonlySet<unknown> } | null = null;
  const test: Test = (row, params) => {
    const json = params[place] ?? null;
    if (last === null || last.text !== json)
      last = { text: json, values: new Set(JSON.parse(String(json)) as unknown[]) };
    return last.values.has(row[column]);
  };
  return { test, places: 1, equals: null };
}

function equalTo(column: number, right: string, place: number): Term {
  const isBound = right === '?';
  const fixed = isBound ? null : literal(right);
  const value: Value = isBound ? (params) => params[place] ?? null : () => fixed;
  const test: Test = (row, params) => {
    const asked = value(params);
    return asked !== null && row[column] === asked;
  };
  return { test, places: isBound ? 1 : 0, equals: { column, value } };
}

/** Makes a condition ready; `first`: the place of its first parameter in the statement. */
export function where(text: string | undefined, form: TableForm, first: number, formOf: FormOf): Where {
  const terms: Term[] = [];
  let place = first;
  for (const part of text?.split(' AND ') ?? []) {
    const made = term(part.trim(), form, place, formOf);
    terms.push(made);
    place += made.places;
  }
  const places = place - first;
  const key = form.key.map((column) => terms.find(({ equals }) => equals?.column === column)?.equals?.value);
  const known = key.filter((value) => value !== undefined);
  if (known.length === form.key.length) {
    const rest = terms.filter(({ equals }) => equals === null || !form.key.includes(equals.column));
    return { ...byKey(form, keyIn(known), testsOf(rest)), places, isOne: true };
  }
  const [group] = key;
  if (form.key.length === 1 || group === undefined)
    return { ...among((tables) => tableIn(tables, form).rows, testsOf(terms)), places, isOne: false };
  const rest = testsOf(terms.filter(({ equals }) => equals?.column !== form.key[0]));
  const ofGroup: Among = (tables, params) => tableIn(tables, form).groups.get(group(params));
  return { ...among(ofGroup, rest), places, isOne: false };
}

type Picked = Pick<Where, 'rows' | 'first'>;
type Among = (tables: Tables, params: Params) => ReadonlyMap<Key, Values> | undefined;

function testsOf(terms: readonly Term[]): readonly Test[] {
  return terms.map(({ test }) => test);
}

function holds(tests: readonly Test[], row: Values, params: Params, tables: Tables): boolean {
  for (let at = 0; at < tests.length; at += 1) if (tests[at]?.(row, params, tables) === false) return false;
  return true;
}

/** Those of some rows for which every test holds, in their order. */
function among(from: Among, tests: readonly Test[]): Picked {
  return {
    rows: (tables, params) => {
      const found: Values[] = [];
      const rows = from(tables, params);
      if (rows === undefined || rows.size === 0) return found;
      for (const row of rows.values()) if (holds(tests, row, params, tables)) found.push(row);
      return found;
    },
    first: (tables, params) => {
      for (const row of from(tables, params)?.values() ?? [])
        if (holds(tests, row, params, tables)) return row;
      return undefined;
    },
  };
}

/** The row with the key that the parameters make, where every test holds. */
function byKey(form: TableForm, keyOf: (params: Params) => Key, tests: readonly Test[]): Picked {
  const first = (tables: Tables, params: Params): Values | undefined => {
    const row = tableIn(tables, form).rows.get(keyOf(params));
    return row === undefined || !holds(tests, row, params, tables) ? undefined : row;
  };
  return {
    first,
    rows: (tables, params) => {
      const row = first(tables, params);
      return row === undefined ? [] : [row];
    },
  };
}

/** The same key as `TableForm.keyOf` makes of a row, of the values of its columns. */
function keyIn([first, ...more]: readonly Value[]): (params: Params) => Key {
  if (first === undefined) throw new Error('a key of no columns');
  if (more.length === 0) return first;
  return (params) => {
    let text = String(first(params) ?? '');
    for (const value of more) text += `\n${String(value(params) ?? '')}`;
    return text;
  };
}
