import type { EpochMillis } from '../../base/time.ts';
import { DAY } from '../../base/time.ts';
import type { Database, SqlValue } from '../../sqlite/database.ts';
import {
  ENTRY_COLUMNS,
  type Entry,
  type EntryRow,
  entryValues,
  isSound,
  type OutboxEntry,
  type OutboxRow,
  rowToEntry,
  rowToOutboxEntry,
} from './entry.ts';

/** Acknowledged mutations are kept at least this long and this many, to be offered again to a restored workspace (Y6). */
const JOURNAL_AGE = 7 * DAY;
const JOURNAL_COUNT = 10_000;
const MOST_ENTRIES = 1_000_000;

const INSERT = `INSERT INTO outbox (${ENTRY_COLUMNS}, attempted, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SELECT = `SELECT ${ENTRY_COLUMNS}, attempted, outcome FROM outbox ORDER BY mid LIMIT ?`;
const REPLACE =
  'UPDATE outbox SET name = ?, args = ?, conversation_id = ?, inverse_name = ?, inverse_args = ?, undoes = ?, sum = ?, attempted = ?, outcome = ? WHERE mid = ?';
const ANSWERED = 'UPDATE outbox SET attempted = 1, outcome = ? WHERE mid = ?';
const TO_JOURNAL = `INSERT INTO journal (${ENTRY_COLUMNS}, outcome, confirmed_at)
  SELECT ${ENTRY_COLUMNS}, outcome, ? FROM outbox WHERE mid <= ? AND outcome IS NOT NULL
  ON CONFLICT (mid) DO NOTHING`;
const SETTLED = 'DELETE FROM outbox WHERE mid <= ? AND outcome IS NOT NULL';
const TRIM = `DELETE FROM journal WHERE confirmed_at < ? AND mid <= (SELECT max(mid) FROM journal) - ?`;
const TO_OUTBOX = `INSERT INTO outbox (${ENTRY_COLUMNS}, attempted, outcome)
  SELECT ${ENTRY_COLUMNS}, 1, NULL FROM journal WHERE mid >= ? ON CONFLICT (mid) DO NOTHING`;
const FROM_JOURNAL = `SELECT ${ENTRY_COLUMNS} FROM journal WHERE mid > ? AND outcome = 'applied' ORDER BY mid LIMIT ?`;
const UNDOABLE = `SELECT ${ENTRY_COLUMNS} FROM (
    SELECT ${ENTRY_COLUMNS} FROM outbox WHERE inverse_name IS NOT NULL AND undoes IS NULL
    UNION ALL SELECT ${ENTRY_COLUMNS} FROM journal WHERE inverse_name IS NOT NULL AND undoes IS NULL AND mid > ?
  ) ORDER BY mid DESC LIMIT ?`;
const UNDOINGS = `SELECT ${ENTRY_COLUMNS} FROM (
    SELECT ${ENTRY_COLUMNS} FROM outbox WHERE undoes IS NOT NULL
    UNION ALL SELECT ${ENTRY_COLUMNS} FROM journal WHERE undoes IS NOT NULL AND mid > ?
  ) ORDER BY mid DESC LIMIT ?`;

/** How far back undo looks in the journal, in mutations: most of a day's actions cannot be undone (read marks, messages). */
const UNDO_REACH = 2_000;

/** Rows of `outbox` and `journal` in a migrated outbox file. Every write here is one durable commit unless the caller holds a transaction. */
export class EntryTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  load(): { readonly entries: readonly OutboxEntry[]; readonly damaged: readonly number[] } {
    const damaged: number[] = [];
    const entries = this.#db.all<OutboxRow>(SELECT, MOST_ENTRIES).map((row) => {
      const sound = isSound(row);
      if (!sound) damaged.push(row.mid);
      return rowToOutboxEntry(row, sound);
    });
    return { entries, damaged };
  }

  insert(entry: Entry): void {
    const values = entryValues(entry);
    values.push(0, null);
    this.#db.run(INSERT, values);
  }

  /** Replaces an entry's payload and state; its number and time stay. */
  replace(entry: OutboxEntry): void {
    const [, name, args, , conversationId, inverseName, inverseArgs, undoes, sum] = entryValues(entry);
    const values: (SqlValue | undefined)[] = [
      name,
      args,
      conversationId,
      inverseName,
      inverseArgs,
      undoes,
      sum,
    ];
    this.#db.run(
      REPLACE,
      ...values.map((value) => value ?? null),
      entry.attempted ? 1 : 0,
      entry.outcome,
      entry.mid,
    );
  }

  /** Notes what the workspace answered; the payload stays. */
  answer(mid: number, outcome: OutboxEntry['outcome']): void {
    this.#db.run(ANSWERED, outcome, mid);
  }

  /** Moves answered entries that the base holds into the journal, and forgets what is old there. */
  settle(lastMid: number, now: EpochMillis): void {
    const db = this.#db;
    db.transaction(() => {
      db.run(TO_JOURNAL, now, lastMid);
      db.run(SETTLED, lastMid);
      // Numbers begin at 1: before so many there is nothing that could go.
      if (lastMid > JOURNAL_COUNT) db.run(TRIM, now - JOURNAL_AGE, JOURNAL_COUNT);
    });
  }

  /** Takes back out of the journal what the workspace no longer knows (Y6). */
  reoffer(fromMid: number): void {
    const db = this.#db;
    db.transaction(() => {
      db.run(TO_OUTBOX, fromMid);
      db.run(
        'UPDATE outbox SET outcome = NULL, attempted = 1 WHERE mid >= ? AND outcome IS NOT NULL',
        fromMid,
      );
      db.run('DELETE FROM journal WHERE mid >= ?', fromMid);
    });
  }

  journalAfter(mid: number): readonly Entry[] {
    return this.#db.all<EntryRow>(FROM_JOURNAL, mid, MOST_ENTRIES).map((row) => rowToEntry(row));
  }

  /** The highest number that waits or is set before a person; 0 of none. */
  highestWaiting(): number {
    return Math.max(
      this.#db.pluck<number>('SELECT max(mid) FROM outbox') ?? 0,
      this.#db.pluck<number>('SELECT max(mid) FROM attention') ?? 0,
    );
  }

  /** 0 of none. */
  highestJournalled(): number {
    return this.#db.pluck<number>('SELECT max(mid) FROM journal') ?? 0;
  }

  /** Actions that can be taken back, latest first; `highest`: the highest number there is. */
  undoable(limit: number, highest: number): readonly Entry[] {
    return this.#db.all<EntryRow>(UNDOABLE, highest - UNDO_REACH, limit).map((row) => rowToEntry(row));
  }

  /** Mutations that took one back, or did it again by taking that back. */
  undoings(highest: number): readonly Entry[] {
    return this.#db.all<EntryRow>(UNDOINGS, highest - UNDO_REACH, UNDO_REACH).map((row) => rowToEntry(row));
  }
}
