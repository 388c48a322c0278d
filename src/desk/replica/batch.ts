import { must } from '../../base/must.ts';
import type { TableRows } from '../../protocol/sync.ts';
import {
  REPLICATED_TABLES,
  type ReplicatedTable,
  rowToWire,
  TABLES,
  type WireValue,
} from '../../protocol/tables.ts';
import type { WritableDb } from '../../sqlite/database.ts';
import type { BaseRow, BaseRows } from './base-rows.ts';
import { loadReads, overlayOf } from './load-rows.ts';
import { type DeskFrame, type PendingCall, rebase } from './rebase.ts';
import { overwriter, putAll, putter } from './put-rows.ts';
import { deleter, storedRow, wireRow } from './row-sql.ts';
import { type FinalRow, rowKey, rowKeyIn, rowSpace } from './row-space.ts';
import {
  affectedScopes,
  isMessageScope,
  messageScope,
  type Scope,
  scopeOfKey,
  scopeOfRow,
  SHARED_TABLES,
} from './scopes.ts';
import { type Written, WrittenRows } from './written.ts';

/** A pull's or a page's rows, and the pending mutations as they stand after it. */
export interface Batch {
  readonly tables: readonly TableRows[];
  /** Scopes that lost a pending mutation (confirmed, refused or recalled), or gained one: to be rebased as well. */
  readonly scopes: Iterable<Scope> | 'all';
  /** Those that are left, in `mid` order. */
  readonly pending: readonly PendingCall[];
  /** `isShared`: the batch wrote agents or settings, which a frame is made of. */
  readonly frame: (isShared: boolean) => DeskFrame;
}

/** What a batch is applied to: the replica's rows and their base copies. */
export interface Bases {
  readonly db: WritableDb;
  readonly base: BaseRows;
}

/** Base copies by `rowKey` while a batch is applied: another object than before where the batch brought other values. */
type Copies = Map<string, BaseRow>;

/**
 * Applies a batch within the caller's transaction (Y7): base rows take the new values, what pending mutations had changed
 * in the touched scopes is built again on top of them, and base copies stay only for rows that they still change. What was
 * written is added to `written`.
 */
export function applyBatch(bases: Bases, batch: Batch, written = new WrittenRows()): Written {
  const { db, base } = bases;
  const affected = scopesToRebase(bases, batch);
  const isUntouched = affected !== 'all' && affected.size === 0;
  const copies: Copies = isUntouched ? new Map() : base.of(affected);
  for (const rows of batch.tables) writeTable(db, rows, copies, written);
  if (isUntouched) return written;
  const calls =
    affected === 'all'
      ? batch.pending
      : batch.pending.filter((call) => call.scopes.some((scope) => affected.has(scope)));
  const finals = rebuilt(db, batch, calls, copies, written);
  for (const [at, copy] of copies) {
    if (finals.has(at)) continue;
    restore(db, copy);
    base.delete(at);
    if (copy.values === null) written.gone(copy.table, copy.key, copy.scope);
    else written.put(copy.table, copy.values);
  }
  for (const [at, final] of finals) {
    const copy = copies.get(at);
    if (copy !== undefined && copy !== base.get(at)) base.put(at, copy);
    writeFinal(bases, at, final, copy, written);
  }
  return written;
}

/** Writes rows that a mutation made on the view, keeping what the base holds there; within the caller's transaction. */
export function applyFinals(bases: Bases, finals: ReadonlyMap<string, FinalRow>): Written {
  const written = new WrittenRows();
  for (const [at, final] of finals) writeFinal(bases, at, final, bases.base.get(at), written);
  return written;
}

function scopesToRebase({ db, base }: Bases, batch: Batch): ReadonlySet<Scope> | 'all' {
  if (batch.scopes === 'all') return 'all';
  const changed = new Set<Scope>(batch.scopes);
  if (batch.pending.length === 0 && changed.size === 0) return changed;
  const pendingScopes = new Set(changed);
  for (const { scopes } of batch.pending) for (const scope of scopes) pendingScopes.add(scope);
  const namesMessages = hasMessageScope(pendingScopes);
  const touch = (scope: Scope | null): void => {
    if (scope !== null && pendingScopes.has(scope)) changed.add(scope);
  };
  for (const { table, puts, deletes } of batch.tables) {
    if (SHARED_TABLES.includes(table) && puts.length + deletes.length > 0) return 'all';
    for (const values of puts) {
      touch(scopeOfRow(table, values));
      if (table === 'message' && namesMessages) touch(messageScope(String(values[0])));
    }
    for (const key of deletes) {
      const copy = base.get(rowKey(table, key));
      touch(scopeOfKey(table, key) ?? copy?.scope ?? scopeOfStored(db, table, key));
      if (table === 'message') touch(messageScope(String(key[0])));
    }
  }
  return affectedScopes(batch.pending, changed);
}

