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
import { type BaseRow, deleteBaseRow, putBaseRow, readBaseRows, scopeOfBaseRow } from './base-rows.ts';
import { loadReads, overlayOf } from './load-rows.ts';
import { type DeskFrame, type PendingCall, rebase } from './rebase.ts';
import { overwriter, putAll, putter } from './put-rows.ts';
import { deleter, storedRow, wireRow } from './row-sql.ts';
import { type FinalRow, rowKey, rowSpace } from './row-space.ts';
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
  readonly frame: () => DeskFrame;
}

/** A base copy while a batch is applied; `isNew`: the batch brought other values than are stored. */
interface Copy extends BaseRow {
  readonly isNew?: boolean;
}

/**
 * Applies a batch within the caller's transaction (Y7): base rows take the new values, what pending mutations had changed
 * in the touched scopes is built again on top of them, and base copies stay only for rows that they still change. What was
 * written is added to `written`.
 */
export function applyBatch(db: WritableDb, batch: Batch, written = new WrittenRows()): Written {
  const affected = scopesToRebase(db, batch);
  const isUntouched = affected !== 'all' && affected.size === 0;
  const copies: Map<string, Copy> = isUntouched ? new Map<string, Copy>() : readBaseRows(db, affected);
  for (const rows of batch.tables) writeTable(db, rows, copies, written);
  const calls =
    affected === 'all'
      ? batch.pending
      : batch.pending.filter((call) => call.scopes.some((scope) => affected.has(scope)));
  const finals = rebuilt(db, batch, calls, copies, written);
  for (const [at, copy] of copies) {
    if (finals.has(at)) continue;
    writeView(db, copy.table, copy.key, copy.values, copy.sum ?? null);
    deleteBaseRow(db, copy.table, copy.key);
    if (copy.values === null) written.gone(copy.table, copy.key, copy.scope);
    else written.put(copy.table, copy.values);
  }
  for (const [at, final] of finals) writeFinal(db, final, copies.get(at), written);
  for (const copy of copies.values()) {
    if (copy.isNew === true && finals.has(rowKey(copy.table, copy.key))) putBaseRow(db, copy);
  }
  return written;
}

/** Writes rows that a mutation made on the view, keeping what the base holds there; within the caller's transaction. */
export function applyFinals(db: WritableDb, finals: Iterable<FinalRow>): Written {
  const written = new WrittenRows();
  for (const final of finals) {
    const kept = scopeOfBaseRow(db, final.table, final.key) !== null;
    writeFinal(db, final, kept ? 'kept' : undefined, written);
  }
  return written;
}

function scopesToRebase(db: WritableDb, batch: Batch): ReadonlySet<Scope> | 'all' {
  if (batch.scopes === 'all') return 'all';
  const changed = new Set<Scope>(batch.scopes);
  if (batch.pending.length === 0 && changed.size === 0) return changed;
  const pendingScopes = new Set(batch.pending.flatMap((call) => call.scopes));
  for (const scope of changed) pendingScopes.add(scope);
  const namesMessages = [...pendingScopes].some(isMessageScope);
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
      touch(scopeOfKey(table, key) ?? scopeOfBaseRow(db, table, key) ?? scopeOfStored(db, table, key));
      if (table === 'message') touch(messageScope(String(key[0])));
    }
  }
  return affectedScopes(batch.pending, changed);
}

function scopeOfStored(db: WritableDb, table: ReplicatedTable, key: readonly WireValue[]): Scope | null {
  const values = wireRow(db, table, key);
  return values === null ? null : scopeOfRow(table, values);
}

/** New base rows: into the copy where one is kept, else straight into the table. */
function writeTable(db: WritableDb, rows: TableRows, copies: Map<string, Copy>, written: WrittenRows): void {
  const { table, puts, sums, deletes } = rows;
  written.putAll(table, puts);
  if (hasCopies(copies, table)) putBesideCopies(db, rows, copies);
  else putAll(db, table, puts, sums);
  if (deletes.length === 0) return;
  const remove = deleter(db, table);
  for (const key of deletes) {
    const copy = copies.size === 0 ? undefined : copies.get(rowKey(table, key));
    written.gone(table, key, copy?.scope ?? scopeOfKey(table, key) ?? scopeOfStored(db, table, key));
    if (copy === undefined) remove(key);
    else copies.set(rowKey(table, key), { ...copy, values: null, sum: null, isNew: true });
  }
}

function hasCopies(copies: ReadonlyMap<string, Copy>, table: ReplicatedTable): boolean {
  for (const copy of copies.values()) if (copy.table === table) return true;
  return false;
}

function putBesideCopies(db: WritableDb, { table, puts, sums }: TableRows, copies: Map<string, Copy>): void {
  const keyAt = must(KEY_COLUMNS.get(table), table);
  const put = putter(db, table);
  for (const [index, values] of puts.entries()) {
    const sum = sums?.[index] ?? null;
    const at = rowKey(
      table,
      keyAt.map((column) => values[column] ?? null),
    );
    const copy = copies.get(at);
    if (copy === undefined) put(values, sum);
    else copies.set(at, { ...copy, values, sum, isNew: true });
  }
}

const NO_FINALS: ReadonlyMap<string, FinalRow> = new Map();

/** The rows that the pending mutations of the touched scopes make of the new base. */
function rebuilt(
  db: WritableDb,
  batch: Batch,
  calls: readonly PendingCall[],
  copies: ReadonlyMap<string, Copy>,
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
  written.refused = rebase(space, calls, batch.frame());
  return space.finals();
}

function writeFinal(
  db: WritableDb,
  { table, key, row }: FinalRow,
  copy: Copy | 'kept' | undefined,
  written: WrittenRows,
): void {
  const values = row === null ? null : wireOf(table, row);
  const stored = storedRow(db, table, key);
  const before = stored?.values ?? null;
  const scope = values !== null ? scopeOfRow(table, values) : scopeOfGone(table, key, before, copy);
  if (copy === undefined)
    putBaseRow(db, { table, key, scope: scope ?? '', values: before, sum: stored?.sum ?? null });
  // Most rows that are built again come out as they were: a message, a tag. Reading one costs a third of writing it.
  if (areEqual(before, values)) return;
  if (before !== null && values !== null) overwriter(db, table)(values, null);
  else writeView(db, table, key, values, null);
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
  copy: Copy | 'kept' | undefined,
): Scope | null {
  if (copy !== undefined && copy !== 'kept') return copy.scope;
  return before === null ? scopeOfKey(table, key) : scopeOfRow(table, before);
}

function writeView(
  db: WritableDb,
  table: ReplicatedTable,
  key: readonly WireValue[],
  values: readonly WireValue[] | null,
  sum: number | null,
): void {
  if (values === null) deleter(db, table)(key);
  else putter(db, table)(values, sum);
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
