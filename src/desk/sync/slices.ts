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
  const taken = (): Slice => {
    const slice = { tables: part, rows };
    part = [];
    rows = 0;
    return slice;
  };
  for (const { table, puts, sums, deletes } of tables) {
    for (let from = 0; from < puts.length; ) {
      const chunk = puts.slice(from, from + size - rows);
      const own = sums === undefined ? {} : { sums: sums.slice(from, from + chunk.length) };
      part.push({ table, puts: chunk, ...own, deletes: [] });
      rows += chunk.length;
      from += chunk.length;
      if (rows >= size) yield taken();
    }
    if (deletes.length === 0) continue;
    // Pages carry hardly any deletes: they go whole.
    part.push({ table, puts: [], deletes });
    rows += deletes.length;
    if (rows >= size) yield taken();
  }
  if (part.length > 0) yield taken();
}
