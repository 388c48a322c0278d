import type { ReadableDb } from '../../sqlite/database.ts';
import { indexText } from '../search/tokens.ts';
import { DamagedReplica } from './damage.ts';
import type { Walk, WalkSlice } from './walk.ts';

/** Messages asked for in one slice: some 2 ms. */
export const TEXT_MESSAGES = 8;
/** Words in a row that a message is asked for by in one walk. */
export const STRETCH = 4;

/** Reported where the search does not find messages by words that they hold. */
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

interface Indexed {
  readonly n: number;
  readonly id: string;
  readonly text: string;
  readonly place: number | null;
}

const RANGE = 'SELECT low, high FROM search_state WHERE id = 1';
const MESSAGES_AFTER = `SELECT m.n AS n, m.id AS id, m.text AS text, p.place AS place
  FROM message m LEFT JOIN search_place p ON p.message = m.n
  WHERE m.n > ? AND m.n <= ? AND NOT EXISTS (SELECT 1 FROM search_dirty d WHERE d.message = m.n) ORDER BY m.n LIMIT ?`;
// The driver binds a number of this size as a real one, which the full text takes for no condition at all.
const HOLDS = 'SELECT 1 FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)';

/**
 * Walks through the messages that the full text holds, `limit` a slice, and asks it for each by a few words of its own, one
 * after another; `turn` says which, so that as many turns as a message has stretches ask for all of it. Whatever flips in the
 * index changes what some message is found by: there it is missed.
 */
export function textWalk(db: ReadableDb, turn: number, limit: number = TEXT_MESSAGES): Walk {
  let after = 0;
  return {
    next: (): WalkSlice => {
      const range = db.get<{ readonly low: number; readonly high: number }>(RANGE);
      if (range === undefined) return { looked: 0, damage: null, isEnd: true };
      const start = Math.max(after, range.low - 1);
      const messages = db.all<Indexed>(MESSAGES_AFTER, start, range.high, limit);
      const missed = messages.filter((message) => !isFound(db, message, turn)).map(({ id }) => id);
      after = messages.at(-1)?.n ?? after;
      const damage = missed.length === 0 ? null : new DamagedText(missed);
      return { looked: messages.length, damage, isEnd: messages.length < limit };
    },
  };
}

function isFound(db: ReadableDb, { n, text, place }: Indexed, turn: number): boolean {
  if (place === null) return false;
  const phrase = stretchOf(indexText(text), n + turn);
  return phrase === '' || db.preparePluck<number>(HOLDS).get(`"${phrase}"`, place) !== undefined;
}

/** One stretch of a text's words; those of all turns together are the whole text. */
function stretchOf(indexed: string, turn: number): string {
  const words = indexed.split(' ');
  const stretches = Math.ceil(words.length / STRETCH);
  const from = (turn % stretches) * STRETCH;
  return words.slice(from, from + STRETCH).join(' ');
}
