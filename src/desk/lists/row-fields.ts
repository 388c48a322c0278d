import type { ConversationId } from '../../base/ids.ts';
import type { FieldCell } from '../../protocol/rpc/list.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { type ColumnKind, columnKind } from '../columns/values/catalogue.ts';
import { CycleColumns } from '../columns/values/cycles.ts';
import { valuesOf } from '../columns/values/read.ts';
import { fillTiming } from '../columns/values/timing-values.ts';
import type { CellValue } from '../columns/values/value-column.ts';
import { TimingsReader } from '../service/timings-query.ts';

type Cells = Record<string, FieldCell>;

const NOTHING: Readonly<Cells> = {};

/** A value as a list shows it; undefined where there is none. */
function cellOf({ type }: ColumnKind, value: CellValue): FieldCell | undefined {
  if (value === null || value === undefined) return undefined;
  return type === 'Boolean' ? value === 1 : value;
}

/**
 * The values of columns for a page of rows, by conversation. Timings come from the same function that the columns of all
 * conversations are filled by, so that what is shown is what is sorted (T10).
 */
export function rowFields(
  db: ReadableDb,
  keys: readonly string[],
  records: readonly { readonly n: number; readonly id: ConversationId }[],
): (id: ConversationId) => Readonly<Cells> {
  if (keys.length === 0 || records.length === 0) return () => NOTHING;
  const cells = new Map(records.map(({ id }): [ConversationId, Cells] => [id, {}]));
  const idOf = new Map(records.map(({ n, id }) => [n, id]));
  const kinds = keys.map((key) => columnKind(db, key));
  for (const kind of kinds) {
    if (kind.source.kind === 'timing') continue;
    for (const [n, value] of valuesOf(db, kind, [...idOf.values()])) {
      const id = idOf.get(n);
      const cell = cellOf(kind, value);
      const row = id === undefined ? undefined : cells.get(id);
      if (row !== undefined && cell !== undefined) row[kind.key] = cell;
    }
  }
  writeTimings(db, kinds, cells);
  return (id) => cells.get(id) ?? NOTHING;
}

function writeTimings(
  db: ReadableDb,
  kinds: readonly ColumnKind[],
  cells: ReadonlyMap<ConversationId, Cells>,
): void {
  const timings = kinds.flatMap(({ source }) => (source.kind === 'timing' ? source.key : []));
  if (timings.length === 0) return;
  const rules = new TimingsReader(db).rules();
  const cycles = new CycleColumns(db);
  cycles.take(new Map([...cells.keys()].map((id, index) => [id, index])));
  const values = new Float64Array(cells.size);
  for (const key of timings) {
    fillTiming(key, cycles, rules, values, [0, cells.size]);
    [...cells.values()].forEach((row, index) => {
      const value = values[index] ?? Number.NaN;
      if (!Number.isNaN(value)) row[key] = value;
    });
  }
}
