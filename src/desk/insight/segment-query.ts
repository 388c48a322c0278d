import type { SegmentTime } from '../../domain/segments/evaluate.ts';
import { READY_MADE } from '../../domain/segments/ready-made.ts';
import type { SegmentRule } from '../../domain/segments/rule.ts';
import type { SegmentCount, SegmentMember, SegmentView } from '../../protocol/rpc/insight.ts';
import { parseSegment, SEGMENT_PREFIX } from '../../protocol/segments.ts';
import type { WireValue } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { digestedColumns, soundRows } from '../digests/row-digests.ts';
import { customerMarks } from './customer-marks.ts';
import type { InsightColumns } from './mirror.ts';
import { countMembers, membersOf } from './segments.ts';

const MOST_DOCUMENTS = 1_000;
/** Settings whose key begins so; a prefix ends where the next letter begins. */
const DOCUMENTS = 'SELECT key, value FROM setting WHERE key >= ? AND key < ? ORDER BY key LIMIT ?';

/** Documents among the settings, by the beginning of their key. */
export function readDocuments(
  db: ReadableDb,
  prefix: string,
): readonly { readonly key: string; readonly value: string }[] {
  const end = `${prefix.slice(0, -1)}${String.fromCodePoint((prefix.codePointAt(prefix.length - 1) ?? 0) + 1)}`;
  return db.prepare<{ key: string; value: string }>(DOCUMENTS).all(prefix, end, MOST_DOCUMENTS);
}

/** Members of a rule by customer's row number. */
export function segmentMarks(
  db: ReadableDb,
  columns: InsightColumns,
  rule: SegmentRule,
  time: SegmentTime,
): Uint8Array {
  return membersOf(columns, rule, time, (condition) => customerMarks(db, columns.customers, condition));
}

export function segmentCount(
  db: ReadableDb,
  columns: InsightColumns,
  rule: SegmentRule,
  time: SegmentTime,
): SegmentCount {
  return countMembers(columns, segmentMarks(db, columns, rule, time));
}

/** A segment's id, name (null: a ready-made one's) and rule. */
export type SegmentListed = Omit<SegmentView, 'count'>;

/** The ready-made segments and the workspace's own. */
export function segmentList(db: ReadableDb): readonly SegmentListed[] {
  const own = readDocuments(db, SEGMENT_PREFIX).flatMap(({ key, value }) => {
    const segment = parseSegment(key, value);
    return segment === null ? [] : [{ ...segment, readyMade: false }];
  });
  const ready = READY_MADE.map(({ id, rule }) => ({ id, name: null, rule, readyMade: true }));
  return [...ready, ...own.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

const MEMBERS = `SELECT cu.id AS customerId, cu.name AS name, cu.email AS email, cu.phone AS phone,
    cu.language AS language,
    (SELECT count(*) FROM conversation c WHERE c.customer_id = cu.id) AS conversations,
    (SELECT c.id FROM conversation c WHERE c.customer_id = cu.id ORDER BY c.started_at DESC, c.id DESC LIMIT ?)
      AS latestConversationId
  FROM json_each(?) j CROSS JOIN customer cu ON cu.n = j.value`;
const IN_ORDER =
  'SELECT n FROM customer INDEXED BY customer_name WHERE name IS NOT NULL ORDER BY name COLLATE NOCASE, n';

const SOUND = `SELECT ${digestedColumns('customer')} FROM customer WHERE n IN (SELECT value FROM json_each(?))`;

/** Numbers of the known members: by name, then those without one. */
function inOrder(db: ReadableDb, { customers }: InsightColumns, marks: Uint8Array): readonly number[] {
  const isNamed = new Uint8Array(marks.length);
  const found: number[] = [];
  for (const [n] of db.prepareRaw<[number]>(IN_ORDER).iterate()) {
    if (marks[n] !== 1) continue;
    isNamed[n] = 1;
    found.push(n);
  }
  for (let n = 1; n < marks.length; n += 1)
    if (marks[n] === 1 && isNamed[n] === 0 && customers.isKnown(n)) found.push(n);
  return found;
}

/**
 * A page of a segment's known members; anonymous ones are only counted (G1). Their rows are compared with their digests,
 * since pages leave this desk as a file: throws `DamagedRows`.
 */
export function segmentPage(
  db: ReadableDb,
  columns: InsightColumns,
  marks: Uint8Array,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): readonly SegmentMember[] {
  const page = inOrder(db, columns, marks).slice(offset, offset + limit);
  const numbers = JSON.stringify(page);
  soundRows('customer', db.prepareRaw<WireValue[], [string]>(SOUND).all(numbers));
  return db.all<SegmentMember>(MEMBERS, 1, numbers);
}
