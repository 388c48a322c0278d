import type { ClientId } from '../../base/ids.ts';
import type {
  BootstrapPosition,
  BootstrapResponse,
  Cursor,
  HelloResponse,
  OutboxMutation,
  PullRequest,
  PullResponse,
  PushResponse,
  TableRows,
} from '../../protocol/sync.ts';

export type PullChanges = Extract<PullResponse, { readonly kind: 'changes' }>;

/** Where a desk is on its way to a complete copy. */
export type Standing =
  | {
      readonly type: 'bootstrap';
      readonly position: BootstrapPosition | null;
      readonly seen?: Cursor;
      /** It is to hold everything, whatever the workspace's scope. */
      readonly whole?: true;
    }
  /**
   * `seen`: where the last page of a bootstrap was read, until a pull has led beyond it (Y6). `scope`: what a desk that holds
   * a part asks for beside the changes (Y9).
   */
  | {
      readonly type: 'following';
      readonly cursor: Cursor;
      readonly seen?: Cursor;
      readonly scope?: NonNullable<PullRequest['scope']>;
    };

/** What a sync loop keeps in step: the replica and the outbox, behind the few steps that the protocol knows. */
export interface SyncTarget {
  readonly clientId: ClientId;
  standing(): Standing;
  /** Remembers who this desk is. False: the replica belongs to another workspace or agent, and nothing was changed. */
  greet(hello: HelloResponse): boolean;
  /** The next batch, marked as attempted before it is returned (Y12); empty when nothing waits. */
  takeBatch(): readonly OutboxMutation[];
  /** No push is under way any more. */
  batchDone(): void;
  /** Records the answers; where numbers are missing at the workspace, offers them again. */
  answered(response: PushResponse): void;
  /** Applies a pull atomically; false when its `from` is not where the replica stands (Y7). */
  follow(changes: PullChanges): boolean;
  /** Whether work went back into the queue since this was last asked: the round is not over (Y6). */
  reoffered(): boolean;
  /** Whether there is more to fetch than changes: older conversations, or some that were asked for (Y9). */
  isReaching(): boolean;
  /** Forgets where the replica stands: a bootstrap is due (Y6). */
  reset(): void;
  /** Deletes some of the rows before a bootstrap; false when none are left. */
  clearSome(): boolean;
  /** Starts a bootstrap page: the first one fixes the cursor. False: it is of another history, begin again. */
  beginPage(page: BootstrapResponse): boolean;
  applySlice(tables: readonly TableRows[]): void;
  endPage(page: BootstrapResponse): void;
  /** No page is going in any more, whether it ended or broke off: what it brought is told. */
  leavePage(): void;
  /** A whole round ended: everything sent, everything fetched. */
  completed(): void;
  measured(clockOffset: number): void;
}
