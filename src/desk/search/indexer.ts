import type { Database, WritableDb } from '../../sqlite/database.ts';
import { indexText } from './tokens.ts';

/** Messages that one slice indexes: some three milliseconds, where the index merges some ten. */
export const INDEX_SLICE = 200;
/** Places in one millisecond; a crowd of messages at one moment overflows into the next. */
const PLACES = 2_048;
/** The last millisecond whose places are exact numbers, in the year 2109. */
const LAST_MOMENT = Math.floor(Number.MAX_SAFE_INTEGER / PLACES) - 1;

interface MessageRecord {
  readonly n: number;
  readonly at: number;
  readonly text: string;
}

interface Watermark {
  readonly low: number;
  readonly high: number;
  readonly indexed: number;
}

/** Keeps the full-text index behind the messages (B12): new ones first, then the history backwards, in slices. */
export interface Indexer {
  /** Takes in what was written or deleted since, up to one slice; false when nothing is left of it. */
  catchUp(): boolean;
  /** One slice of whatever is due; false when the index is whole. */
  step(): boolean;
  /** Messages indexed, and held; equal when the index is whole. */
  scope(): { readonly indexed: number; readonly total: number };
}

/** Nothing is indexed; what is there counts as history, which is taken backwards. */
const BEGIN = `INSERT OR IGNORE INTO search_state (id, low, high, indexed)
  SELECT 1, coalesce(max(n), 0) + 1, coalesce(max(n), 0), 0 FROM message`;

/** Slices of changed messages between two looks at whether the index is worth keeping; an index smaller than these is. */
const LOOK_EVERY = 50;

/** Opens the index of `db`; a slice takes `slice` messages. */
export function createIndexer(db: Database, slice: number = INDEX_SLICE): Indexer {
  let isBegun = false;
  let dirtySlices = 0;
  // Not while opening: the first page of a list does not wait for it.
  const begin = (): void => {
    if (isBegun) return;
    isBegun = true;
    db.run(BEGIN);
  };
  const backwards = (): boolean => db.transaction(() => indexOlder(db, slice));
  const catchUp = (): boolean => {
    begin();
    // Looked at first: most of the time nothing is due, and a transaction would be in vain.
    const { high } = watermark(db);
    if (db.pluck<number>('SELECT EXISTS (SELECT 1 FROM search_dirty)') === 1) {
      const isWorn = dirtySlices % LOOK_EVERY === 0 && isMostlyDirty(db, slice * LOOK_EVERY);
      dirtySlices += 1;
      db.transaction(() => (isWorn ? forget(db) : indexDirty(db, slice)));
      return true;
    }
    dirtySlices = 0;
    if ((db.pluck<number | null>('SELECT max(n) FROM message') ?? 0) <= high) return false;
    db.transaction(() => indexNewer(db, high, slice));
    return true;
  };
  return {
    catchUp,
    step: () => catchUp() || backwards(),
    scope: () => {
      begin();
      const { low, high, indexed } = watermark(db);
      const ends = db.get<{ first: number | null; last: number | null }>(
        'SELECT (SELECT min(n) FROM message) AS first, (SELECT max(n) FROM message) AS last',
      );
      // Numbers have no gaps but where messages were deleted: an upper estimate until the index is whole.
      const older = Math.max(0, low - (ends?.first ?? low));
      const newer = Math.max(0, (ends?.last ?? high) - high);
      return { indexed, total: indexed + older + newer };
    },
  };
}

function watermark(db: Database): Watermark {
  const state = db.get<Watermark>('SELECT low, high, indexed FROM search_state WHERE id = 1');
  if (state === undefined) throw new Error('invariant broken: search_state has no row');
  return state;
}

/** Removes a message from the index; answers how many were (0 or 1). */
function unindex(db: WritableDb, n: number): number {
  const place = db.pluck<number>('SELECT place FROM search_place WHERE message = ?', n);
  if (place === undefined) return 0;
  db.run('DELETE FROM message_fts WHERE rowid = ?', place);
  db.run('DELETE FROM search_place WHERE place = ?', place);
  return 1;
}

