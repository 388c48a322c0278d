import type { ConversationId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { Draft } from '../../protocol/rpc/thread.ts';
import type { Database } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';

export type DraftKind = Draft['kind'];

interface DraftRow {
  readonly conversation_id: string;
  readonly kind: string;
  readonly text: string;
  readonly updated_at: number;
  readonly sum: number;
}

const COLUMNS = 'conversation_id, kind, text, updated_at, sum';
const MOST_DRAFTS = 100_000;
const SELECT = `SELECT ${COLUMNS} FROM draft ORDER BY conversation_id, kind LIMIT ?`;
const PUT = `INSERT INTO draft (${COLUMNS}) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (conversation_id, kind) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at, sum = excluded.sum`;

/** Texts not sent yet, at most one reply and one note a conversation. Every put is durable before it returns. */
export interface DraftTable {
  of(conversationId: ConversationId): readonly Draft[];
  has(conversationId: ConversationId): boolean;
  /** Drafts whose record was not what had been written, as of the opening; they are shown as far as they can be read. */
  readonly damaged: readonly { readonly conversationId: string; readonly kind: DraftKind }[];
  /** An empty text removes the draft. */
  put(conversationId: ConversationId, kind: DraftKind, text: string, now: EpochMillis): void;
}

/** Opens the drafts of a migrated outbox file; kept in memory as well, since every list row asks `has`. */
export function draftTable(db: Database): DraftTable {
  const kept = new Map<string, readonly Draft[]>();
  const damaged: { readonly conversationId: string; readonly kind: DraftKind }[] = [];
  for (const row of db.all<DraftRow>(SELECT, MOST_DRAFTS)) {
    // A damaged draft is still the agent's words: it is shown as far as it can be read.
    keep(kept, row.conversation_id, draftOf(row));
    const { conversation_id: conversationId, kind, text, updated_at: updatedAt, sum } = row;
    if (sum !== checksum([conversationId, kind, text, updatedAt]))
      damaged.push({ conversationId, kind: draftOf(row).kind });
  }
  return {
    damaged,
    of: (id) => kept.get(id) ?? [],
    has: (id) => kept.has(id),
    put: (id, kind, written, now) => {
      // Half of a surrogate pair would come back as another character, and its checksum would not hold.
      const text = written.toWellFormed();
      if (text === '') {
        if (kept.get(id)?.some((draft) => draft.kind === kind) !== true) return;
        db.run('DELETE FROM draft WHERE conversation_id = ? AND kind = ?', id, kind);
        keep(kept, id, { kind, text, updatedAt: now });
        return;
      }
      const values = [id, kind, text, now] as const;
      db.run(PUT, ...values, checksum(values));
      keep(kept, id, { kind, text, updatedAt: now });
    },
  };
}

function draftOf(row: DraftRow): Draft {
  return {
    kind: row.kind === 'note' ? 'note' : 'reply',
    text: row.text,
    updatedAt: epochMillis(row.updated_at),
  };
}

function keep(kept: Map<string, readonly Draft[]>, id: string, draft: Draft): void {
  const others = (kept.get(id) ?? []).filter((other) => other.kind !== draft.kind);
  const all = draft.text === '' ? others : [...others, draft].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  if (all.length === 0) kept.delete(id);
  else kept.set(id, all);
}
