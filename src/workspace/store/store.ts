import type { AgentId, ClientId, ConversationId, CustomerId, EventId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { ConversationRows } from '../../domain/conversation-rows.ts';
import type { HistoryEvent } from '../../domain/events.ts';
import type { Keys, RowChange, Rows, TableName } from '../../domain/rows.ts';
import type { RefusalCode } from '../../mutations/mutation.ts';
import { CHILD_TABLES, type ReplicatedTable, type WireValue } from '../../protocol/tables.ts';
import type { ScopeAnswer, ScopeAsk, Whole } from '../scope.ts';

/** Tables whose rows belong to one conversation; loaded by its id. */
export const CONVERSATION_TABLES = [...CHILD_TABLES, 'history'] as const satisfies readonly TableName[];
export type ConversationTable = (typeof CONVERSATION_TABLES)[number];

/** The rows of a conversation that rules read. */
export type RuledRows = Pick<
  ConversationRows,
  'conversation' | 'cycles' | 'tags' | 'products' | 'fields' | 'csat'
>;

/** Who this workspace is, and which telling of its history this is (Y6): a new epoch after a restore. */
export interface Identity {
  readonly workspaceId: string;
  readonly epoch: string;
}

/** The end of the log (Y5). `arrival`: the highest receipt number given to a history event. */
export interface LogHead {
  readonly seq: number;
  readonly chain: string;
  readonly arrival: number;
}

export interface ClientRow {
  readonly id: ClientId;
  readonly agentId: AgentId;
  readonly lastMid: number;
}

/** What became of one mutation (Y3, Y4). */
export interface OutcomeRow {
  readonly mid: number;
  readonly name: string;
  readonly status: 'applied' | 'refused';
  readonly code: RefusalCode | null;
  /** JSON: of a refusal its detail, of an applied one what it was merged with (`Merged`). */
  readonly detail: string | null;
}

/** An ingested event's id and the checksum of its content: the same id with another checksum is a mistake (Y13). */
export interface Receipt {
  readonly id: EventId;
  readonly checksum: number;
}

/** An event that waits for its conversation to start (Y13); `event` is its checked JSON. */
export interface PendingEvent {
  readonly id: EventId;
  readonly conversationId: ConversationId;
  readonly at: EpochMillis;
  readonly source: string;
  readonly event: string;
}

/** Position in history of the event that last set a value outside any conversation: the later one stands. */
export interface Stamp {
  /** What is set, `customer.name`, and of whom. */
  readonly scope: string;
  readonly key: string;
  readonly at: EpochMillis;
  readonly eventId: string;
}
export type StampKey = Pick<Stamp, 'scope' | 'key'>;

/** Where events of a conversation go from a moment on, since it no longer takes replies (S5, S10). */
export interface Continuation {
  readonly conversationId: ConversationId;
  readonly continuationId: ConversationId;
  readonly ordinal: number;
  readonly fromAt: EpochMillis;
}

/** A closed cycle whose survey was not decided about yet (Q3); `dueAt`: when to look at it. */
export interface Closing {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly dueAt: EpochMillis;
}

/** What a token opens; the token itself is stored nowhere, only its hash. */
export type Access =
  | { readonly kind: 'desk'; readonly agentId: AgentId }
  | { readonly kind: 'source'; readonly source: string };

/** A line of the append-only audit log. `action` is a code, `detail` JSON. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: string;
  readonly detail: string | null;
}

/** Everything that one transaction writes. */
export interface CommitBatch {
  /** The log's end when the batch was worked out; another one refuses it with nothing written. */
  readonly expectedHead: number;
  readonly at: EpochMillis;
  readonly changes: readonly RowChange[];
  /** Highest receipt number among the history rows of `changes`. */
  readonly arrival?: number;
  readonly client?: ClientRow;
  readonly outcomes?: readonly OutcomeRow[];
  readonly receipts?: readonly Receipt[];
  readonly pending?: readonly PendingEvent[];
  readonly settledPending?: readonly EventId[];
  readonly stamps?: readonly Stamp[];
  readonly continuations?: readonly Continuation[];
  /** Closed cycles to look at later than they stand in the books for. */
  readonly closings?: readonly Closing[];
  /** Closed cycles that are decided about. */
  readonly settledClosings?: readonly Pick<Closing, 'conversationId' | 'ordinal'>[];
  readonly access?: readonly { readonly hash: string; readonly access: Access }[];
  readonly audit?: readonly AuditEntry[];
}

export interface HeadMoved {
  readonly type: 'headMoved';
  readonly head: number;
}

export interface Committed {
  readonly head: LogHead;
  /** Rows that really differ from what stood; 0 leaves the log alone. */
  readonly changed: number;
}

/** A row as it goes to a desk: its values in column order, and the digest of their JSON text as `checksum` makes it. */
export interface SentRow {
  readonly values: readonly WireValue[];
  readonly sum: number;
}

/** Changes of one table as they go to a desk: rows that were put, keys of those deleted. */
export interface TableChanges {
  readonly table: ReplicatedTable;
  readonly puts: readonly SentRow[];
  readonly deletes: readonly (readonly WireValue[])[];
}

export interface ChangesQuery {
  readonly after: number;
  readonly agentId: AgentId;
  readonly clientId: ClientId;
  /** More rows than this are not read: the answer is `tooMany`. */
  readonly maxRows: number;
  /** What a desk that holds a part asks for beside (Y9); absent: it holds everything. */
  readonly scope?: ScopeAsk | undefined;
}

/** What changed in (after, head], read from one unchanging state. */
export type ChangesAnswer =
  | { readonly kind: 'tooMany' }
  | {
      readonly kind: 'changes';
      readonly head: LogHead;
      readonly lastMid: number;
      readonly tables: readonly TableChanges[];
      /** What became of the query's `scope`; absent where it had none. */
      readonly scope?: ScopeAnswer;
    };

export interface PageQuery<T extends ReplicatedTable = ReplicatedTable> {
  readonly table: T;
  /** The last key of the page before, or null. */
  readonly after: readonly WireValue[] | null;
  readonly limit: number;
  /** Whose read markers. */
  readonly agentId: AgentId;
}

/** Position in the order "opened last comes first" of conversations that humans have open. */
export interface OpenPosition {
  readonly openedAt: number;
  readonly id: string;
}

/** A conversation, and whose it is. */
export interface ConversationOf {
  readonly id: string;
  readonly customerId: CustomerId;
}

export interface OpenConversation extends OpenPosition, ConversationOf {}

/** Conversations whose time may have come (S3, S5): idle ones of the AI, snoozes that ended. */
export interface DueQuery {
  /** AI conversations with no public message since then. */
  readonly idleSince: EpochMillis;
  readonly snoozedUntil: EpochMillis;
  readonly afterId: string;
  readonly limit: number;
}

export interface Totals {
  readonly conversations: number;
  readonly messages: number;
  /** Conversations whose human state is open. */
  readonly open: number;
}

export interface Damage {
  readonly type: 'file' | 'row' | 'chain' | 'fold';
  /** SQLite's word, `table key`, a sequence number, or a conversation's id. */
  readonly place: string;
}

/** Where a walk through everything that is stored goes on: after this key of this table, or after this entry of the log. */
export interface VerifyPlace {
  readonly table: TableName | 'log';
  readonly after: readonly WireValue[];
}

/** What one slice of such a walk found. */
export interface VerifiedSlice {
  readonly rows: number;
  readonly damage: readonly Damage[];
  /** Null: that was the end. */
  readonly next: VerifyPlace | null;
}

/**
 * Where a workspace keeps its truth. SQLite now, memory for simulators; PostgreSQL can follow: every read is a value,
 * every write is one `commit`, so that no transaction spans an await. One suite holds for all
 * (tests/contract/store.contract.ts). Methods throw when the storage itself fails.
 */
export interface Store {
  identity(): Promise<Identity>;
  head(): Promise<LogHead>;
  /** The chain at `seq` of the log, or null when the log does not reach it (Y6). */
  chainAt(seq: number): Promise<string | null>;

  /** Rows by key, in the keys' order; null where there is none. */
  rows<T extends TableName>(table: T, keys: readonly Keys[T][]): Promise<readonly (Rows[T] | null)[]>;
  /** Rows by conversation, each list in key order (history: in receipt order); none makes an empty list. */
  rowsOf<T extends ConversationTable>(
    table: T,
    ids: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, readonly Rows[T][]>>;
  /** What rules read of conversations, lists in key order; ids without a conversation are left out. */
  ruledRows(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, RuledRows>>;
  /** Everything that conversations' histories made, lists in key order; ids without a conversation are left out. */
  conversationRows(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, ConversationRows>>;
  /** The events of conversations in receipt order; none makes an empty list. */
  histories(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, readonly HistoryEvent[]>>;
  settings(): Promise<readonly Rows['setting'][]>;
  /** Ids of conversations that hold a value of a field, in id order. */
  fieldHolders(field: string, limit: number): Promise<readonly ConversationId[]>;

  client(id: ClientId): Promise<ClientRow | null>;
  /** Recorded outcomes of a client in [from, to], in order. */
  outcomes(id: ClientId, from: number, to: number): Promise<readonly OutcomeRow[]>;

  /** Checksums of the events among `ids` that were received before. */
  receipts(ids: readonly EventId[]): Promise<ReadonlyMap<EventId, number>>;
  /** Stamps in the keys' order; null where nothing was set yet. */
  stamps(keys: readonly StampKey[]): Promise<readonly (Stamp | null)[]>;
  /** Events that wait for one of `ids` to start, in (`at`, id) order. */
  pendingOf(ids: readonly ConversationId[]): Promise<readonly PendingEvent[]>;
  pendingCount(): Promise<number>;
  /** Continuations of `ids`, in ordinal order. */
  continuations(ids: readonly ConversationId[]): Promise<readonly Continuation[]>;

  /** Ids of conversations that may be due, in id order, `limit` at a time. */
  due(query: DueQuery): Promise<readonly ConversationId[]>;
  /** The longest-idle AI conversation's last public moment, and the earliest end of a snooze. */
  earliest(): Promise<{ readonly idleSince: EpochMillis | null; readonly snoozedUntil: EpochMillis | null }>;

  /**
   * Closed cycles to be looked at up to `until`, the earliest first. A commit that closes a cycle writes it down by itself,
   * for the end of the undo window (S11), unless it was closed too long ago; one that opens it again strikes it out.
   */
  closings(until: EpochMillis, limit: number): Promise<readonly Closing[]>;
  /** The secret that links to customers' pages are signed with (Q5): `fresh` the first time, then always the same. */
  linkSecret(fresh: string): Promise<string>;

  changes(query: ChangesQuery): Promise<ChangesAnswer>;
  /** Conversations whole, in the ids' order; null where there is none. */
  wholes(ids: readonly ConversationId[]): Promise<readonly (Whole | null)[]>;
  /** Rows by key as they are sent, in the keys' order; null where there is none. */
  sentRows<T extends ReplicatedTable>(
    table: T,
    keys: readonly Keys[T][],
  ): Promise<readonly (SentRow | null)[]>;
  /** Rows in key order. Read markers: the agent's own alone. */
  page(query: PageQuery): Promise<readonly (readonly WireValue[])[]>;
  /** Open and snoozed conversations, opened last first. */
  openPage(after: OpenPosition | null, limit: number): Promise<readonly OpenConversation[]>;
  /** Conversations that the AI is at, by id. */
  withAiPage(afterId: string, limit: number): Promise<readonly ConversationOf[]>;
  /** Rows that a bootstrap sends to this agent, about: all (or what a scoped desk begins with), and those of open conversations; for progress. */
  count(agentId: AgentId, isScoped: boolean): Promise<number>;
  /** How much there is, for people: conversations, messages, and what stands open in the inbox. */
  totals(): Promise<Totals>;
  /** Ids of conversations in order, for checks. */
  conversationIds(afterId: string, limit: number): Promise<readonly ConversationId[]>;

  access(hash: string): Promise<Access | null>;
  audit(afterSeq: number, limit: number): Promise<readonly (AuditEntry & { readonly seq: number })[]>;

  /**
   * Writes a batch in one transaction, or nothing. Changed rows get the next head as their `seq`, taken last; a put
   * that changes nothing writes nothing; a batch that changes no row makes no entry in the log (Y5).
   */
  commit(batch: CommitBatch): Promise<Result<Committed, HeadMoved>>;
  /** Looks for damage: the file, rows whose checksum differs, a broken chain. At most `limit` findings. */
  verify(limit: number): Promise<readonly Damage[]>;
  /** Looks at the next rows, at most `limit` of one table; null starts. For walks in small slices, while others write. */
  verifySlice(from: VerifyPlace | null, limit: number): Promise<VerifiedSlice>;
  close(): Promise<void>;
}
