import type { ConversationId } from '../../../base/ids.ts';
import type { ReadableDb, SqlValue } from '../../../sqlite/types.ts';
import { type ColumnKind, isNumeric } from './catalogue.ts';
import type { CellValue } from './value-column.ts';

/** The conversation's number and id; then an ordinal, a number and a text, all null where it has no value. */
type ValueRecord = readonly [
  n: number,
  id: ConversationId,
  ordinal: number | null,
  number: number | null,
  text: string | null,
];

/** Conversations read at a time: a few milliseconds. */
const SLICE = 1_000;
/** The last id of a slice. */
const SLICE_END = 'SELECT max(id) FROM (SELECT id FROM conversation WHERE id > ? ORDER BY id LIMIT ?)';
const WALKED = '(SELECT n, id FROM conversation WHERE id > ? AND id <= ?) c';
const ASKED = `(SELECT k.n AS n, k.id AS id FROM json_each(?) j CROSS JOIN conversation k ON k.id = j.value) c`;

interface SourceSql {
  /** What is joined to conversations `c`, and by what. */
  readonly from: string;
  /** Ordinal, number, text. */
  readonly columns: string;
  readonly params: readonly SqlValue[];
  /** Whether a joined row has a value. */
  readonly held: string;
}

function sourceSql(kind: ColumnKind): SourceSql {
  const { source } = kind;
  switch (source.kind) {
    case 'conversation': {
      const column = source.sql.replace('c.', 'x.');
      const columns = isNumeric(kind) ? `1, ${column}, NULL` : `1, NULL, ${column}`;
      return { from: 'conversation x ON x.n = c.n', columns, params: [], held: `${column} IS NOT NULL` };
    }
    case 'csat': {
      const isScale = source.what === 'scale';
      const from = `csat v ON v.conversation_id = c.id${isScale ? ' AND v.answered_at IS NOT NULL' : ''}`;
      const number = isScale ? 'v.scale' : 'v.answered_at IS NOT NULL';
      return { from, columns: `v.ordinal, ${number}, NULL`, params: [], held: 'TRUE' };
    }
    case 'field':
      return {
        from: 'field_value v ON v.conversation_id = c.id AND v.field = ?',
        columns: 'v.ordinal, v.number, v.text',
        params: [kind.key],
        held: 'TRUE',
      };
    case 'timing':
      throw new Error('invariant broken: timings are computed, not read');
  }
}

/** Records of one conversation, in order, as its value. */
function cellOf(kind: ColumnKind, records: readonly ValueRecord[]): CellValue {
  if (kind.type === 'List') {
    const items = records.flatMap(([, , , number, text]) => text ?? (number === null ? [] : String(number)));
    return items.length === 0 ? null : items;
  }
  const last = records.at(-1);
  if (last === undefined || last[2] === null) return null;
  const [, , , number, text] = last;
  if (isNumeric(kind)) return number;
  return text ?? (number === null ? null : String(number));
}

/** Groups records by conversation, in their order. */
function* grouped(
  kind: ColumnKind,
  records: readonly ValueRecord[],
): Generator<readonly [number, CellValue]> {
  for (let from = 0; from < records.length; ) {
    const n = records[from]?.[0];
    let to = from + 1;
    while (records[to]?.[0] === n) to += 1;
    if (n !== undefined) yield [n, cellOf(kind, records.slice(from, to))];
    from = to;
  }
}

/**
 * Reads a column's values over all conversations, in slices: a step each. Only rows that have one cross from SQLite; CROSS
 * keeps the planner from walking all of a field's values for each slice.
 */
export function* walkValues(
  db: ReadableDb,
  kind: ColumnKind,
  write: (n: number, value: CellValue) => void,
): Generator<undefined, void> {
  const sql = walkSql(kind);
  const { params } = sourceSql(kind);
  for (let after = ''; ; ) {
    const end: string | null | undefined = db.pluck(SLICE_END, after, SLICE);
    if (end === null || end === undefined) return;
    const records = db.prepareRaw<ValueRecord>(sql).all(after, end, ...params);
    for (const [n, value] of grouped(kind, records)) if (value !== null) write(n, value);
    after = end;
    yield undefined;
  }
}

/** What reads a slice; bound are the ids it lies after and goes to, and the source's own. */
export function walkSql(kind: ColumnKind): string {
  const { from, columns, held } = sourceSql(kind);
  return `SELECT c.n, c.id, ${columns} FROM ${WALKED} CROSS JOIN ${from} WHERE ${held} ORDER BY c.id, 3`;
}

/** A column's values of these conversations, by row number; null where there is none. */
export function valuesOf(
  db: ReadableDb,
  kind: ColumnKind,
  ids: readonly ConversationId[],
): readonly (readonly [number, CellValue])[] {
  const { from, columns, params } = sourceSql(kind);
  const sql = `SELECT c.n, c.id, ${columns} FROM ${ASKED} LEFT JOIN ${from} ORDER BY c.n, 3`;
  return [...grouped(kind, db.prepareRaw<ValueRecord>(sql).all(JSON.stringify(ids), ...params))];
}
