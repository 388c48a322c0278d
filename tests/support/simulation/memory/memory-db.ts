import { must } from '../../../../src/base/must.ts';
import type { Database, RunResult, SqlParams, SqlValue, Statement } from '../../../../src/sqlite/types.ts';
import { type Host, type Plan, plan } from './memory-sql.ts';
import {
  type Key,
  MemoryTable,
  type StoredTable,
  TableForm,
  type TableShape,
  type Values,
} from './memory-table.ts';

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

function flat(params: SqlParams): readonly SqlValue[] {
  const [only] = params;
  const isList = params.length === 1 && Array.isArray(only);
  return (isList ? only : params) as readonly SqlValue[];
}

/** How a row goes out; null: as it is. */
type Shaping = ((row: Values) => unknown) | null;

/** Objects start as copies of an empty one, so that all of a statement's have one form. */
function objectOf(columns: readonly string[]): (row: Values) => unknown {
  const empty: Readonly<Record<string, SqlValue>> = Object.fromEntries(columns.map((name) => [name, null]));
  return (row) => {
    const object: Record<string, SqlValue> = Object.assign({}, empty);
    for (let at = 0; at < columns.length; at += 1) object[columns[at] ?? ''] = row[at] ?? null;
    return object;
  };
}

function firstOf(row: Values): SqlValue | undefined {
  return row[0];
}

/** What a transaction takes back, latest last. */
interface Undo {
  readonly table: MemoryTable;
  readonly key: Key;
  readonly row: Values | null;
}

/** The tables of one database, and what its transaction has written. */
class MapsHost implements Host {
  readonly at: readonly MemoryTable[];
  #undo: Undo[] = [];
  #depth = 0;

  constructor(forms: readonly TableForm[]) {
    this.at = forms.map((form) => new MemoryTable(form));
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
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
    for (const table of this.at) {
      table.clear();
      for (const row of rows.get(table.form.shape.name) ?? []) table.set(table.form.keyOf(row), row);
    }
  }

  begin(rows: StoredRows): void {
    for (let at = 0; at < this.at.length; at += 1)
      this.at[at]?.load(must(rows[at], 'the rows of every table'));
  }

  stored(): StoredRows {
    return this.at.map((table) => table.stored());
  }
}

/** A statement made ready, and how its rows become objects. */
interface Ready extends Plan {
  readonly object: (row: Values) => unknown;
}

/** What the databases of a template have in common: statements are made ready once for all of them. */
class Schema {
  readonly template: Template;
  readonly forms: readonly TableForm[];
  readonly #byName: ReadonlyMap<string, TableForm>;
  readonly #ready = new Map<string, Ready>();

  constructor(template: Template) {
    this.template = template;
    this.forms = template.shapes.map((shape, place) => new TableForm(shape, place));
    this.#byName = new Map(this.forms.map((form) => [form.shape.name, form]));
  }

  readonly form = (name: string): TableForm => must(this.#byName.get(name), name);

  ready(sql: string): Ready {
    const found = this.#ready.get(sql);
    if (found !== undefined) return found;
    const made = plan(sql, this.form);
    const ready = { ...made, object: objectOf(made.columns) };
    this.#ready.set(sql, ready);
    return ready;
  }
}

class MapsStatement implements Statement<unknown> {
  readonly #host: MapsHost;
  readonly #plan: Plan;
  readonly #shaping: Shaping;

  constructor(host: MapsHost, made: Plan, shaping: Shaping) {
    this.#host = host;
    this.#plan = made;
    this.#shaping = shaping;
  }

  get(...params: SqlParams): unknown {
    const row = this.#plan.first(this.#host, flat(params));
    return row === undefined || this.#shaping === null ? row : this.#shaping(row);
  }
  all(...params: SqlParams): unknown[] {
    const rows = this.#plan.rows(this.#host, flat(params));
    return this.#shaping === null ? rows : rows.map(this.#shaping);
  }
  iterate(...params: SqlParams): IterableIterator<unknown> {
    return this.all(...params)[Symbol.iterator]();
  }
  run(...params: SqlParams): RunResult {
    return { changes: this.#plan.run(this.#host, flat(params)), lastInsertRowid: 0 };
  }
}

/** Makes databases of the template's tables, with its rows. */
export function memoryDbs(template: Template): () => MemoryDb {
  const schema = new Schema(template);
  return () => new MapsDb(schema);
}

/** A class, so that all of a pool have one form; its functions lie in each, since planted bugs spread them. */
class MapsDb implements MemoryDb {
  readonly path = ':memory:';
  readonly isOpen = true;
  readonly #schema: Schema;
  readonly #host: MapsHost;
  readonly #migrated: StoredRows;

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#host = new MapsHost(schema.forms);
    this.#host.fill(schema.template.rows);
    this.#migrated = this.#host.stored();
  }

  get inTransaction(): boolean {
    return this.#host.inTransaction;
  }
  // The row type is the caller's word, as with the real one.
  readonly prepare = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> => {
    const ready = this.#schema.ready(sql);
    return new MapsStatement(this.#host, ready, ready.object) as unknown as Statement<Row, Params>;
  };
  readonly prepareRaw = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> =>
    new MapsStatement(this.#host, this.#schema.ready(sql), null) as unknown as Statement<Row, Params>;
  readonly preparePluck = <Row, Params extends SqlParams>(sql: string): Statement<Row, Params> =>
    new MapsStatement(this.#host, this.#schema.ready(sql), firstOf) as unknown as Statement<Row, Params>;
  readonly get = <Row>(sql: string, ...params: SqlParams): Row | undefined => {
    const ready = this.#schema.ready(sql);
    const row = ready.first(this.#host, flat(params));
    return (row === undefined ? undefined : ready.object(row)) as Row | undefined;
  };
  readonly all = <Row>(sql: string, ...params: SqlParams): Row[] => {
    const ready = this.#schema.ready(sql);
    return ready.rows(this.#host, flat(params)).map(ready.object) as Row[];
  };
  readonly pluck = <Value>(sql: string, ...params: SqlParams): Value | undefined =>
    this.#schema.ready(sql).first(this.#host, flat(params))?.[0] as Value | undefined;
  readonly run = (sql: string, ...params: SqlParams): RunResult => ({
    changes: this.#schema.ready(sql).run(this.#host, flat(params)),
    lastInsertRowid: 0,
  });
  readonly exec = (sql: string): void => {
    this.#schema.ready(sql).run(this.#host, []);
  };
  readonly transaction = <T>(write: () => T): T => this.#host.transaction(write);
  readonly snapshot = <T>(read: () => T): T => read();
  readonly checkpoint = (): void => undefined;
  readonly close = (): void => undefined;
  readonly table = (name: string): MemoryTable => must(this.#host.at[this.#schema.form(name).place], name);
  readonly stored = (): StoredRows => this.#host.stored();
  readonly empty = (): void => this.#host.fill(this.#schema.template.rows);
  readonly begin = (rows: StoredRows = this.#migrated): void => this.#host.begin(rows);
}
