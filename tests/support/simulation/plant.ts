import type { Database } from '../../../src/sqlite/types.ts';
import type { Outbox } from '../../../src/desk/outbox/outbox.ts';
import type { Replica } from '../../../src/desk/replica/replica.ts';
import type { SyncTarget } from '../../../src/desk/sync/target.ts';
import type { DeskCore } from '../../../src/desk/desk-core.ts';
import type { SyncTransport } from '../../../src/protocol/sync.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import type { Workspace } from '../../../src/workspace/workspace.ts';

/** A protocol bug, put in through the seams that production code has anyway. */
export interface Plant {
  readonly name: string;
  readonly store?: (store: Store, shared: PlantState) => Store;
  readonly workspace?: (workspace: Workspace, shared: PlantState) => Workspace;
  readonly prepare?: (prepare: PrepareMutation, shared: PlantState) => PrepareMutation;
  readonly transport?: (transport: SyncTransport) => SyncTransport;
  readonly target?: (core: DeskCore) => SyncTarget;
  readonly outbox?: (outbox: Outbox) => void;
  readonly replica?: (replica: Replica) => void;
  readonly replicaDb?: (db: Database) => Database;
  readonly outboxDb?: (db: Database) => Database;
  /** The machine lost power: what it forgets that it should not. */
  readonly onCrash?: (files: { outbox(): Database; replica(): Database }) => void;
}

/** What the halves of a planted bug tell each other. */
export interface PlantState {
  firstMid: number;
  /** What a request says of places in the log. */
  chains: ReadonlyMap<number, string>;
}

/** Puts another function in the place of a method of one object. */
export function patch<T extends object, K extends keyof T>(object: T, name: K, value: T[K]): void {
  Object.defineProperty(object, name, { value, configurable: true });
}

/** A target that does one step otherwise. */
export function targetWith(core: DeskCore, change: Partial<SyncTarget>): SyncTarget {
  return {
    clientId: core.clientId,
    standing: () => core.standing(),
    greet: (hello) => core.greet(hello),
    takeBatch: () => core.takeBatch(),
    batchDone: () => core.batchDone(),
    answered: (response) => core.answered(response),
    follow: (changes) => core.follow(changes),
    isReaching: () => core.isReaching(),
    reoffered: () => core.reoffered(),
    reset: () => core.reset(),
    clearSome: () => core.clearSome(),
    beginPage: (page) => core.beginPage(page),
    applySlice: (tables) => core.applySlice(tables),
    endPage: (page) => core.endPage(page),
    leavePage: () => core.leavePage(),
    completed: () => core.completed(),
    measured: (offset) => core.measured(offset),
    ...change,
  };
}
