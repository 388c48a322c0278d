import { must } from '../../../../src/base/must.ts';
import type { Database, RunResult, SqlParams, SqlValue, Statement } from '../../../../src/sqlite/types.ts';
import { type Plan, plan } from './memory-sql.ts';
import { type Key, MemoryTable, type StoredTable, type TableShape, type Values } from './memory-table.ts';

/** A database in JavaScript maps that understands the statements of one desk's two files, and nothing else. */
export interface MemoryDb extends Database {
  table(name: string): MemoryTable;
  /** Every row by table, as it stands. */
  stored(): StoredRows;
  /** As migrated, for whoever follows it. */
  empty(): void;
  /** Begins with these rows; as migrated where none are given. Nobody follows it yet. */
  begin(rows?: StoredRows): void;
}

/** What the tables of a database hold, in their order. */
export type StoredRows = readonly StoredTable[];

/** The tables of a migrated database, and the rows that it begins with. */
export interface Template {
  readonly shapes: readonly TableShape[];
  readonly rows: ReadonlyMap<string, readonly Values[]>;
}

type Shape = 'object' | 'array' | 'first';

function flat(params: SqlParams): readonly SqlValue[] {
  const [only] = params;
  const isList = params.length === 1 && Array.isArray(only);
  return (isList ? only : params) as readonly SqlValue[];
}

/** How a row goes out. Objects start as copies of an empty one, so that all of a statement's have one form. */
function shaping(columns: readonly string[], shape: Shape): (row: Values) => unknown {
  if (shape === 'array') return (row) => row;
  if (shape === 'first') return (row) => row[0];
  const empty: Readonly<Record<string, SqlValue>> = Object.fromEntries(columns.map((name) => [name, null]));
  return (row) => {
    const object: Record<string, SqlValue> = Object.assign({}, empty);
    for (let at = 0; at < columns.length; at += 1) object[columns[at] ?? ''] = row[at] ?? null;
    return object;
  };
}

/** What a transaction takes back, latest last. */
interface Undo {
  readonly table: MemoryTable;
  readonly key: Key;
  readonly row: Values | null;
}

class Tables {
  readonly #tables: readonly MemoryTable[];
  readonly #byName: ReadonlyMap<string, MemoryTable>;
  #undo: Undo[] = [];
  #depth = 0;

  constructor(shapes: readonly TableShape[]) {
    this.#tables = shapes.map((shape) => new MemoryTable(shape));
    this.#byName = new Map(this.#tables.map((table) => [table.shape.name, table]));
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  table(name: string): MemoryTable {
    const table = this.#byName.get(name);
    if (table === undefined) throw new Error(`no such table: ${name}`);
    return table;
  }

  write(table: MemoryTable, key: Key, row: Values | null, before: Values | null): void {
    table.set(key, row, before);
    if (this.#depth > 0) this.#undo.push({ table, key, row: before });
  }

  transaction<T>(write: () => T): T {
    const from = this.#undo.length;
    this.#depth += 1;
    try {
      const made = write();
      this.#end();
      return made;
    } catch (thrown) {
      for (const { table, key, row } of this.#undo.splice(from).reverse()) table.set(key, row);
      this.#end();
      throw thrown;
    }
  }

  #end(): void {
    this.#depth -= 1;
    if (this.#depth === 0 && this.#undo.length > 0) this.#undo = [];
  }

  fill(rows: Template['rows']): void {
    for (const table of this.#tables) {
      table.clear();
      for (const row of rows.get(table.shape.name) ?? []) table.set(table.keyOf(row), row);
    }
  }

  begin(rows: StoredRows): void {
    for (const [at, table] of this.#tables.entries()) table.load(must(rows[at], table.shape.name));
  }

  stored(): StoredRows {
    return this.#tables.map((table) => table.stored());
  }
}

function statement(made: Plan, shape: Shape): Statement<unknown> {
  const shaped = shaping(made.columns, shape);
  const all = (...params: SqlParams): unknown[] => {
    const rows = made.rows(flat(params));
    return shape === 'array' ? rows : rows.map(shaped);
  };
  return {
    get: (...params) => {
      const row = made.first(flat(params));
      return row === undefined ? undefined : shaped(row);
    },
    all,
    iterate: (...params) => all(...params)[Symbol.iterator](),
    run: (...params) => ({ changes: made.run(flat(params)), lastInsertRowid: 0 }),
  };
}

/** Makes a database of the template's tables, with its rows. */
export function memoryDb(template: Template): MemoryDb {
  return new MapsDb(template);
}

/** A class, so that all of a pool have one form; its functions lie in each, since planted bugs spread them. */
class MapsDb implements MemoryDb {
  readonly path = ':memory:';
  readonly isOpen = true;
  readonly #template: Template;
  readonly #tables: Tables;
  readonly #migrated: StoredRows;
  readonly #plans = kept((sql) => plan(sql, this.#tables));
  readonly #objects = kept((sql) => statement(this.#plans(sql), 'object'));
  readonly #arrays = kept((sql) => statement(this.#plans(sql), 'array'));
  readonly #firsts = kept((sql) => statement(this.#plans(sql), 'first'));

  constructor(template: Template) {
    this.#template = template;
    this.#tables = new Tables(template.shapes);
    this.#tables.fill(template.rows);
    this.#migrated = this.#tables.stored();
  }

  get inTransaction(): boolean {
    return this.#tables.inTransaction;
  }
  // The row type is the caller's word, as with the real one.
  readonly prepare = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> =>
    this.#objects(sql) as unknown as Statement<Row, Params>;
  readonly prepareRaw = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> =>
    this.#arrays(sql) as unknown as Statement<Row, Params>;
  readonly preparePluck = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> =>
    this.#firsts(sql) as unknown as Statement<Row, Params>;
  readonly get = <Row>(sql: string, ...params: SqlParams): Row | undefined =>
    this.#objects(sql).get(...params) as Row | undefined;
  readonly all = <Row>(sql: string, ...params: SqlParams): Row[] =>
    this.#objects(sql).all(...params) as Row[];
  readonly pluck = <Value>(sql: string, ...params: SqlParams): Value | undefined =>
    this.#firsts(sql).get(...params) as Value | undefined;
  readonly run = (sql: string, ...params: SqlParams): RunResult => ({
    changes: this.#plans(sql).run(flat(params)),
    lastInsertRowid: 0,
  });
  readonly exec = (sql: string): void => {
    this.#plans(sql).run([]);
  };
  readonly transaction = <T>(write: () => T): T => this.#tables.transaction(write);
  readonly snapshot = <T>(read: () => T): T => read();
  readonly checkpoint = (): void => undefined;
  readonly close = (): void => undefined;
  readonly table = (name: string): MemoryTable => this.#tables.table(name);
  readonly stored = (): StoredRows => this.#tables.stored();
  readonly empty = (): void => this.#tables.fill(this.#template.rows);
  readonly begin = (rows: StoredRows = this.#migrated): void => this.#tables.begin(rows);
}

/** What is made of a text, once. */
function kept<T>(make: (sql: string) => T): (sql: string) => T {
  const made = new Map<string, T>();
  return (sql) => {
    const found = made.get(sql);
    if (found !== undefined) return found;
    const fresh = make(sql);
    made.set(sql, fresh);
    return fresh;
  };
}
