import type { ConversationId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { InverseCall, LoadedRows, Refusal } from '../../mutations/mutation.ts';
import type { TableRows } from '../../protocol/sync.ts';
import { REPLICATED_TABLES, TABLES } from '../../protocol/tables.ts';
import type { Database } from '../../sqlite/database.ts';
import { applyBatch, applyFinals, type Bases, type Batch } from './batch.ts';
import { BaseRows } from './base-rows.ts';
import { readDeskFrame } from './desk-frame.ts';
import { loadReads, NO_OVERLAY } from './load-rows.ts';
import { contextOf, type DeskFrame, type PendingCall } from './rebase.ts';
import { type FinalRow, rowSpace } from './row-space.ts';
import type { Scope } from './scopes.ts';
import { BOOTSTRAP_DUE, readSyncState, type SyncState, writeSyncState } from './sync-state.ts';
import type { FilledRows, Written } from './written.ts';

/** A call that the rules accept on the view as it is; nothing is written yet. */
export interface Accepted<C extends PendingCall> {
  readonly call: C;
  /** By `rowKey`. */
  readonly finals: ReadonlyMap<string, FinalRow>;
  readonly inverse: InverseCall | null;
}

/** A pending call that also knows how to be taken back. */
export interface InvertibleCall extends PendingCall {
  inverse(rows: LoadedRows): InverseCall | null;
}

const SLICED_TABLES = ['message', 'conversation', 'customer'] as const;
const CLEAR_ROWS = 2_000;
/** Pages of the write-ahead log after which it is copied into the file: SQLite's own 4 MB, and 16 MB. */
const USUAL_LOG = 1_000;
const FILLING_LOG = 4_000;

/**
 * The desk's copy of the workspace with its pending work on top: view = fold(pending, base) (Y7). `start` must have run
 * before anything is shown. Every method that writes is one transaction; what is kept in memory follows its commit.
 */
export class Replica {
  readonly db: Database;
  readonly #bases: Bases;
  #state: SyncState;
  #pending: readonly PendingCall[] = [];
  #counts: ReadonlyMap<Scope, number> | null = null;
  #frame: DeskFrame | null = null;
  /** Agents or settings were written outside a commit of the base: the frame is read anew after the next one. */
  #isFrameOld = false;

  constructor(db: Database) {
    this.db = db;
    this.#bases = { db, base: new BaseRows(db) };
    this.#state = readSyncState(db);
  }

  state(): SyncState {
    return this.#state;
  }

  /** Who acts here and under which policy. */
  frame(): DeskFrame {
    const frame = this.#frame ?? readDeskFrame(this.db, this.#state);
    this.#frame = frame;
    return frame;
  }

  /** Unconfirmed mutations that the view shows, in `mid` order. */
  pending(): readonly PendingCall[] {
    return this.#pending;
  }

  /** How many of them touch a conversation. Asked for every row of a list: counted once for all. */
  pendingOf(conversationId: ConversationId): number {
    this.#counts ??= countByScope(this.#pending);
    return this.#counts.get(conversationId) ?? 0;
  }

  /** Derives the view again from base and pending, whatever was left of it (Y1): at every start and after a reset. */
  start(pending: readonly PendingCall[]): Written {
    const scopes = new Set(this.#bases.base.scopes());
    for (const call of pending) for (const scope of call.scopes) scopes.add(scope);
    return this.#commit(this.#state, pending, { tables: [], scopes });
  }

  /** Runs a call on the view without writing: refused, or what it would write and how to take it back (Y16). */
  tryRun<C extends InvertibleCall>(call: C): Result<Accepted<C>, Refusal> {
    const space = rowSpace();
    // One snapshot for all: a lock on the log is taken once, not for each of eight questions.
    this.db.snapshot(() => loadReads(this.db, space, [call.reads], NO_OVERLAY));
    const inverse = call.inverse(space);
    const ran = call.run(space, contextOf(space, call, this.frame()));
    if (!ran.ok) return err(ran.error);
    space.apply(ran.value);
    return ok({ call, finals: space.finals(), inverse });
  }

  /** Shows an accepted call whose outbox entry is durable (Y1). */
  show({ call, finals }: Accepted<PendingCall>): Written {
    const written = this.#write((bases) => applyFinals(bases, finals));
    this.#isFrameOld ||= written.shared;
    this.#setPending([...this.#pending, call]);
    return written;
  }

  /** Takes mutations out of the view: recalled, or refused by the workspace. */
  drop(mids: ReadonlySet<number>): Written {
    return this.#without((call) => mids.has(call.mid), [], this.#state);
  }

  /** Applies rows and the state that speaks of them; `patch.lastMid` confirms mutations. */
  apply(tables: readonly TableRows[], patch: Partial<SyncState>): Written {
    const next = { ...this.#state, ...patch };
    return this.#without((call) => call.mid <= next.lastMid, tables, next);
  }

  /**
   * Applies a part of a bootstrap's page (Y9); what it wrote is added to `written`. Where the replica stands is not touched:
   * it moves when the page ends, and one that broke off comes again.
   */
  fill(tables: readonly TableRows[], written: FilledRows): void {
    const frame = (): DeskFrame => readDeskFrame(this.db, this.#state);
    const batch: Batch = { tables, scopes: [], pending: this.#pending, frame };
    this.#write((bases) => applyBatch(bases, batch, written));
    this.#frame = null;
  }

  /**
   * Whether a bootstrap is under way: its log is then copied into the file in larger parts, since most pages are written
   * again and again until they are full. A quarter of the waits for the disk; a stop costs nothing: all commits are in the log.
   */
  setFilling(isFilling: boolean): void {
    this.db.exec(`PRAGMA wal_autocheckpoint = ${isFilling ? FILLING_LOG : USUAL_LOG}`);
  }

  /** Forgets the cursor (a reset): a bootstrap is due, and the rows go with `clearSome`. Pending work stays. */
  clear(): void {
    this.setState({ cursor: null, bootstrap: BOOTSTRAP_DUE });
  }

  /**
   * Deletes some of the rows before a bootstrap; false when none are left. In slices, since the tables that others hang
   * triggers on cannot be emptied at once (350,000 rows took 1.2 s). Pending work shows again as its rows come back.
   */
  clearSome(): boolean {
    this.#isFrameOld = true;
    return this.#write(({ base }) => {
      for (const table of SLICED_TABLES) {
        if (
          this.db.run(`DELETE FROM ${table} WHERE n IN (SELECT n FROM ${table} LIMIT ?)`, CLEAR_ROWS)
            .changes > 0
        )
          return true;
      }
      for (const table of REPLICATED_TABLES) this.db.exec(`DELETE FROM ${TABLES[table].sql}`);
      base.deleteAll();
      return false;
    });
  }

  setState(patch: Partial<SyncState>): void {
    const next = { ...this.#state, ...patch };
    writeSyncState(this.db, next);
    this.#settled(next, false);
  }

  #without(isGone: (call: PendingCall) => boolean, tables: readonly TableRows[], next: SyncState): Written {
    const left: PendingCall[] = [];
    const scopes = new Set<Scope>();
    for (const call of this.#pending) {
      if (isGone(call)) for (const scope of call.scopes) scopes.add(scope);
      else left.push(call);
    }
    return this.#commit(next, left, { tables, scopes });
  }

  #commit(next: SyncState, pending: readonly PendingCall[], rows: Pick<Batch, 'tables' | 'scopes'>): Written {
    // Read within the transaction, after the rows: an agent's role or the policy may be among them.
    const frame = (isShared: boolean): DeskFrame =>
      (this.#isFrameOf(next, isShared) ? this.#frame : null) ?? readDeskFrame(this.db, next);
    const written = this.#write((bases) => {
      const applied = applyBatch(bases, { ...rows, pending, frame });
      if (next !== this.#state) writeSyncState(this.db, next);
      return applied;
    });
    this.#setPending(pending);
    this.#settled(next, written.shared);
    return written;
  }

  /** One commit of rows; what it wrote of the base copies is taken back with it where it fails. */
  #write<T>(work: (bases: Bases) => T): T {
    try {
      return this.db.transaction(() => work(this.#bases));
    } catch (thrown) {
      this.#bases.base.forget();
      throw thrown;
    }
  }

  #setPending(pending: readonly PendingCall[]): void {
    this.#pending = pending;
    this.#counts = null;
  }

  /** Whether the frame that is kept is that of `state` too. `isShared`: agents or settings were written, which it is made of. */
  #isFrameOf({ agentId, role }: SyncState, isShared: boolean): boolean {
    return !isShared && !this.#isFrameOld && agentId === this.#state.agentId && role === this.#state.role;
  }

  #settled(state: SyncState, isShared: boolean): void {
    if (!this.#isFrameOf(state, isShared)) this.#frame = null;
    this.#isFrameOld = false;
    this.#state = state;
  }
}

function countByScope(pending: readonly PendingCall[]): ReadonlyMap<Scope, number> {
  const counts = new Map<Scope, number>();
  for (const { scopes } of pending) {
    for (const scope of scopes) counts.set(scope, (counts.get(scope) ?? 0) + 1);
  }
  return counts;
}