function hasMessageScope(scopes: ReadonlySet<Scope>): boolean {
  for (const scope of scopes) if (isMessageScope(scope)) return true;
  return false;
}

function scopeOfStored(db: WritableDb, table: ReplicatedTable, key: readonly WireValue[]): Scope | null {
  const values = wireRow(db, table, key);
  return values === null ? null : scopeOfRow(table, values);
}

/** New base rows: into the copy where one is kept, else straight into the table. */
function writeTable(db: WritableDb, rows: TableRows, copies: Copies, written: WrittenRows): void {
  const { table, puts, sums, deletes } = rows;
  written.putAll(table, puts);
  if (hasCopies(copies, table)) putBesideCopies(db, rows, copies);
  else putAll(db, table, puts, sums);
  if (deletes.length === 0) return;
  const remove = deleter(db, table);
  for (const key of deletes) {
    const at = rowKey(table, key);
    const copy = copies.get(at);
    written.gone(table, key, copy?.scope ?? scopeOfKey(table, key) ?? scopeOfStored(db, table, key));
    if (copy === undefined) remove(key);
    else copies.set(at, { ...copy, values: null, sum: null });
  }
}

function hasCopies(copies: ReadonlyMap<string, BaseRow>, table: ReplicatedTable): boolean {
  for (const copy of copies.values()) if (copy.table === table) return true;
  return false;
}

function putBesideCopies(db: WritableDb, { table, puts, sums }: TableRows, copies: Copies): void {
  const keyAt = must(KEY_COLUMNS.get(table), table);
  const put = putter(db, table);
  for (const [index, values] of puts.entries()) {
    const sum = sums?.[index] ?? null;
    const at = rowKeyIn(table, values, keyAt);
    const copy = copies.get(at);
    if (copy === undefined) put(values, sum);
    else copies.set(at, { ...copy, values, sum });
  }
}

const NO_FINALS: ReadonlyMap<string, FinalRow> = new Map();

/** The rows that the pending mutations of the touched scopes make of the new base. */
function rebuilt(
  db: WritableDb,
  batch: Batch,
  calls: readonly PendingCall[],
  copies: ReadonlyMap<string, BaseRow>,
  written: WrittenRows,
): ReadonlyMap<string, FinalRow> {
  if (calls.length === 0) return NO_FINALS;
  const space = rowSpace();
  loadReads(
    db,
    space,
    calls.map((call) => call.reads),
    overlayOf(copies),
  );
  written.refused = rebase(space, calls, batch.frame(written.shared));
  return space.finals();
}

function writeFinal(
  { db, base }: Bases,
  at: string,
  { table, key, row }: FinalRow,
  copy: BaseRow | undefined,
  written: WrittenRows,
): void {
  const values = row === null ? null : wireOf(table, row);
  const stored = storedRow(db, table, key);
  const before = stored?.values ?? null;
  const scope = values !== null ? scopeOfRow(table, values) : scopeOfGone(table, key, before, copy);
  if (copy === undefined)
    base.put(at, { table, key, scope: scope ?? '', values: before, sum: stored?.sum ?? null });
  // Most rows that are built again come out as they were: a message, a tag. Reading one costs a third of writing it.
  if (areEqual(before, values)) return;
  if (values === null) deleter(db, table)(key);
  else if (before === null) putter(db, table)(values, null);
  else overwriter(db, table)(values, null);
  if (values === null) written.gone(table, key, scope);
  else written.put(table, values);
}

function areEqual(left: readonly WireValue[] | null, right: readonly WireValue[] | null): boolean {
  if (left === null || right === null) return left === right;
  return left.every((value, index) => value === right[index]);
}

function scopeOfGone(
  table: ReplicatedTable,
  key: readonly WireValue[],
  before: readonly WireValue[] | null,
  copy: BaseRow | undefined,
): Scope | null {
  if (copy !== undefined) return copy.scope;
  return before === null ? scopeOfKey(table, key) : scopeOfRow(table, before);
}

/** The view's row becomes the base's. It is there, but where pending work had taken it away. */
function restore(db: WritableDb, { table, key, values, sum = null }: BaseRow): void {
  if (values === null) deleter(db, table)(key);
  else if (!overwriter(db, table)(values, sum)) putter(db, table)(values, sum);
}

/** `FinalRow` ties the table to its row; the pair travels apart here, so the tie is renewed. */
function wireOf(table: ReplicatedTable, row: NonNullable<FinalRow['row']>): readonly WireValue[] {
  return rowToWire(table, row as never);
}

/** Where each table's rows hold their key. */
const KEY_COLUMNS: ReadonlyMap<ReplicatedTable, readonly number[]> = new Map(
  REPLICATED_TABLES.map((table) => {
    const spec: { readonly key: readonly string[]; readonly columns: readonly string[] } = TABLES[table];
    return [table, spec.key.map((column) => spec.columns.indexOf(column))];
  }),
);
