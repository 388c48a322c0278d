import type { TableRows } from '../../protocol/sync.ts';

/** Part of a page. */
export interface Slice {
  readonly tables: readonly TableRows[];
  readonly rows: number;
}

/** Cuts a page into slices of at most `size` rows, in order, so that the engine answers its screens in between (Y9). */
export function* slicesOf(tables: readonly TableRows[], size: number): Generator<Slice> {
  let part: TableRows[] = [];
  let rows = 0;
  for (const { table, puts, deletes } of tables) {
    for (let from = 0; from < puts.length; ) {
      const take = Math.min(size - rows, puts.length - from);
      part.push({ table, puts: puts.slice(from, from + take), deletes: [] });
      rows += take;
      from += take;
      if (rows < size) continue;
      yield { tables: part, rows };
      part = [];
      rows = 0;
    }
    if (deletes.length > 0) part.push({ table, puts: [], deletes });
    rows += deletes.length;
  }
  if (part.length > 0) yield { tables: part, rows };
}
