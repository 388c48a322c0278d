import type { SqlValue } from '../../../../src/sqlite/types.ts';

/** A row's values in the order of its table's columns; never changed in place. */
export type Values = readonly SqlValue[];

/** A table as migrations made it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Values of columns that an INSERT leaves out. */
  readonly defaults: readonly SqlValue[];
  /** Whether somebody follows what is written to it. */
  readonly isFollowed: boolean;
}

export type Key = SqlValue;

type Groups = ReadonlyMap<SqlValue, ReadonlyMap<Key, Values>>;

/** What a table holds: rows by key, and by the first column of a key of several where somebody has asked so. */
export interface StoredTable {
  readonly rows: ReadonlyMap<Key, Values>;
  readonly groups: Groups | null;
}

/** What statements need to know of a table before they are asked, and its place among the tables of its databases. */
export class TableForm {
  readonly shape: TableShape;
  readonly place: number;
  /** Where the columns of the key stand. */
  readonly key: readonly number[];
  readonly #at: ReadonlyMap<string, number>;

  constructor(shape: TableShape, place: number) {
    this.shape = shape;
    this.place = place;
    this.#at = new Map(shape.columns.map((column, index) => [column, index]));
    this.key = shape.key.map((column) => this.at(column));
  }

  at(column: string): number {
    const index = this.#at.get(column);
    if (index === undefined) throw new Error(`${this.shape.name} has no column ${column}`);
    return index;
  }

  keyOf(row: Values): Key {
    const { key } = this;
    const first = row[key[0] ?? 0] ?? null;
    if (key.length === 1) return first;
    let text = `${String(first ?? '')}\n${String(row[key[1] ?? 0] ?? '')}`;
    for (let at = 2; at < key.length; at += 1) text += `\n${String(row[key[at] ?? 0] ?? '')}`;
    return text;
  }
}

/** Rows by key, and by the first column of a key of several where it is asked so: how rules ask for the rows of a conversation. */
export class MemoryTable {
  readonly form: TableForm;
  #rows = new Map<Key, Values>();
  /** Null until somebody asks. */
  #groups: Map<SqlValue, Map<Key, Values>> | null = null;
  /** Keys written since this was last emptied, for whoever follows the table. */
  dirty = new Set<Key>();
  /** What lies here belongs to others as well: it is copied before the first write, each group before its own first one. */
  #isShared = false;
  /** Groups that belong to no other table. */
  #own = new Set<SqlValue>();

  constructor(form: TableForm) {
    this.form = form;
  }

  get rows(): ReadonlyMap<Key, Values> {
    return this.#rows;
  }
  get groups(): Groups {
    this.#groups ??= this.#grouped();
    return this.#groups;
  }

  at(column: string): number {
    return this.form.at(column);
  }

  /** Takes over what another table of this shape held, as it lies there; nobody follows it yet. */
  load({ rows, groups }: StoredTable): void {
    // Never written to: copied first.
    this.#rows = rows as Map<Key, Values>;
    this.#groups = groups as Map<SqlValue, Map<Key, Values>> | null;
    this.#isShared = true;
    if (this.form.shape.isFollowed && this.dirty.size > 0) this.dirty = new Set();
  }

  /** What it holds, for others to begin with. */
  stored(): StoredTable {
    this.#isShared = true;
    return { rows: this.#rows, groups: this.#groups };
  }

  /** Puts or, with null, deletes; `before`: what stands there, for whoever has looked. */
  set(key: Key, row: Values | null, before: Values | null = this.#rows.get(key) ?? null): void {
    if (this.#isShared) this.#part();
    if (this.form.shape.isFollowed) this.dirty.add(key);
    if (row === null) this.#rows.delete(key);
    else this.#rows.set(key, row);
    if (this.#groups !== null) this.#group(this.#groups, key, row ?? before, row);
  }

  clear(): void {
    if (this.#rows.size === 0) return;
    if (this.form.shape.isFollowed) for (const key of this.#rows.keys()) this.dirty.add(key);
    this.#isShared = false;
    this.#rows = new Map();
    this.#groups = null;
  }

  #part(): void {
    this.#isShared = false;
    this.#rows = new Map(this.#rows);
    if (this.#groups === null) return;
    this.#groups = new Map(this.#groups);
    if (this.#own.size > 0) this.#own = new Set();
  }

  #grouped(): Map<SqlValue, Map<Key, Values>> {
    const groups = new Map<SqlValue, Map<Key, Values>>();
    this.#own = new Set();
    for (const [key, row] of this.#rows) this.#group(groups, key, row, row);
    return groups;
  }

  #group(groups: Map<SqlValue, Map<Key, Values>>, key: Key, named: Values | null, row: Values | null): void {
    const first = named?.[this.form.key[0] ?? 0] ?? null;
    let group = groups.get(first);
    if (group === undefined || !this.#own.has(first)) {
      group = new Map(group);
      groups.set(first, group);
      this.#own.add(first);
    }
    if (row === null) group.delete(key);
    else group.set(key, row);
  }
}
