import type { AgentId, ConversationId, MessageId } from '../../base/ids.ts';
import type { Clock } from '../../base/time.ts';
import type { Drill } from '../../protocol/rpc/drill.ts';
import type { Facets, ListQuery, ListRow, ListWindow, OpenList } from '../../protocol/rpc/list.ts';
import type { SearchResult, SyncStatus } from '../../protocol/rpc/status.ts';
import type { Database } from '../../sqlite/database.ts';

/** What only this desk knows of one conversation; lies in the outbox's file, handed to lists by call. */
export interface LocalMarks {
  readonly hasDraft: boolean;
  /** Changes of this desk that the workspace has not confirmed. */
  readonly pending: number;
  readonly attention: 'held' | 'refused' | null;
}

/**
 * Rows of the replica that were written or deleted in one commit, in any table of a conversation (its own row, tags,
 * cycles, read markers …) or its customer. `conversations: null` means any: read everything again (a reset).
 */
export interface ReplicaChange {
  readonly conversations: readonly ConversationId[] | null;
  /** Messages written or deleted; new ones included. Null means any. */
  readonly messages: readonly MessageId[] | null;
  /** Customers written: their conversations' rows show another name. Null means any. */
  readonly customers: readonly string[] | null;
}

/** Answers the list's and the search's questions from the replica. Views are its own; unknown ones answer null. */
export interface ListService {
  /** `columns`: keys of the profile whose values come with each row; none when absent. */
  open(query: ListQuery, limit: number, columns?: readonly string[]): OpenList;
  rows(viewId: string, offset: number, limit: number): ListWindow | null;
  refresh(viewId: string, offset: number, limit: number): OpenList | null;
  /** The position in the view; null when it is not in it or the view is unknown. */
  locate(viewId: string, conversationId: ConversationId): number | null;
  close(viewId: string): void;
  /** Counts beside every filter value. Waits until the index is built; rejects when disposed before that. */
  facets(query: ListQuery): Promise<Facets>;
  /**
   * Which rows pass a query's conditions on fields and lie behind the figure it names, as things are now; null while that
   * is not known (its columns are built from then on). Queue and the other filters are SQL's to decide.
   */
  passing(query: ListQuery): ((n: number) => boolean) | null;
  search(text: string, after: string | null, limit: number): SearchResult;
  /** List rows of conversations, in the order of `ids`; unknown ones left out. */
  rowsOf(ids: readonly ConversationId[]): readonly ListRow[];
  /** Called after each commit to the replica, in order. */
  changed(change: ReplicaChange): void;
  /** What is still being indexed; null when caught up. */
  indexing(): SyncStatus['indexing'];
  dispose(): void;
}

/** What a list service is built with. */
export interface ListDeps {
  /** The replica. The list service writes only its own tables (search index, watermarks). */
  readonly db: Database;
  readonly me: AgentId;
  readonly clock: Clock;
  readonly marks: (id: ConversationId) => LocalMarks;
  /**
   * Whether row `n` is among the conversations behind a figure, as things are now; null while that is not known yet: then
   * `onIndexed` of whoever knows follows.
   */
  readonly among?: (drill: Drill) => ((n: number) => boolean) | null;
  /** Whether a page of a bootstrap is going in: what only makes answers faster, or search fuller, waits (B18). */
  readonly isFilling?: () => boolean;
  /** Runs `work` soon, between other work: for index building in slices. The returned function cancels it. */
  readonly soon: (work: () => void) => () => void;
  /** Tells the desk that lists or counts changed by themselves (an index got ready), or that `indexing` moved. */
  readonly onIndexed: (what: 'list' | 'status') => void;
}
export type ListServiceFactory = (deps: ListDeps) => ListService;
