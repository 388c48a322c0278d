import type { Database, SqlParams, SqlValue, Statement } from '../../../../src/sqlite/types.ts';
import { type Plan, plan } from './memory-sql.ts';
import { type Key, MemoryTable, type TableShape, type Values } from './memory-table.ts';

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
export type StoredRows = ReadonlyMap<string, readonly Values[]>;

/** The tables of a migrated database, and the rows that it begins with. */
export interface Template {
  readonly shapes: readonly TableShape[];
  readonly rows: StoredRows;
}

type Shape = 'object' | 'array' | 'first';

function flat(params: SqlParams): readonly SqlValue[] {
  const [only] = params;
  const isList = params.length === 1 && Array.isArray(only);
  return (isList ? only : params) as readonly SqlValue[];
}

function shaped(row: Values, columns: readonly string[], shape: Shape): unknown {
  if (shape === 'array') return row;
  if (shape === 'first') return row[0];
  const object: Record<string, SqlValue> = {};
  for (let index = 0; index < columns.length; index += 1) object[columns[index] ?? ''] = row[index] ?? null;
  return object;
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

  fill(rows: StoredRows): void {
    for (const table of this.#tables.values()) {
      table.clear();
      for (const row of rows.get(table.shape.name) ?? []) table.set(table.keyOf(row), row);
    }
  }

  begin(rows: StoredRows): void {
    for (const table of this.#tables.values()) {
      table.clear();
      table.dirty.clear();
    }
    this.fill(rows);
  }

  stored(): StoredRows {
    return new Map([...this.#tables].map(([name, { rows }]) => [name, [...rows.values()]]));
  }
}

function statement(made: Plan, shape: Shape): Statement<unknown> {
  const { columns } = made;
  const all = (...params: SqlParams): unknown[] => {
    const rows = made.rows(flat(params));
    return shape === 'array' ? [...rows] : rows.map((row) => shaped(row, columns, shape));
  };
  return {
    get: (...params) => {
      const [row] = made.rows(flat(params));
      return row === undefined ? undefined : shaped(row, columns, shape);
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
  const plans = new Map<string, Plan>();
  const kept = { object: new Map(), array: new Map(), first: new Map() } as Record<
    Shape,
    Map<string, Statement<unknown>>
  >;
  const ready = (sql: string): Plan => {
    const found = plans.get(sql) ?? plan(sql, tables);
    plans.set(sql, found);
    return found;
  };
  // The row type is the caller's word, as with the real one.
  const prepared = <Row, Params extends SqlParams>(sql: string, shape: Shape): Statement<Row, Params> => {
    const found = kept[shape].get(sql) ?? statement(ready(sql), shape);
    kept[shape].set(sql, found);
    return found as unknown as Statement<Row, Params>;
  };
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
    begin: (rows = template.rows) => tables.begin(rows),
  };
}
