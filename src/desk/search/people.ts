import type { ConversationId, MessageId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { SearchHit } from '../../protocol/rpc/status.ts';
import type { ReadableDb } from '../../sqlite/database.ts';

/** Customers shown above the messages of a first page. */
export const MOST_PEOPLE = 5;
const SHORTEST_NAME = 2;
/** Greater than any text that begins the same. */
const AFTER_ALL = '\u{10ffff}';

interface PersonRecord {
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  readonly at: EpochMillis;
  readonly text: string;
  readonly authorKind: string;
  readonly customerName: string;
}

/** Names that begin so, along their index, each with the latest conversation that has a public message. */
export const PEOPLE_SQL = `
  SELECT c.id AS conversationId, c.last_public_id AS messageId, c.last_public_at AS at,
    ifnull(c.last_message_preview, '') AS text, c.last_public_kind AS authorKind, cu.name AS customerName
  FROM customer cu INDEXED BY customer_name CROSS JOIN conversation c ON c.n = (
    SELECT l.n FROM conversation l WHERE l.customer_id = cu.id AND l.last_public_id IS NOT NULL
    ORDER BY l.started_at DESC, l.id DESC LIMIT ?)
  WHERE cu.name COLLATE NOCASE >= ? AND cu.name COLLATE NOCASE < ? ORDER BY cu.name COLLATE NOCASE, cu.n LIMIT ?`;

/** Customers whose name begins with `text` (ASCII letters whatever their case), as hits without marks. */
export function findPeople(db: ReadableDb, text: string, limit: number): readonly SearchHit[] {
  const name = text.trim();
  if ([...name].length < SHORTEST_NAME) return [];
  const most = Math.min(limit, MOST_PEOPLE);
  const records = db.all<PersonRecord>(PEOPLE_SQL, 1, name, name + AFTER_ALL, most);
  return records.map((record) => ({ ...record, ranges: [] }));
}
