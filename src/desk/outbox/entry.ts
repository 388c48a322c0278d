import { asId, type ConversationId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { InverseCall } from '../../mutations/mutation.ts';
import type { SqlValue } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';

/** The wire name of a recalled or emptied mutation: it does nothing and keeps `mid` gapless (Y12). */
export const NOOP = 'noop';

/** One named mutation of this desk (Y1). */
export interface Entry {
  readonly mid: number;
  readonly name: string;
  readonly args: unknown;
  readonly madeAt: EpochMillis;
  readonly conversationId: ConversationId | null;
  /** Takes it back, as captured when it was made (Y16); of an undo, does the action again. Null where there is no way. */
  readonly inverse: InverseCall | null;
  /** The mutation that this one takes back. */
  readonly undoes: number | null;
}

/** An entry that the replica's base does not hold yet. */
export interface OutboxEntry extends Entry {
  /** It has been part of a push: too late to recall (Y12). */
  readonly attempted: boolean;
  readonly outcome: 'applied' | 'refused' | null;
}

/** The columns that outbox and journal share, in order. */
export const ENTRY_COLUMNS =
  'mid, name, args, made_at, conversation_id, inverse_name, inverse_args, undoes, sum';

export interface EntryRow {
  readonly mid: number;
  readonly name: string;
  readonly args: string;
  readonly made_at: number;
  readonly conversation_id: string | null;
  readonly inverse_name: string | null;
  readonly inverse_args: string | null;
  readonly undoes: number | null;
  readonly sum: number;
}

export interface OutboxRow extends EntryRow {
  readonly attempted: number;
  readonly outcome: string | null;
}

/** An entry as it is bound: its columns and their checksum. */
export function entryValues(entry: Entry): SqlValue[] {
  const values: SqlValue[] = [
    entry.mid,
    entry.name,
    JSON.stringify(entry.args),
    entry.madeAt,
    entry.conversationId,
    entry.inverse?.name ?? null,
    entry.inverse === null ? null : JSON.stringify(entry.inverse.args),
    entry.undoes,
  ];
  values.push(checksum(values));
  return values;
}

/** Whether a stored record is what was written. */
export function isSound(row: EntryRow): boolean {
  const { mid, name, args, made_at, conversation_id, inverse_name, inverse_args, undoes } = row;
  return (
    row.sum === checksum([mid, name, args, made_at, conversation_id, inverse_name, inverse_args, undoes])
  );
}

/** A sound row as an entry (`sound`: where it was looked at already); a damaged one as a noop that keeps its number (Y4: nothing jams the queue). */
export function rowToEntry(row: EntryRow, sound = isSound(row)): Entry {
  if (!sound) return emptied({ mid: row.mid, madeAt: epochMillis(Number(row.made_at) || 0) });
  return {
    mid: row.mid,
    name: row.name,
    args: JSON.parse(row.args),
    madeAt: epochMillis(row.made_at),
    conversationId: row.conversation_id === null ? null : asId<'ConversationId'>(row.conversation_id),
    inverse:
      row.inverse_name === null || row.inverse_args === null
        ? null
        : { name: row.inverse_name, args: JSON.parse(row.inverse_args) },
    undoes: row.undoes,
  };
}

/** The entry without its payload. */
export function emptied(entry: { readonly mid: number; readonly madeAt: EpochMillis }): Entry {
  return {
    mid: entry.mid,
    name: NOOP,
    args: {},
    madeAt: entry.madeAt,
    conversationId: null,
    inverse: null,
    undoes: null,
  };
}

export function rowToOutboxEntry(row: OutboxRow, sound = isSound(row)): OutboxEntry {
  const { outcome } = row;
  return {
    ...rowToEntry(row, sound),
    attempted: row.attempted === 1,
    outcome: outcome === 'applied' || outcome === 'refused' ? outcome : null,
  };
}
