import { asId, type ConversationId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import { REFUSAL_CODES, type Refusal, type RefusalCode } from '../../mutations/mutation.ts';
import type { Database, SqlValue } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';

/** What a person must look at: a reply held because someone wrote since (Y11), or a refused change (Y4), text intact. */
export interface AttentionItem {
  readonly mid: number;
  readonly kind: 'held' | 'refused';
  readonly name: string;
  readonly args: unknown;
  readonly madeAt: EpochMillis;
  readonly conversationId: ConversationId | null;
  readonly code: RefusalCode;
  readonly detail: NonNullable<Refusal['detail']> | null;
}

interface AttentionRow {
  readonly mid: number;
  readonly kind: string;
  readonly name: string;
  readonly args: string;
  readonly made_at: number;
  readonly conversation_id: string | null;
  readonly code: string;
  readonly detail: string | null;
  readonly sum: number;
}

const COLUMNS = 'mid, kind, name, args, made_at, conversation_id, code, detail, sum';
const MOST_ITEMS = 100_000;

// Made once: a text put together anew at each start would be looked up anew, character by character.
const SELECT = `SELECT ${COLUMNS} FROM attention ORDER BY mid LIMIT ?`;
const INSERT = `INSERT INTO attention (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mid) DO NOTHING`;

/** Rows of `attention`. */
export interface AttentionTable {
  /** Those that can be read back as they were written, in `mid` order. */
  load(): readonly AttentionItem[];
  put(item: AttentionItem): void;
  remove(mid: number): void;
}

export function attentionTable(db: Database): AttentionTable {
  return {
    load: () => db.all<AttentionRow>(SELECT, MOST_ITEMS).filter(isSound).map(rowToItem),
    put: (item) => {
      const values: SqlValue[] = [
        item.mid,
        item.kind,
        item.name,
        JSON.stringify(item.args),
        item.madeAt,
        item.conversationId,
        item.code,
        item.detail === null ? null : JSON.stringify(item.detail),
      ];
      db.run(INSERT, ...values, checksum(values));
    },
    remove: (mid) => {
      db.run('DELETE FROM attention WHERE mid = ?', mid);
    },
  };
}

function isSound(row: AttentionRow): boolean {
  const { mid, kind, name, args, made_at, conversation_id, code, detail } = row;
  return row.sum === checksum([mid, kind, name, args, made_at, conversation_id, code, detail]);
}

function rowToItem(row: AttentionRow): AttentionItem {
  return {
    mid: row.mid,
    kind: row.kind === 'held' ? 'held' : 'refused',
    name: row.name,
    args: JSON.parse(row.args),
    madeAt: epochMillis(row.made_at),
    conversationId: row.conversation_id === null ? null : asId<'ConversationId'>(row.conversation_id),
    code: REFUSAL_CODES.find((code) => code === row.code) ?? 'invalidArguments',
    // The record's checksum vouches for its form.
    detail: row.detail === null ? null : (JSON.parse(row.detail) as AttentionItem['detail']),
  };
}
