import type { ConversationId, MessageId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { SearchHit, SearchResult } from '../../protocol/rpc/status.ts';
import type { Database, ReadableDb, SqlParams } from '../../sqlite/database.ts';
import { createIndexer } from './indexer.ts';
import { createFinder, snippetOf } from './marks.ts';
import { findPeople } from './people.ts';
import { matchExpression, parseTerms } from './terms.ts';

/** Search over messages, and the index behind it. */
export interface Search {
  /**
   * Messages that hold all that `text` asks for, the newest first; `after` is the `next` of the page before. A first page
   * begins with up to `MOST_PEOPLE` customers whose name begins so.
   */
  find(text: string, after: string | null, limit: number): SearchResult;
  /** One slice of indexing; false when the index is whole. */
  step(): boolean;
  /** How far indexing is; null when the index is whole. */
  progress(): { readonly done: number; readonly total: number } | null;
}

interface HitRecord {
  readonly place: number;
  readonly messageId: MessageId;
  readonly conversationId: ConversationId;
  readonly at: EpochMillis;
  readonly text: string;
  readonly authorKind: string;
  readonly customerName: string | null;
}

/**
 * One page of hits: bound to the expression, the place it begins before, and its LIMIT. The driver binds a number of that
 * size as a real one, which the full text takes for no condition: it would walk from the newest hit to every page.
 */
export const HITS_SQL = `
  SELECT f.rowid AS place, m.id AS messageId, m.conversation_id AS conversationId, m.at AS at, m.text AS text,
    m.author_kind AS authorKind, cu.name AS customerName
  FROM message_fts f CROSS JOIN search_place p ON p.place = f.rowid CROSS JOIN message m ON m.n = p.message
  CROSS JOIN conversation c ON c.id = m.conversation_id LEFT JOIN customer cu ON cu.id = c.customer_id
  WHERE message_fts MATCH ? AND f.rowid < CAST(? AS INTEGER) ORDER BY f.rowid DESC LIMIT ?`;

/** Slices that a search runs before it looks, so that what was just written is found. */
const CATCH_UP_SLICES = 4;

/** Opens the search of a replica; `slice` messages are indexed at a time. */
export function createSearch(db: Database, slice?: number): Search {
  const indexer = createIndexer(db, slice);
  return {
    find: (text, after, limit) => {
      for (let slice = 0; slice < CATCH_UP_SLICES && indexer.catchUp(); slice += 1);
      const people = after === null ? findPeople(db, text, limit) : [];
      const messages = findMessages(db, text, after, limit, indexer.scope());
      return people.length === 0 ? messages : { ...messages, hits: [...people, ...messages.hits] };
    },
    step: () => indexer.step(),
    progress: () => {
      const { indexed, total } = indexer.scope();
      return indexed >= total ? null : { done: indexed, total };
    },
  };
}

/** Hits of one page with their marks. `scope` is passed on: what was searched. */
export function findMessages(
  db: ReadableDb,
  text: string,
  after: string | null,
  limit: number,
  scope: SearchResult['scope'],
): SearchResult {
  const terms = parseTerms(text);
  const expression = matchExpression(terms);
  const before = after === null ? Number.MAX_SAFE_INTEGER : Number(after);
  if (expression === null || !Number.isSafeInteger(before)) return { hits: [], next: null, scope };
  const params: SqlParams = [expression, before, limit + 1];
  const records = db.all<HitRecord>(HITS_SQL, ...params);
  const page = records.slice(0, limit);
  const last = page.at(-1);
  const finder = createFinder(terms);
  return {
    hits: page.map((record): SearchHit => {
      const snippet = snippetOf(record.text, finder);
      return {
        conversationId: record.conversationId,
        messageId: record.messageId,
        at: record.at,
        text: snippet.text,
        ranges: snippet.ranges,
        customerName: record.customerName,
        authorKind: record.authorKind,
      };
    }),
    next: records.length > limit && last !== undefined ? String(last.place) : null,
    scope,
  };
}
