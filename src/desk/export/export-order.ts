import type { AgentId } from '../../base/ids.ts';
import { must } from '../../base/must.ts';
import type { ExportRange } from '../../export/report/source.ts';
import type { ListQuery } from '../../protocol/rpc/list.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { radixSort } from '../columns/radix.ts';
import { paramsOf, type SqlPart, whereOf, whereText } from '../queries/list-where.ts';

/** Rows looked at in one slice: some ten milliseconds. */
const SLICE = 20_000;

const RANGE_COLUMNS = { started: 'c.started_at', closed: 'c.closed_at', asked: 's.sent_at' } as const;

/** What lies in the range. `asked`: conversations with a survey that was sent in it, as figures about satisfaction count. */
function rangeParts(range: ExportRange): readonly SqlPart[] {
  const parts = momentParts(range);
  if (range.by !== 'asked' || parts.length === 0) return parts;
  const inRange = parts.map(({ sql }) => ` AND ${sql}`).join('');
  const sql = `EXISTS (SELECT 1 FROM csat s WHERE s.conversation_id = c.id${inRange})`;
  return [{ sql, params: parts.flatMap(({ params }) => params) }];
}

function momentParts({ by, from, to }: ExportRange): readonly SqlPart[] {
  const column = RANGE_COLUMNS[by];
  return [
    ...(from === null ? [] : [{ sql: `${column} >= ?`, params: [from] }]),
    ...(to === null ? [] : [{ sql: `${column} < ?`, params: [to] }]),
  ];
}

/** What an export is asked to hold. `isAmong`: of what a figure's query names, or everything. */
export interface Selection {
  readonly query: ListQuery;
  readonly range: ExportRange;
  readonly me: AgentId;
  readonly isAmong: (n: number) => boolean;
}

/**
 * Row numbers of the conversations an export holds, in the order of their start, those of one moment by id: the same on
 * every desk. Read in slices; `breathe` lets others have their turn.
 */
export async function exportOrder(
  db: ReadableDb,
  { query, range, me, isAmong }: Selection,
  breathe: () => Promise<void>,
): Promise<Uint32Array> {
  const parts = [...whereOf(query, me), ...rangeParts(range)];
  const where = whereText([{ sql: 'c.n > ?', params: [] }, ...parts]);
  const read = db.prepareRaw<[number, number], (string | number | bigint | Uint8Array | null)[]>(
    `SELECT c.n, c.started_at FROM conversation c${where} ORDER BY c.n LIMIT ?`,
  );
  const params = paramsOf(parts);
  const numbers: number[] = [];
  const starts: number[] = [];
  for (let after = 0; ; ) {
    const rows = read.all(after, ...params, SLICE);
    for (const [n, startedAt] of rows)
      if (isAmong(n)) {
        numbers.push(n);
        starts.push(startedAt);
      }
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) break;
    [after] = last;
    await breathe();
  }
  const keys = Float64Array.from(starts);
  const steps = radixSort(
    keys,
    Uint32Array.from(numbers, (_, place) => place),
  );
  for (;;) {
    const step = steps.next();
    if (step.done === true) return byStart(db, numbers, keys, step.value);
    await breathe();
  }
}

/** Row numbers in the order of `places`, which are sorted by `starts`. */
function byStart(
  db: ReadableDb,
  numbers: readonly number[],
  starts: Float64Array,
  places: Uint32Array,
): Uint32Array {
  const order = places.map((place) => must(numbers[place], 'the row of a place'));
  // Rows of one moment: by id, since row numbers differ from desk to desk.
  const startAt = (index: number): number | undefined => starts[places[index] ?? -1];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && startAt(to) === startAt(from)) to += 1;
    if (to - from > 1) order.set(byId(db, order.subarray(from, to)), from);
    from = to;
  }
  return order;
}

function byId(db: ReadableDb, numbers: Uint32Array): readonly number[] {
  const read = db.preparePluck<string, [number]>('SELECT id FROM conversation WHERE n = ?');
  return [...numbers]
    .map((n) => ({ n, id: read.get(n) ?? '' }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map(({ n }) => n);
}
