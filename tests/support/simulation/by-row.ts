import type { ReplicatedTable, WireValue } from '../../../src/protocol/tables.ts';
import type { Key } from './memory/memory-table.ts';

/** What is known of rows, by table and by key as a table in memory names its rows. */
export class ByRow<T> {
  readonly #tables = new Map<ReplicatedTable, Map<Key, T>>();

  get tables(): Iterable<readonly [ReplicatedTable, ReadonlyMap<Key, T>]> {
    return this.#tables;
  }

  get size(): number {
    let size = 0;
    for (const rows of this.#tables.values()) size += rows.size;
    return size;
  }

  of(table: ReplicatedTable): ReadonlyMap<Key, T> | undefined {
    return this.#tables.get(table);
  }

  get(table: ReplicatedTable, key: Key): T | undefined {
    return this.#tables.get(table)?.get(key);
  }

  set(table: ReplicatedTable, key: Key, value: T): void {
    const rows = this.#tables.get(table);
    if (rows === undefined) this.#tables.set(table, new Map([[key, value]]));
    else rows.set(key, value);
  }

  delete(table: ReplicatedTable, key: Key): void {
    this.#tables.get(table)?.delete(key);
  }

  clear(): void {
    this.#tables.clear();
  }

  copy(): ByRow<T> {
    const copies = new ByRow<T>();
    for (const [table, rows] of this.#tables) copies.#tables.set(table, new Map(rows));
    return copies;
  }
}

/** The key of a row as tables in memory make it: of several columns, joined. */
export function joined(key: readonly WireValue[]): Key {
  return key.length === 1 ? (key[0] ?? null) : key.join('\n');
}
