import type { ConversationId } from '../../base/ids.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { CODE_SQL } from './codes.ts';
import type { Columns, ColumnRow } from './columns.ts';

/** A row of `COLUMNS`, as the driver gives it: n, code, channel, assignee, tags, then the four moments. */
type ColumnRecord = readonly [
  n: number,
  code: number,
  channel: string,
  assignee: string | null,
  tags: string,
  activity: number | null,
  waiting: number | null,
  opened: number | null,
  started: number | null,
];

const COLUMNS = `c.n, ${CODE_SQL}, c.channel, c.assignee_id,
  (SELECT json_group_array(t.tag) FROM tag t WHERE t.conversation_id = c.id),
  c.last_message_at, c.waiting_since, c.opened_at, c.started_at`;

const AFTER = `SELECT ${COLUMNS} FROM conversation c WHERE c.n > ? ORDER BY c.n LIMIT ?`;
const BY_ID = `SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value`;
const BY_NUMBER = `SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN conversation c ON c.n = j.value`;

function recordToRow(record: ColumnRecord): ColumnRow {
  const [, code, channel, assignee, tags, activity, waiting, opened, started] = record;
  return { code, channel, assignee, tags, activity, waiting, opened, started };
}

/** Reads up to `limit` rows after number `after` into the columns; answers the last number, null at the end. */
export function readSlice(db: ReadableDb, columns: Columns, after: number, limit: number): number | null {
  const records = db.prepareRaw<ColumnRecord>(AFTER).all(after, limit);
  for (const record of records) columns.set(record[0], recordToRow(record));
  const last = records.at(-1);
  return last === undefined || records.length < limit ? null : last[0];
}

/** The rows of conversations, with their numbers; unknown ones are left out. */
export function readByIds(
  db: ReadableDb,
  ids: readonly ConversationId[],
): readonly (readonly [number, ColumnRow])[] {
  const records = db.prepareRaw<ColumnRecord>(BY_ID).all(JSON.stringify(ids));
  return records.map((record) => [record[0], recordToRow(record)]);
}

/** The rows with these numbers; those that are gone are left out. */
export function readByNumbers(
  db: ReadableDb,
  numbers: readonly number[],
): readonly (readonly [number, ColumnRow])[] {
  const records = db.prepareRaw<ColumnRecord>(BY_NUMBER).all(JSON.stringify(numbers));
  return records.map((record) => [record[0], recordToRow(record)]);
}

/** The ids of conversations by number. */
export function idsOf(
  db: ReadableDb,
  rows: readonly (readonly [number, ColumnRow])[],
): readonly ConversationId[] {
  if (rows.length === 0) return [];
  const sql = 'SELECT c.id FROM json_each(?) j CROSS JOIN conversation c ON c.n = j.value';
  return db.preparePluck<ConversationId>(sql).all(JSON.stringify(rows.map(([n]) => n)));
}
