import type { SqlValue } from '../../../../src/sqlite/types.ts';
import type { Key, MemoryTable, TableForm, Values } from './memory-table.ts';
import { literal, maxOf, type Params, type Tables, tableIn, type Where, where } from './memory-where.ts';

/** What statements run on: the tables of one database, and writing that can be taken back. */
export interface Host extends Tables {
  /** Puts or, with null, deletes a row where `before` stands. */
  write(table: MemoryTable, key: Key, row: Values | null, before: Values | null): void;
}

/** A statement made ready for every database of the same tables: rows for a question, a number of changes for a write. */
export interface Plan {
  readonly columns: readonly string[];
  readonly places: number;
  /** A list of its own, of rows of their own: a caller may do with them what it likes. */
  rows(host: Host, params: Params): Values[];
  first(host: Host, params: Params): Values | undefined;
  run(host: Host, params: Params): number;
}

const FROM = String.raw`FROM "?(\w+)"?(?: WHERE (.+?))?`;
const SELECT = new RegExp(
  String.raw`^SELECT (DISTINCT )?(.+?) ${FROM}(?: ORDER BY ([\w, ]+?))?(?: LIMIT (\?|\d+))?$`,
);
const WRAPPED = /^SELECT (.+?) FROM \( (.+) \) (ORDER BY .+)$/;
const MAX = /^SELECT max\((\w+)\) FROM (\w+)$/;
const COUNT = /^SELECT count\(\*\) FROM (\w+)$/;
const INSERT =
  /^INSERT (OR REPLACE )?INTO "?(\w+)"? \((.+?)\) VALUES \((.+?)\)((?:, \([?, ]+\))*)(?: ON CONFLICT(?: \(.+?\))? DO (NOTHING|UPDATE SET (.+)))?$/;
const INSERT_SELECT =
  /^INSERT INTO (\w+) \((.+?)\) SELECT (.+?) FROM (\w+) WHERE (.+?) ON CONFLICT \(\w+\) DO NOTHING$/;
const UPDATE = /^UPDATE "?(\w+)"? SET (.+?) WHERE (.+)$/;
const DELETE = new RegExp(`^DELETE ${FROM}$`);
const HAS = /EXISTS \(SELECT 1 FROM (\w+) WHERE conversation_id = conversation\.id\)/g;
const DELETE_SOME = /^DELETE FROM (\w+) WHERE n IN \(SELECT n FROM \w+ LIMIT \?\)$/;

function names(list: string): string[] {
  return list.split(',').map((name) => name.trim().replaceAll('"', ''));
}

type FormOf = (name: string) => TableForm;

function writes(run: Plan['run'], places: number): Plan {
  return { columns: [], places, rows: () => [], first: () => undefined, run };
}

function asks(
  columns: readonly string[],
  places: number,
  rows: Plan['rows'],
  first: Plan['first'] = (host, params) => rows(host, params)[0],
): Plan {
  return { columns, places, rows, first, run: () => 0 };
}

type Order = (a: Values, b: Values) => number;

