import type { ConversationId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { InverseCall, LoadedRows, Refusal } from '../../mutations/mutation.ts';
import type { TableRows } from '../../protocol/sync.ts';
import { REPLICATED_TABLES, TABLES } from '../../protocol/tables.ts';
import type { Database } from '../../sqlite/database.ts';
import { applyBatch, applyFinals, type Written } from './batch.ts';
import { baseScopes } from './base-rows.ts';
import { readDeskFrame } from './desk-frame.ts';
import { loadReads, NO_OVERLAY } from './load-rows.ts';
import { contextOf, type DeskFrame, type PendingCall } from './rebase.ts';
import { type FinalRow, rowSpace } from './row-space.ts';
import type { Scope } from './scopes.ts';
import { BOOTSTRAP_DUE, readSyncState, type SyncState, writeSyncState } from './sync-state.ts';

/** A call that the rules accept on the view as it is; nothing is written yet. */
export interface Accepted<C extends PendingCall> {
  readonly call: C;
  readonly finals: readonly FinalRow[];
  readonly inverse: InverseCall | null;
}

/** A pending call that also knows how to be taken back. */
export interface InvertibleCall extends PendingCall {
  inverse(rows: LoadedRows): InverseCall | null;
}

/** The desk's copy of the workspace with its pending work on top: view = fold(pending, base) (Y7). */
export interface Replica {
  readonly db: Database;
  state(): SyncState;
  /** Unconfirmed mutations that the view shows, in `mid` order. */
  pending(): readonly PendingCall[];
  pendingOf(conversationId: ConversationId): number;
  /** Derives the view again from base and pending, whatever was left of it (Y1): at every start. */
  start(pending: readonly PendingCall[]): Written;
  /** Runs a call on the view without writing. */
  tryRun<C extends InvertibleCall>(call: C): Result<Accepted<C>, Refusal>;
  /** Shows an accepted call whose outbox entry is durable (Y1). */
  show(accepted: Accepted<PendingCall>): Written;
  /** Takes mutations out of the view: recalled, or refused by the workspace. */
  drop(mids: ReadonlySet<number>): Written;
  /** Applies rows and the state that speaks of them in one transaction; `state.lastMid` confirms mutations. */
  apply(tables: readonly TableRows[], state: Partial<SyncState>): Written;
  /** Forgets every row and the cursor (a reset); pending work stays. */
  clear(): void;
  setState(state: Partial<SyncState>): void;
}

/** Opens the replica in a migrated database. `start` must follow before anything is shown. */
export function createReplica(db: Database): Replica {
  let state = readSyncState(db);
  let pending: readonly PendingCall[] = [];
  let frame: DeskFrame | null = null;
  const currentFrame = (): DeskFrame => {
    const current = frame ?? readDeskFrame(db, state);
    frame = current;
    return current;
  };

  /** One transaction; what is kept in memory follows only when it has committed. */
  function commit(
    next: { readonly state: SyncState; readonly pending: readonly PendingCall[] },
    work: () => Written,
  ): Written {
    const before = state;
    state = next.state;
    frame = null;
    try {
      const written = db.transaction(() => {
        const rows = work();
        writeSyncState(db, next.state);
        return rows;
      });
      pending = next.pending;
      return written;
    } catch (thrown) {
      state = before;
      throw thrown;
    } finally {
      frame = null;
    }
  }

  function rebaseWithout(
    gone: readonly PendingCall[],
    tables: readonly TableRows[],
    next: SyncState,
  ): Written {
    const left = gone.length === 0 ? pending : pending.filter((call) => !gone.includes(call));
    const scopes: Scope[] = gone.flatMap((call) => [...call.scopes]);
    return commit({ state: next, pending: left }, () =>
      applyBatch(db, { tables, scopes, pending: left, frame: currentFrame }),
    );
  }

  return {
    db,
    state: () => state,
    pending: () => pending,
    pendingOf: (id) => pending.reduce((count, call) => count + (call.scopes.includes(id) ? 1 : 0), 0),
    start: (calls) => {
      const scopes = new Set([...baseScopes(db), ...calls.flatMap((call) => call.scopes)]);
      return commit({ state, pending: calls }, () =>
        applyBatch(db, { tables: [], scopes, pending: calls, frame: currentFrame }),
      );
    },
    tryRun: (call) => {
      const space = rowSpace();
      loadReads(db, space, call.reads, NO_OVERLAY);
      const inverse = call.inverse(space);
      const ran = call.run(space, contextOf(space, call, currentFrame()));
      if (!ran.ok) return err(ran.error);
      space.apply(ran.value);
      return ok({ call, finals: [...space.finals().values()], inverse });
    },
    show: ({ call, finals }) => {
      const written = db.transaction(() => applyFinals(db, finals));
      pending = [...pending, call];
      return written;
    },
    drop: (mids) =>
      rebaseWithout(
        pending.filter((call) => mids.has(call.mid)),
        [],
        state,
      ),
    apply: (tables, patch) => {
      const next = { ...state, ...patch };
      return rebaseWithout(
        pending.filter((call) => call.mid <= next.lastMid),
        tables,
        next,
      );
    },
    clear: () => {
      const next: SyncState = { ...state, cursor: null, bootstrap: BOOTSTRAP_DUE };
      db.transaction(() => {
        for (const table of REPLICATED_TABLES) db.exec(`DELETE FROM ${TABLES[table].sql}`);
        db.exec('DELETE FROM base_row');
        writeSyncState(db, next);
      });
      state = next;
      frame = null;
    },
    setState: (patch) => {
      const next = { ...state, ...patch };
      db.transaction(() => writeSyncState(db, next));
      state = next;
      frame = null;
    },
  };
}
