import { must } from '../../../../src/base/must.ts';
import type { Database, SqlParams, SqlValue, Statement } from '../../../../src/sqlite/types.ts';
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

/** The rows of a database by table. */
export type StoredRows = ReadonlyMap<string, StoredTable>;

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
    const object: Record<string, SqlValue> = { ...empty };
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
  readonly #tables: ReadonlyMap<string, MemoryTable>;
  readonly undo: Undo[] = [];
  depth = 0;

  constructor(shapes: readonly TableShape[]) {
    this.#tables = new Map(shapes.map((shape) => [shape.name, new MemoryTable(shape)]));
  }

  table(name: string): MemoryTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`no such table: ${name}`);
    return table;
  }

  set(table: MemoryTable, key: Key, row: Values | null): void {
    const before = table.set(key, row);
    if (this.depth > 0) this.undo.push({ table, key, row: before });
  }

  transaction<T>(write: () => T): T {
    const from = this.undo.length;
    this.depth += 1;
    try {
      return write();
    } catch (thrown) {
      while (this.undo.length > from) {
        const { table, key, row } = this.undo.pop() as Undo;
        table.set(key, row);
      }
      throw thrown;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) this.undo.length = 0;
    }
  }

  fill(rows: Template['rows']): void {
    for (const table of this.#tables.values()) {
      table.clear();
      for (const row of rows.get(table.shape.name) ?? []) table.set(table.keyOf(row), row);
    }
  }

  begin(rows: StoredRows): void {
    for (const [name, table] of this.#tables) table.load(must(rows.get(name), name));
  }

  stored(): StoredRows {
    return new Map([...this.#tables].map(([name, table]) => [name, table.stored()]));
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
  const tables = new Tables(template.shapes);
  tables.fill(template.rows);
  const migrated = tables.stored();
  const ready = kept((sql) => plan(sql, tables));
  const shapes = {
    object: kept((sql) => statement(ready(sql), 'object')),
    array: kept((sql) => statement(ready(sql), 'array')),
    first: kept((sql) => statement(ready(sql), 'first')),
  };
  // The row type is the caller's word, as with the real one.
  const prepared = <Row, Params extends SqlParams>(sql: string, shape: Shape): Statement<Row, Params> =>
    shapes[shape](sql) as unknown as Statement<Row, Params>;
  return {
    path: ':memory:',
    isOpen: true,
    get inTransaction() {
      return tables.depth > 0;
    },
    prepare: (sql) => prepared(sql, 'object'),
    prepareRaw: (sql) => prepared(sql, 'array'),
    preparePluck: (sql) => prepared(sql, 'first'),
    get: <Row>(sql: string, ...params: SqlParams) => prepared<Row, SqlParams>(sql, 'object').get(...params),
    all: <Row>(sql: string, ...params: SqlParams) => prepared<Row, SqlParams>(sql, 'object').all(...params),
    pluck: <Value>(sql: string, ...params: SqlParams) =>
      prepared<Value, SqlParams>(sql, 'first').get(...params),
    run: (sql, ...params) => ({ changes: ready(sql).run(flat(params)), lastInsertRowid: 0 }),
    exec: (sql) => {
      ready(sql).run([]);
    },
    transaction: (write) => tables.transaction(write),
    snapshot: (read) => read(),
    checkpoint: () => undefined,
    close: () => undefined,
    table: (name) => tables.table(name),
    stored: () => tables.stored(),
    empty: () => tables.fill(template.rows),
    begin: (rows = migrated) => tables.begin(rows),
  };
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