/** Indexes messages that are not indexed, in the order of their places: the index writes ascending ones together. */
function index(db: WritableDb, records: readonly MessageRecord[]): void {
  const place = db.prepare('INSERT OR IGNORE INTO search_place (place, message) VALUES (?, ?)');
  const words = db.prepare('INSERT INTO message_fts (rowid, body) VALUES (?, ?)');
  for (const { n, at, text } of records.toSorted((a, b) => a.at - b.at || a.n - b.n)) {
    let free = Math.max(0, Math.min(at, LAST_MOMENT)) * PLACES;
    while (place.run(free, n).changes === 0) free += 1;
    words.run(free, indexText(text));
  }
}

/** Whether at least `few` messages are indexed and most of those were rewritten or deleted since: a replica filled anew. */
function isMostlyDirty(db: Database, few: number): boolean {
  const { indexed } = watermark(db);
  if (indexed < few) return false;
  const half = Math.ceil(indexed / 2);
  const sql = 'SELECT count(*) FROM (SELECT 1 FROM search_dirty LIMIT ?)';
  return (db.pluck<number>(sql, half) ?? 0) >= half;
}

/** Begins anew: taking one message out of the index costs more than putting it in (7.4 s against 3.4 for 150,000). */
function forget(db: WritableDb): void {
  db.exec(`INSERT INTO message_fts (message_fts) VALUES ('delete-all');
    DELETE FROM search_place;
    DELETE FROM search_dirty;
    DELETE FROM search_state;`);
  db.run(BEGIN);
}

function indexDirty(db: WritableDb, slice: number): void {
  const dirty = db.preparePluck<number>('SELECT message FROM search_dirty LIMIT ?').all(slice);
  const state = db.get<Watermark>('SELECT low, high, indexed FROM search_state WHERE id = 1');
  if (state === undefined) return;
  let indexed = state.indexed;
  const again: MessageRecord[] = [];
  for (const n of dirty) {
    indexed -= unindex(db, n);
    const record = db.get<MessageRecord>('SELECT n, at, text FROM message WHERE n = ?', n);
    if (record !== undefined && n >= state.low && n <= state.high) again.push(record);
    db.run('DELETE FROM search_dirty WHERE message = ?', n);
  }
  index(db, again);
  // A deleted last message's number is given out again: what comes with it must count as new.
  const last = db.pluck<number | null>('SELECT max(n) FROM message') ?? 0;
  const high = Math.min(state.high, last);
  db.run(
    'UPDATE search_state SET high = ?, low = min(low, ?), indexed = ? WHERE id = 1',
    high,
    high + 1,
    indexed + again.length,
  );
}

function indexNewer(db: WritableDb, high: number, slice: number): void {
  const sql = 'SELECT n, at, text FROM message WHERE n > ? ORDER BY n LIMIT ?';
  const records = db.all<MessageRecord>(sql, high, slice);
  let replaced = 0;
  for (const { n } of records) replaced += unindex(db, n);
  index(db, records);
  const last = records.at(-1)?.n ?? high;
  db.run(
    'UPDATE search_state SET high = ?, indexed = indexed + ? WHERE id = 1',
    last,
    records.length - replaced,
  );
}

function indexOlder(db: WritableDb, slice: number): boolean {
  const low = db.pluck<number>('SELECT low FROM search_state WHERE id = 1') ?? 1;
  const sql = 'SELECT n, at, text FROM message WHERE n < ? ORDER BY n DESC LIMIT ?';
  const records = db.all<MessageRecord>(sql, low, slice);
  const first = records.at(-1);
  if (first === undefined) return false;
  index(db, records);
  db.run('UPDATE search_state SET low = ?, indexed = indexed + ? WHERE id = 1', first.n, records.length);
  return true;
}