function order(columns: readonly string[], text: string | undefined): Order | null {
  if (text === undefined) return null;
  const by = names(text).map((part) => {
    const [column = '', direction] = part.split(' ');
    return { at: columns.indexOf(column), sign: direction === 'DESC' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { at, sign } of by) {
      const left = a[at] ?? '';
      const right = b[at] ?? '';
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}

/** Makes one statement ready. It knows the statements of the outbox and the replica, and throws about any other. */
export function plan(sql: string, formOf: FormOf): Plan {
  const text = sql.replaceAll(/\s+/g, ' ').replaceAll(HAS, 'has:$1').trim();
  const made = planned(text, formOf);
  if (made === null) throw new Error(`the database in memory does not know: ${text}`);
  return made;
}

function planned(text: string, formOf: FormOf): Plan | null {
  if (text.startsWith('SELECT')) return question(text, formOf);
  const some = DELETE_SOME.exec(text);
  if (some !== null) return deleteSome(formOf(some[1] ?? ''));
  if (text.startsWith('PRAGMA')) return writes(() => 0, 0);
  if (text.startsWith('DELETE')) return deletes(text, formOf);
  if (text.startsWith('UPDATE')) return updates(text, formOf);
  return insertSelect(text, formOf) ?? inserts(text, formOf);
}

function question(text: string, formOf: FormOf): Plan | null {
  const max = MAX.exec(text);
  if (max !== null) {
    const highest = maxOf(formOf(max[2] ?? ''), max[1] ?? '');
    return asks(['max'], 0, (host) => [[highest(host)]]);
  }
  const count = COUNT.exec(text);
  if (count !== null) {
    const counted = formOf(count[1] ?? '');
    return asks(['count'], 0, (host) => [[tableIn(host, counted).rows.size]]);
  }
  const wrapped = WRAPPED.exec(text);
  if (wrapped !== null) return union(wrapped[2] ?? '', wrapped[3] ?? '', formOf);
  if (text.includes(' UNION ')) {
    const limit = text.lastIndexOf(' LIMIT ');
    return union(text.slice(0, limit), text.slice(limit + 1), formOf);
  }
  return select(text, formOf);
}

function select(text: string, formOf: FormOf, first = 0): Plan | null {
  const found = SELECT.exec(text);
  if (found === null) return null;
  const [, distinct, list = '', name = '', condition, by, limit] = found;
  const form = formOf(name);
  const columns = names(list);
  const project = projectionOf(columns, form, formOf);
  const picked = where(condition, form, first, formOf);
  const sorted = order(columns, by);
  const place = first + picked.places;
  const some = (host: Host, params: Params): Values[] => {
    const all = picked.rows(host, params);
    for (let index = 0; index < all.length; index += 1) all[index] = project(all[index] ?? [], host);
    return all;
  };
  if (distinct === undefined && sorted === null && limit === undefined) {
    return asks(columns, picked.places, some, (host, params) => {
      const row = picked.first(host, params);
      return row === undefined ? undefined : project(row, host);
    });
  }
  const most = (params: Params): number => Number(limit === '?' ? params[place] : (limit ?? Infinity));
  const places = picked.places + (limit === '?' ? 1 : 0);
  return asks(columns, places, (host, params) => {
    const all = some(host, params);
    return arranged(distinct === undefined ? all : distinctOf(all), sorted, most(params));
  });
}

/** Rows whose first columns differ, each as it came last. */
function distinctOf(rows: Values[]): Values[] {
  return rows.length < 2 ? rows : [...new Map(rows.map((row) => [row[0], row])).values()];
}

/** In order, and so many at most. */
function arranged(rows: Values[], sorted: Order | null, most: number): Values[] {
  if (sorted !== null && rows.length > 1) rows.sort(sorted);
  return rows.length > most ? rows.slice(0, most) : rows;
}

type Projection = (row: Values, tables: Tables) => Values;

/** Makes the row that goes out, always a copy: of the table's first columns, or column by column. */
function projectionOf(columns: readonly string[], form: TableForm, formOf: FormOf): Projection {
  const own = columns.findIndex((column, place) => column !== form.shape.columns[place]);
  const width = own < 0 ? columns.length : own;
  const items = columns.slice(width).map((column) => itemOf(column, form, formOf));
  if (items.length === 0) return (row) => row.slice(0, width);
  return (row, tables) => {
    const made = row.slice(0, width);
    for (const item of items) made.push(item(row, tables));
    return made;
  };
}

/** A column, or `has:t`: whether a table holds rows of the row's conversation. */
function itemOf(name: string, form: TableForm, formOf: FormOf): (row: Values, tables: Tables) => SqlValue {
  if (name.startsWith('has:')) {
    const other = formOf(name.slice(4));
    const id = form.at('id');
    return (row, tables) => {
      const group = tableIn(tables, other).groups.get(row[id] ?? null);
      return group !== undefined && group.size > 0 ? 1 : 0;
    };
  }
  // Local row numbers are not kept: who asks for one by key asks whether the row is there.
  if (name === 'n' && !form.shape.columns.includes('n')) return () => 0;
  const index = form.at(name);
  return (row) => row[index] ?? null;
}

/** Parts one after the other, then ordered and cut; without ALL each row once. */
function union(body: string, tail: string, formOf: FormOf): Plan | null {
  const isAll = body.includes(' UNION ALL ');
  const parts: Plan[] = [];
  let place = 0;
  for (const text of body.split(isAll ? ' UNION ALL ' : ' UNION ')) {
    const part = select(text.trim(), formOf, place);
    if (part === null) return null;
    parts.push(part);
    place += part.places;
  }
  const columns = parts[0]?.columns ?? [];
  const sorted = order(columns, /ORDER BY ([\w, ]+?) LIMIT/.exec(tail)?.[1]);
  return asks(columns, place + 1, (host, params) => {
    const all: Values[] = [];
    for (const part of parts) for (const row of part.rows(host, params)) all.push(row);
    return arranged(isAll ? all : distinctOf(all), sorted, Number(params[place]));
  });
}

/** What a list of `?` and literals writes into the columns of a row. */
interface Cells {
  readonly places: number;
  /** The first parameter's value goes where the first `?` stands, and so on. */
  fill(row: SqlValue[], params: Params): void;
}

function cellsOf(list: string, at: readonly number[]): Cells {
  const texts = list.split(',').map((item) => item.trim());
  const bound = at.filter((_, index) => texts[index] === '?');
  const fixed = at.flatMap((column, index) => {
    const text = texts[index] ?? '?';
    return text === '?' ? [] : [{ column, value: literal(text) }];
  });
  return {
    places: bound.length,
    fill: (row, params) => {
      for (let place = 0; place < bound.length; place += 1) row[bound[place] ?? 0] = params[place] ?? null;
      for (const { column, value } of fixed) row[column] = value;
    },
  };
}

function inserts(text: string, formOf: FormOf): Plan | null {
  const found = INSERT.exec(text);
  if (found === null) return null;
  const [, replace, name = '', list = '', values = '', more = '', conflict, changes] = found;
  const form = formOf(name);
  const at = names(list).map((column) => form.at(column));
  const cells = cellsOf(values, at);
  const { places } = cells;
  const isWhole = places === form.shape.columns.length && at.every((index, place) => index === place);
  const changed = changes?.split(',').map((part) => form.at(part.trim().split(' ')[0] ?? '')) ?? null;
  const rowOf = (params: Params): Values => {
    const row = form.shape.defaults.slice();
    cells.fill(row, params);
    return row;
  };
  const put = (host: Host, params: Params): number => {
    const table = tableIn(host, form);
    const row = isWhole ? params : rowOf(params);
    const key = form.keyOf(row);
    const before = table.rows.get(key);
    if (before === undefined || replace !== undefined) {
      // What is bound belongs to the caller.
      host.write(table, key, isWhole ? row.slice() : row, before ?? null);
      return 1;
    }
    if (conflict === undefined) throw new Error(`UNIQUE constraint failed: ${name}`);
    if (changed === null) return 0;
    const next = before.slice();
    for (const index of changed) next[index] = row[index] ?? null;
    host.write(table, key, next, before);
    return 1;
  };
  const count = 1 + more.split('(').length - 1;
  if (count === 1) return writes(put, places);
  const run = (host: Host, params: Params): number => {
    let written = 0;
    for (let one = 0; one < count; one += 1)
      written += put(host, params.slice(one * places, (one + 1) * places));
    return written;
  };
  return writes(run, places * count);
}

function insertSelect(text: string, formOf: FormOf): Plan | null {
  const found = INSERT_SELECT.exec(text);
  if (found === null) return null;
  const [, name = '', list = '', what = '', from = '', condition] = found;
  const [form, source] = [formOf(name), formOf(from)];
  const into = names(list).map((column) => form.at(column));
  const items = what.split(',').map((item) => item.trim());
  let place = 0;
  const take = items.map((item, index): ((row: SqlValue[], one: Values, params: Params) => void) => {
    const column = into[index] ?? 0;
    if (item === '?') {
      const own = place;
      place += 1;
      return (row, _, params) => {
        row[column] = params[own] ?? null;
      };
    }
    if (item === 'NULL' || /^\d+$/.test(item)) {
      const fixed = literal(item);
      return (row) => {
        row[column] = fixed;
      };
    }
    const own = source.at(item);
    return (row, one) => {
      row[column] = one[own] ?? null;
    };
  });
  const picked = where(condition, source, place, formOf);
  const copy = (one: Values, host: Host, params: Params): void => {
    const row = form.shape.defaults.slice();
    for (const into of take) into(row, one, params);
    const key = form.keyOf(row);
    const table = tableIn(host, form);
    if (!table.rows.has(key)) host.write(table, key, row, null);
  };
  return writes(ofEach(picked, copy), place + picked.places);
}

function updates(text: string, formOf: FormOf): Plan | null {
  const found = UPDATE.exec(text);
  if (found === null) return null;
  const [, name = '', list = '', condition] = found;
  const form = formOf(name);
  const sets = list.split(',').map((part) => part.trim().split(' = '));
  const at = sets.map(([column = '']) => form.at(column.replaceAll('"', '')));
  const cells = cellsOf(sets.map(([, value = '']) => value).join(','), at);
  const picked = where(condition, form, cells.places, formOf);
  const change = (row: Values, host: Host, params: Params): void => {
    const next = row.slice();
    cells.fill(next, params);
    host.write(tableIn(host, form), form.keyOf(row), next, row);
  };
  return writes(ofEach(picked, change), cells.places + picked.places);
}

function deletes(text: string, formOf: FormOf): Plan | null {
  const found = DELETE.exec(text);
  if (found === null) return null;
  const form = formOf(found[1] ?? '');
  const picked = where(found[2], form, 0, formOf);
  const drop = (row: Values, host: Host): void => {
    host.write(tableIn(host, form), form.keyOf(row), null, row);
  };
  return writes(ofEach(picked, drop), picked.places);
}

/** Does something with every row that is picked; answers how many there were. */
function ofEach(picked: Where, act: (row: Values, host: Host, params: Params) => void): Plan['run'] {
  if (picked.isOne) {
    return (host, params) => {
      const row = picked.first(host, params);
      if (row === undefined) return 0;
      act(row, host, params);
      return 1;
    };
  }
  return (host, params) => {
    const rows = picked.rows(host, params);
    for (const row of rows) act(row, host, params);
    return rows.length;
  };
}

function deleteSome(form: TableForm): Plan {
  return writes((host, params) => {
    const table = tableIn(host, form);
    const some = [...table.rows].slice(0, Number(params[0]));
    for (const [key, row] of some) host.write(table, key, null, row);
    return some.length;
  }, 1);
}
