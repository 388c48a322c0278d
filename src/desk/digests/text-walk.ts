import type { ReadableDb } from '../../sqlite/database.ts';
import { indexText } from '../search/tokens.ts';
import { DamagedReplica } from './damage.ts';
import type { Walk, WalkSlice } from './walk.ts';

/** How much of a walk is done at a time. */
export interface TextSlices {
  /** Messages whose words are looked for together. */
  readonly batch: number;
  /** Of these, read in one slice: some 1.5 ms. */
  readonly messages: number;
  /** Words looked for in one slice: some 1.5 ms. */
  readonly words: number;
  /** Numbers of messages looked through for one that has no place, in one slice: some 1 ms. */
  readonly numbers: number;
}
export const TEXT_SLICES: TextSlices = { batch: 1_000, messages: 100, words: 30, numbers: 2_000 };

/** Reported where the search does not find messages by words that they hold, or by words that they do not. */
export class DamagedText extends DamagedReplica {
  /** Ids of the messages. */
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(
      'damaged full text',
      messages.map((id) => `search ${JSON.stringify(id)}`),
    );
    this.messages = messages;
  }
}

interface Placed {
  readonly place: number;
  /** Of the message that lies there; null: none does. */
  readonly id: string | null;
  readonly text: string | null;
  /** It was rewritten or deleted, and waits to be indexed again. */
  readonly isDirty: 0 | 1;
}

/** Messages that lie one after another in time, with the words that they hold. */
interface Batch {
  count: number;
  isRead: boolean;
  first: number;
  last: number;
  /** The places of each word, in order; what was looked for is taken out. */
  readonly words: Map<string, number[]>;
}

const RANGE = 'SELECT low, high FROM search_state WHERE id = 1';
const WITHOUT_PLACE = `SELECT m.id FROM message m WHERE m.n > ? AND m.n <= ?
  AND NOT EXISTS (SELECT 1 FROM search_place p WHERE p.message = m.n)
  AND NOT EXISTS (SELECT 1 FROM search_dirty d WHERE d.message = m.n) LIMIT ?`;
const PLACED = `SELECT p.place AS place, m.id AS id, m.text AS text,
    EXISTS (SELECT 1 FROM search_dirty d WHERE d.message = p.message) AS isDirty
  FROM search_place p LEFT JOIN message m ON m.n = p.message`;
const PLACED_AFTER = `${PLACED} WHERE p.place > ? ORDER BY p.place LIMIT ?`;
const PLACED_AT = `${PLACED} WHERE p.place = ?`;
// The driver binds a number of this size as a real one, which the full text takes for no condition at all.
const FOUND = `SELECT rowid FROM message_fts
  WHERE message_fts MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`;

/**
 * Walks through the full text: each message that it should hold has a place in it, and each word is found in the messages
 * that hold it, no more and no less. Messages go in batches, since to ask for a word costs far more than to hear of another
 * message that has it. What changed while a batch was looked at is looked at again before it counts.
 */
export function textWalk(db: ReadableDb, slices: TextSlices = TEXT_SLICES): Walk {
  let number: number | null = 0;
  let batch = emptyBatch(-1);
  return {
    next: (): WalkSlice => {
      const range = db.get<{ readonly low: number; readonly high: number }>(RANGE);
      if (range === undefined) return sliceOf(0, [], true);
      if (number !== null) {
        const from = Math.max(number, range.low - 1);
        const to = Math.min(from + slices.numbers, range.high);
        const missed = db.preparePluck<string>(WITHOUT_PLACE).all(from, to, slices.numbers);
        number = to < range.high ? to : null;
        return sliceOf(0, missed, false);
      }
      if (!batch.isRead) return readOn(db, batch, slices);
      const missed = lookFor(db, batch, slices.words);
      const isDone = batch.words.size === 0;
      const isEnd = isDone && batch.count < slices.batch;
      if (isDone) batch = emptyBatch(batch.last);
      return sliceOf(0, missed, isEnd);
    },
  };
}

function emptyBatch(after: number): Batch {
  return { count: 0, isRead: false, first: after + 1, last: after, words: new Map() };
}

function sliceOf(looked: number, missed: readonly string[], isEnd: boolean): WalkSlice {
  return { looked, damage: missed.length === 0 ? null : new DamagedText(missed), isEnd };
}

/** Reads on in a batch; a place where no message lies is damage. */
function readOn(db: ReadableDb, batch: Batch, { batch: most, messages }: TextSlices): WalkSlice {
  const limit = Math.min(messages, most - batch.count);
  const rows = db.all<Placed>(PLACED_AFTER, batch.last, limit);
  const lost: string[] = [];
  for (const { place, id, text, isDirty } of rows) {
    batch.last = place;
    if (isDirty === 1) continue;
    if (id === null || text === null) lost.push(`place ${place}`);
    else for (const word of wordsOf(text)) placesOf(batch.words, word).push(place);
  }
  batch.count += rows.length;
  batch.isRead = rows.length < limit || batch.count === most;
  return sliceOf(rows.length, lost, false);
}

function placesOf(words: Map<string, number[]>, word: string): number[] {
  const known = words.get(word);
  if (known !== undefined) return known;
  const places: number[] = [];
  words.set(word, places);
  return places;
}

/** Looks for the next words of a batch; the messages that the full text does not tell rightly. */
function lookFor(db: ReadableDb, { words, first, last }: Batch, count: number): readonly string[] {
  const missed = new Set<string>();
  for (const [word, places] of words.entries().take(count)) {
    const found = new Set(db.preparePluck<number>(FOUND).all(`"${word}"`, first, last));
    const differing = new Set(places).symmetricDifference(found);
    for (const place of differing) {
      const id = wrongAt(db, word, place);
      if (id !== null) missed.add(id);
    }
    words.delete(word);
  }
  return [...missed];
}

/** The message at a place, if the full text is wrong about whether it holds a word; null: it is right, or behind. */
function wrongAt(db: ReadableDb, word: string, place: number): string | null {
  const row = db.get<Placed>(PLACED_AT, place);
  if (row?.isDirty === 1) return null;
  const isFound = db.preparePluck<number>(FOUND).get(`"${word}"`, place, place) !== undefined;
  const isThere = row?.text !== undefined && row.text !== null && wordsOf(row.text).has(word);
  return isFound === isThere ? null : (row?.id ?? `place ${place}`);
}

function wordsOf(text: string): ReadonlySet<string> {
  const indexed = indexText(text);
  return indexed === '' ? new Set() : new Set(indexed.split(' '));
}
