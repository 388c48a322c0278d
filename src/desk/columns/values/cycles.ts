import type { ConversationId } from '../../../base/ids.ts';
import type { Cycle } from '../../../domain/model.ts';
import { clockMessages, replySpans } from '../../../domain/timings/reply-spans.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { rowsOfConversation } from '../../replica/row-sql.ts';
import { messageTimes } from '../../service/timings-query.ts';

/** A row of `COLUMNS`: the conversation's number and id, the ordinal, then what timings are made of; null: no cycle. */
type CycleRecord = readonly [
  n: number,
  id: ConversationId,
  ordinal: number | null,
  opened: number,
  clock: number | null,
  firstReply: number | null,
  closed: number | null,
  replies: number,
  total: number,
];

const COLUMNS = `c.n, c.id, y.ordinal, y.opened_at, y.clock_start_at, y.first_reply_at, y.closed_at,
  y.reply_count, y.reply_total`;
const JOINED = 'LEFT JOIN cycle y ON y.conversation_id = c.id ORDER BY c.id, y.ordinal';
const WALK = `SELECT ${COLUMNS} FROM (SELECT n, id FROM conversation WHERE id > ? ORDER BY id LIMIT ?) c ${JOINED}`;
const BY_ID = `SELECT ${COLUMNS} FROM (SELECT k.n AS n, k.id AS id FROM json_each(?) j CROSS JOIN conversation k
  ON k.id = j.value) c ${JOINED}`;

const SLICE = 1_000;
const FIRST_CAPACITY = 1_024;
const GROWTH = 1.25;
const FLOATS = ['opened', 'clock', 'firstReply', 'closed', 'total'] as const;
/** Numbers of a reply span: first and last unanswered customer message, and the reply. */
export const SPAN_WIDTH = 3;

/**
 * What the timings of each conversation's current cycle are made of (T9), as typed arrays by row number: 48 bytes a
 * conversation, built in slices, then kept up (T11). NaN is unset. Moments are epoch milliseconds, `total` milliseconds.
 */
export class CycleColumns {
  opened = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  clock = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  firstReply = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  closed = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  /** Sum of the reply intervals. */
  total = new Float64Array(FIRST_CAPACITY).fill(Number.NaN);
  replies = new Uint32Array(FIRST_CAPACITY);
  /** Where a row's reply intervals stand in `pool`; 0: not read yet. */
  spanAt = new Uint32Array(FIRST_CAPACITY);
  /** How many intervals, then `SPAN_WIDTH` numbers each, of every row whose intervals were read. Its first place is no row's. */
  pool = new Float64Array(FIRST_CAPACITY);
  #poolEnd = 1;
  readonly #ids = new Map<number, ConversationId>();
  readonly #db: ReadableDb;

  constructor(db: ReadableDb) {
    this.#db = db;
  }

  /** Builds in slices, a step each, with room for rows below `end`. */
  *build(end: number): Generator<undefined, void> {
    this.#reserve(end);
    for (let after: string | null = ''; after !== null; ) {
      const records = this.#db.prepareRaw<CycleRecord>(WALK).all(after, SLICE);
      for (const record of records) this.#write(record[0], record);
      after = records.at(-1)?.[1] ?? null;
      yield undefined;
    }
  }

  /** Reads the reply intervals of those that `needs` them and have not been read yet, in slices: a step each. */
  *readAllSpans(least: number): Generator<undefined, void> {
    let read = 0;
    for (const [n, id] of this.#ids) {
      if ((this.replies[n] ?? 0) < least || this.spanAt[n] !== 0) continue;
      this.#readSpans(n, id);
      read += 1;
      if (read % 100 === 0) yield undefined;
    }
  }

  /** Reads these conversations again, each into the row it is given. */
  take(numbers: ReadonlyMap<ConversationId, number>): void {
    for (const n of numbers.values()) this.remove(n);
    for (const record of this.#db.prepareRaw<CycleRecord>(BY_ID).all(JSON.stringify([...numbers.keys()]))) {
      this.#write(numbers.get(record[1]) ?? record[0], record);
    }
  }

  /** Row `n` is gone. */
  remove(n: number): void {
    if (n >= this.replies.length) return;
    for (const name of FLOATS) this[name][n] = Number.NaN;
    this.replies[n] = 0;
    this.spanAt[n] = 0;
    this.#ids.delete(n);
  }

  /** Reads the reply intervals of row `n`. */
  readSpans(n: number): void {
    const id = this.#ids.get(n);
    if (id !== undefined) this.#readSpans(n, id);
  }

  /** In the order of ordinals: the latest cycle is the current one (T9). */
  #write(n: number, record: CycleRecord): void {
    const [, id, ordinal, opened, clock, firstReply, closed, replies, total] = record;
    if (ordinal === null) return;
    this.#reserve(n + 1);
    this.opened[n] = opened;
    this.clock[n] = clock ?? Number.NaN;
    this.firstReply[n] = firstReply ?? Number.NaN;
    this.closed[n] = closed ?? Number.NaN;
    this.replies[n] = replies;
    this.total[n] = total;
    this.spanAt[n] = 0;
    if (replies > 0) this.#ids.set(n, id);
    else this.#ids.delete(n);
  }

  #readSpans(n: number, id: ConversationId): void {
    const cycle = rowsOfConversation(this.#db, 'cycle', id).reduce<Cycle | null>(
      (latest, row) => (latest === null || row.ordinal > latest.ordinal ? row : latest),
      null,
    );
    const found = cycle === null ? [] : replySpans(cycle, clockMessages(messageTimes(this.#db, id))).spans;
    const numbers = found.flatMap(({ first, last, reply }) => [first.at, last.at, reply.at]);
    if (this.#poolEnd + numbers.length >= this.pool.length) this.#growPool(numbers.length + 1);
    this.spanAt[n] = this.#poolEnd;
    this.pool[this.#poolEnd] = found.length;
    this.pool.set(numbers, this.#poolEnd + 1);
    this.#poolEnd += numbers.length + 1;
  }

  /** Makes room for so many numbers more; what rows no longer point at is left behind. */
  #growPool(more: number): void {
    let held = 1;
    for (const at of this.spanAt) if (at !== 0) held += 1 + (this.pool[at] ?? 0) * SPAN_WIDTH;
    const pool = new Float64Array(Math.ceil((held + more) * 2));
    let end = 1;
    for (let n = 0; n < this.spanAt.length; n += 1) {
      const at = this.spanAt[n] ?? 0;
      if (at === 0) continue;
      const length = 1 + (this.pool[at] ?? 0) * SPAN_WIDTH;
      pool.set(this.pool.subarray(at, at + length), end);
      this.spanAt[n] = end;
      end += length;
    }
    this.pool = pool;
    this.#poolEnd = end;
  }

  #reserve(end: number): void {
    if (end <= this.replies.length) return;
    const capacity = Math.max(end, Math.ceil(this.replies.length * GROWTH));
    for (const name of FLOATS) {
      const grown = new Float64Array(capacity).fill(Number.NaN);
      grown.set(this[name]);
      this[name] = grown;
    }
    for (const name of ['replies', 'spanAt'] as const) {
      const grown = new Uint32Array(capacity);
      grown.set(this[name]);
      this[name] = grown;
    }
  }
}
