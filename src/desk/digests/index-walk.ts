import { must } from '../../base/must.ts';
import type { ReadableDb, SqlValue } from '../../sqlite/database.ts';
import { DamagedReplica } from './damage.ts';
import { type IndexedTable, indexedTables } from './index-schema.ts';
import { entriesCheck, type EntryPlace, type RowsCheck, rowsCheck } from './index-sql.ts';
import type { Walk, WalkSlice } from './walk.ts';

/** Entries looked up in one slice: some 1.5 ms. */
export const INDEX_ENTRIES = 2_000;

/** An entry of an index that does not say what its row says. */
export interface DamagedEntry {
  readonly index: string;
  /** What tells the row: its number, or its key. */
  readonly key: readonly SqlValue[];
  /** `missing`: the row has no entry. `stray`: the entry has no such row. */
  readonly kind: 'missing' | 'stray';
}

/** Reported where an index and its table do not agree. */
export class DamagedIndex extends DamagedReplica {
  readonly entries: readonly DamagedEntry[];

  constructor(entries: readonly DamagedEntry[]) {
    super(
      'damaged indexes',
      entries.map(({ index, key, kind }) => `${index} ${JSON.stringify(key)} (${kind})`),
    );
    this.entries = entries;
  }
}

interface Found {
  readonly looked: number;
  readonly damaged: readonly DamagedEntry[];
  readonly isEnd: boolean;
}

/** One part of the walk: its `next` slice begins where the last one ended. */
type Part = (limit: number) => Found;

/**
 * Walks through every index of a file in slices of `limit` entries: each row has its entry in each index, and each entry
 * its row. A query along a damaged index would leave rows out, or show some that are not so.
 */
export function indexWalk(db: ReadableDb, limit: number = INDEX_ENTRIES): Walk {
  const parts = indexedTables(db).flatMap((table) => [
    rowsPart(db, table),
    ...table.indexes.map((_, index) => entriesPart(db, table, index)),
  ]);
  let at = 0;
  return {
    next: (): WalkSlice => {
      const part = parts[at];
      if (part === undefined) return { looked: 0, damage: null, isEnd: true };
      const { looked, damaged, isEnd } = part(limit);
      if (isEnd) at += 1;
      const damage = damaged.length === 0 ? null : new DamagedIndex(damaged);
      return { looked, damage, isEnd: at === parts.length };
    },
  };
}

/** From the rows to their entries, all indexes of the table at once. */
function rowsPart(db: ReadableDb, table: IndexedTable): Part {
  const check: RowsCheck = rowsCheck(table);
  let after: readonly SqlValue[] | null = null;
  return (limit) => {
    const most = Math.max(1, Math.floor(limit / table.indexes.length));
    const rows: readonly (readonly SqlValue[])[] =
      after === null
        ? db.prepareRaw<SqlValue[]>(check.first).all(most)
        : db.prepareRaw<SqlValue[]>(check.next).all(...after, most);
    const damaged = rows.flatMap((row) =>
      row
        .slice(table.key.length)
        .flatMap((isThere, index): DamagedEntry[] =>
          isThere === 1
            ? []
            : [{ index: nameOf(table, index), key: row.slice(0, table.key.length), kind: 'missing' }],
        ),
    );
    after = rows.at(-1)?.slice(0, table.key.length) ?? after;
    return { looked: rows.length, damaged, isEnd: rows.length < most };
  };
}

/** From the entries of one index to their rows. */
function entriesPart(db: ReadableDb, table: IndexedTable, index: number): Part {
  const check = entriesCheck(table, must(table.indexes[index], 'an index'));
  let place: EntryPlace | null = null;
  return (limit) => {
    const rows: (readonly SqlValue[])[] = [];
    do {
      const { sql, params } = place === null ? { sql: check.first, params: [] } : check.after(place);
      const some = db.prepareRaw<SqlValue[]>(sql).all(...params, limit - rows.length);
      rows.push(...some);
      const isFull = rows.length === limit;
      const last = some.at(-1)?.slice(0, -1) ?? place?.last;
      // What shares the most with the last entry comes first; then what shares one column less.
      const level = isFull ? check.depth - 1 : (place?.level ?? 0) - 1;
      place = last === undefined || level < 0 ? null : { last, level };
    } while (place !== null && rows.length < limit);
    const damaged = rows
      .filter((row) => row.at(-1) !== 1)
      .map((row): DamagedEntry => ({ index: nameOf(table, index), key: check.keyOf(row), kind: 'stray' }));
    return { looked: rows.length, damaged, isEnd: place === null };
  };
}

function nameOf(table: IndexedTable, index: number): string {
  return must(table.indexes[index], 'an index').name;
}
