import { asId, type ConversationId } from '../../base/ids.ts';
import { DAY, type EpochMillis } from '../../base/time.ts';
import type { Merged } from '../../protocol/sync.ts';
import type { Database } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';

/** A list of this agent's that was merged with what others changed meanwhile (F1, S8). `mid`: the change that was. */
export interface MergeItem extends Merged {
  readonly mid: number;
  readonly conversationId: ConversationId;
}

interface MergeRow {
  readonly conversation_id: string;
  readonly field: string;
  readonly mid: number;
  readonly mine: string;
  readonly result: string;
  readonly agent_ids: string;
  readonly at: number;
  readonly sum: number;
}

/** News, not work: more of it, or older, is nobody's to read any more. */
const MOST_MERGES = 50;
const MERGE_AGE = 7 * DAY;

const COLUMNS = 'conversation_id, field, mid, mine, result, agent_ids, at, sum';
const SELECT = `SELECT ${COLUMNS} FROM merge ORDER BY mid DESC, field LIMIT ?`;
const TRIM = `DELETE FROM merge WHERE at < ?
  OR mid <= (SELECT mid FROM merge ORDER BY mid DESC LIMIT ? OFFSET ?)`;
const PUT = `INSERT OR REPLACE INTO merge (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Rows of `merge`. What it is told is durable when it returns, unless the caller holds a transaction. */
export interface MergeTable {
  /** The latest first; those whose record is not what was written are left out. */
  load(): readonly MergeItem[];
  /** One line a list of a conversation: a later one takes the place of the one before. */
  put(item: MergeItem): void;
  /** Forgets what somebody has read. */
  remove(mid: number): void;
  /** Forgets what is old, by when the others' change was made, and the oldest of too many. */
  trim(now: EpochMillis): void;
}

/** Opens the table in a migrated outbox file. */
export function mergeTable(db: Database): MergeTable {
  return {
    load: () => db.all<MergeRow>(SELECT, MOST_MERGES).filter(isSound).map(rowToMerge),
    put: (item) => {
      const { conversationId, field, mid, mine, result, agentIds, at } = item;
      const lists = [mine, result, agentIds].map((list) => JSON.stringify(list));
      const values = [conversationId, field, mid, ...lists, at];
      db.run(PUT, ...values, checksum(values));
    },
    remove: (mid) => {
      db.run('DELETE FROM merge WHERE mid = ?', mid);
    },
    trim: (now) => {
      db.run(TRIM, now - MERGE_AGE, 1, MOST_MERGES);
    },
  };
}

function isSound({ sum, conversation_id, field, mid, mine, result, agent_ids, at }: MergeRow): boolean {
  return sum === checksum([conversation_id, field, mid, mine, result, agent_ids, at]);
}

function rowToMerge(row: MergeRow): MergeItem {
  return {
    mid: row.mid,
    conversationId: asId<'ConversationId'>(row.conversation_id),
    field: row.field,
    // The record's checksum vouches for the form of its lists.
    mine: JSON.parse(row.mine) as string[],
    result: JSON.parse(row.result) as string[],
    agentIds: JSON.parse(row.agent_ids) as (string | null)[],
    at: row.at,
  };
}
