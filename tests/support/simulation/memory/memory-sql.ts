import type { SqlValue } from '../../../../src/sqlite/types.ts';
import type { Key, MemoryTable, Values } from './memory-table.ts';
import { literal, maxOf, type Params, type Where, where } from './memory-where.ts';

/** What statements run on: tables by name, and writing that can be taken back. */
export interface MemoryHost {
  table(name: string): MemoryTable;
  /** Puts or, with null, deletes a row where `before` stands. */
  write(table: MemoryTable, key: Key, row: Values | null, before: Values | null): void;
}

/** A statement made ready: rows for a question, a number of changes for a write. */
export interface Plan {
  readonly columns: readonly string[];
  readonly places: number;
  /** A list of its own, of rows of their own: a caller may do with them what it likes. */
  rows(params: Params): Values[];
  first(params: Params): Values | undefined;
  run(params: Params): number;
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

function writes(run: (params: Params) => number, places: number): Plan {
  return { columns: [], places, rows: () => [], first: () => undefined, run };
}

function asks(
  columns: readonly string[],
  places: number,
  rows: (params: Params) => Values[],
  first: (params: Params) => Values | undefined = (params) => rows(params)[0],
): Plan {
  return { columns, places, rows, first, run: () => 0 };
}

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
export function plan(sql: string, host: MemoryHost): Plan {
  const text = sql.replaceAll(/\s+/g, ' ').replaceAll(HAS, 'has:$1').trim();
  const made = planned(text, host);
  if (made === null) throw new Error(`the database in memory does not know: ${text}`);
  return made;
}

function planned(text: string, host: MemoryHost): Plan | null {
  if (text.startsWith('SELECT')) return question(text, host);
  const [some, , someTable] = [DELETE_SOME.test(text), null, DELETE_SOME.exec(text)?.[1]];
  if (some && someTable !== undefined) return deleteSome(host, someTable);
  if (text.startsWith('PRAGMA')) return writes(() => 0, 0);
  if (text.startsWith('DELETE')) return deletes(text, host);
  if (text.startsWith('UPDATE')) return updates(text, host);
  return insertSelect(text, host) ?? inserts(text, host);
}

function question(text: string, host: MemoryHost): Plan | null {
  const max = MAX.exec(text);
  if (max !== null) return asks(['max'], 0, () => [[maxOf(host.table(max[2] ?? ''), max[1] ?? '')]]);
  const count = COUNT.exec(text);
  if (count !== null) return asks(['count'], 0, () => [[host.table(count[1] ?? '').rows.size]]);
  const wrapped = WRAPPED.exec(text);
  if (wrapped !== null) return union(wrapped[2] ?? '', wrapped[3] ?? '', host);
  if (text.includes(' UNION ')) {
    const limit = text.lastIndexOf(' LIMIT ');
    return union(text.slice(0, limit), text.slice(limit + 1), host);
  }
  return select(text, host);
}

function select(text: string, host: MemoryHost, first = 0): Plan | null {
  const found = SELECT.exec(text);
  if (found === null) return null;
  const [, distinct, list = '', name = '', condition, by, limit] = found;
  const table = host.table(name);
  const columns = names(list);
  const project = projectionOf(columns, table, host);
  const picked = where(condition, table, first, (other) => host.table(other));
  const sorted = order(columns, by);
  const place = first + picked.places;
  const some = (params: Params): Values[] => {
    const all = picked.rows(params);
    for (let index = 0; index < all.length; index += 1) all[index] = project(all[index] ?? []);
    return all;
  };
  if (distinct === undefined && sorted === null && limit === undefined) {
    return asks(columns, picked.places, some, (params) => {
      const row = picked.first(params);
      return row === undefined ? undefined : project(row);
    });
  }
  const most = (params: Params): number => Number(limit === '?' ? params[place] : (limit ?? Infinity));
  const places = picked.places + (limit === '?' ? 1 : 0);
  return asks(columns, places, (params) => {
    const all = some(params);
    return arranged(distinct === undefined ? all : distinctOf(all), sorted, most(params));
  });
}

/** Rows whose first columns differ, each as it came last. */
function distinctOf(rows: Values[]): Values[] {
  return rows.length < 2 ? rows : [...new Map(rows.map((row) => [row[0], row])).values()];
}

type Order = (a: Values, b: Values) => number;

/** In order, and so many at most. */
function arranged(rows: Values[], sorted: Order | null, most: number): Values[] {
  if (sorted !== null && rows.length > 1) rows.sort(sorted);
  return rows.length > most ? rows.slice(0, most) : rows;
}

type Projection = (row: Values) => Values;

/** Makes the row that goes out, always a copy: of the table's first columns, or column by column. */
function projectionOf(columns: readonly string[], table: MemoryTable, host: MemoryHost): Projection {
  const own = columns.findIndex((column, place) => column !== table.shape.columns[place]);
  const width = own < 0 ? columns.length : own;
  const items = columns.slice(width).map((column) => itemOf(column, table, host));
  if (items.length === 0) return (row) => row.slice(0, width);
  return (row) => {
    const made = row.slice(0, width);
    for (const item of items) made.push(item(row));
    return made;
  };
}

/** A column, or `has:t`: whether a table holds rows of the row's conversation. */
function itemOf(name: string, table: MemoryTable, host: MemoryHost): (row: Values) => SqlValue {
  if (name.startsWith('has:')) {
    const other = host.table(name.slice(4));
    const id = table.at('id');
    return (row) => ((other.groups.get(row[id] ?? null)?.size ?? 0) > 0 ? 1 : 0);
  }
  // Local row numbers are not kept: who asks for one by key asks whether the row is there.
  if (name === 'n' && !table.shape.columns.includes('n')) return () => 0;
  const index = table.at(name);
  return (row) => row[index] ?? null;
}

/** Parts one after the other, then ordered and cut; without ALL each row once. */
function union(body: string, tail: string, host: MemoryHost): Plan | null {
  const isAll = body.includes(' UNION ALL ');
  const parts: Plan[] = [];
  let place = 0;
  for (const text of body.split(isAll ? ' UNION ALL ' : ' UNION ')) {
    const part = select(text.trim(), host, place);
    if (part === null) return null;
    parts.push(part);
    place += part.places;
  }
  const columns = parts[0]?.columns ?? [];
  const sorted = order(columns, /ORDER BY ([\w, ]+?) LIMIT/.exec(tail)?.[1]);
  return asks(columns, place + 1, (params) => {
    const all: Values[] = [];
    for (const part of parts) for (const row of part.rows(params)) all.push(row);
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

function inserts(text: string, host: MemoryHost): Plan | null {
  const found = INSERT.exec(text);
  if (found === null) return null;
  const [, replace, name = '', list = '', values = '', more = '', conflict, changes] = found;
  const table = host.table(name);
  const at = names(list).map((column) => table.at(column));
  const cells = cellsOf(values, at);
  const { places } = cells;
  const isWhole = places === table.shape.columns.length && at.every((index, place) => index === place);
  const changed =
    changes === undefined
      ? null
      : changes.split(',').map((part) => table.at(part.trim().split(' ')[0] ?? ''));
  const rowOf = (params: Params): Values => {
    const row = [...table.shape.defaults];
    cells.fill(row, params);
    return row;
  };
  const put = (params: Params): number => {
    const row = isWhole ? params : rowOf(params);
    const key = table.keyOf(row);
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
  const run = (params: Params): number => {
    let written = 0;
    for (let one = 0; one < count; one += 1) written += put(params.slice(one * places, (one + 1) * places));
    return written;
  };
  return writes(run, places * count);
}

function insertSelect(text: string, host: MemoryHost): Plan | null {
  const found = INSERT_SELECT.exec(text);
  if (found === null) return null;
  const [, name = '', list = '', what = '', from = '', condition] = found;
  const [table, source] = [host.table(name), host.table(from)];
  const into = names(list).map((column) => table.at(column));
  const items = what.split(',').map((item) => item.trim());
  let place = 0;
  const take = items.map((item): ((row: Values, params: Params) => SqlValue) => {
    if (item === '?') {
      const own = place;
      place += 1;
      return (_, params) => params[own] ?? null;
    }
    if (item === 'NULL' || /^\d+$/.test(item)) return () => literal(item);
    const index = source.at(item);
    return (row) => row[index] ?? null;
  });
  const picked = where(condition, source, place, (other) => host.table(other));
  return writes((params) => {
    const rows = picked.rows(params);
    for (const one of rows) {
      const row = [...table.shape.defaults];
      into.forEach((index, at) => {
        row[index] = take[at]?.(one, params) ?? null;
      });
      const key = table.keyOf(row);
      if (!table.rows.has(key)) host.write(table, key, row, null);
    }
    return rows.length;
  }, place + picked.places);
}

function updates(text: string, host: MemoryHost): Plan | null {
  const found = UPDATE.exec(text);
  if (found === null) return null;
  const [, name = '', list = '', condition] = found;
  const table = host.table(name);
  const sets = list.split(',').map((part) => part.trim().split(' = '));
  const at = sets.map(([column = '']) => table.at(column.replaceAll('"', '')));
  const cells = cellsOf(sets.map(([, value = '']) => value).join(','), at);
  const picked = where(condition, table, cells.places, (other) => host.table(other));
  const change = (row: Values, params: Params): void => {
    const next = row.slice();
    cells.fill(next, params);
    host.write(table, table.keyOf(row), next, row);
  };
  return writes(ofEach(picked, change), cells.places + picked.places);
}

/** Does something with every row that is picked; answers how many there were. */
function ofEach(picked: Where, change: (row: Values, params: Params) => void): (params: Params) => number {
  if (picked.isOne) {
    return (params) => {
      const row = picked.first(params);
      if (row === undefined) return 0;
      change(row, params);
      return 1;
    };
  }
  return (params) => {
    const rows = picked.rows(params);
    for (const row of rows) change(row, params);
    return rows.length;
  };
}

function deletes(text: string, host: MemoryHost): Plan | null {
  const found = DELETE.exec(text);
  if (found === null) return null;
  const table = host.table(found[1] ?? '');
  const picked = where(found[2], table, 0, (other) => host.table(other));
  return writes(
    ofEach(picked, (row) => {
      host.write(table, table.keyOf(row), null, row);
    }),
    picked.places,
  );
}

function deleteSome(host: MemoryHost, name: string): Plan {
  const table = host.table(name);
  return writes((params) => {
    const some = [...table.rows].slice(0, Number(params[0]));
    for (const [key, row] of some) host.write(table, key, null, row);
    return some.length;
  }, 1);
}
