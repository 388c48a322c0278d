import { err, ok } from '../../../base/result.ts';
import { type EpochMillis, epochMillis } from '../../../base/time.ts';
import type { ConversationId } from '../../../base/ids.ts';
import type { Conversation } from '../../../domain/model.ts';
import type { Rows } from '../../../domain/rows.ts';
import { readWhole } from '../../scope.ts';
import { conversationRowsOf, type RowsIn, ruledRowsOf } from '../conversation-rows.ts';
import { genesisChain, keyId, nextChain } from '../log.ts';
import type { ConversationTable, Identity, LogHead, OpenPosition, Store } from '../store.ts';
import { type MemoryBooks, memoryBooks } from './books.ts';
import { applyChanges } from './commit.ts';
import { changesIn, countIn, pageOf } from './feed.ts';
import { forkOf } from './fork.ts';
import { scopeReadsOf } from './scope.ts';
import {
  compareText,
  eventOf,
  groupOf,
  inKeyOrder,
  type MemoryTables,
  memoryTables,
  rowOf,
  rowsIn,
} from './tables.ts';

/** A store in memory, which can go two ways from where it stands. */
export interface MemoryStore extends Store {
  /** Another store with the same rows, books and log: from here on neither sees what is committed to the other. */
  fork(): MemoryStore;
}

/** What a store in memory keeps. */
interface Kept {
  readonly identity: Identity;
  readonly tables: MemoryTables;
  readonly books: MemoryBooks;
  readonly log: LogHead[];
}

/** A store in memory, for simulators and tests: as durable as its process. The same suite holds for it as for SQLite. */
export function memoryStore(identity: Identity): MemoryStore {
  const log = [{ seq: 0, chain: genesisChain(identity), arrival: 0 }];
  return storeOver({ identity, tables: memoryTables(), books: memoryBooks(), log });
}

function storeOver({ identity, tables, books, log }: Kept): MemoryStore {
  const head = (): LogHead => log.at(-1) ?? { seq: 0, chain: genesisChain(identity), arrival: 0 };
  return {
    identity: async () => identity,
    head: async () => head(),
    chainAt: async (seq) => log[seq]?.chain ?? null,
    changes: async (query) => {
      const client = await books.reads.client(query.clientId);
      const lastMid = client?.agentId === query.agentId ? client.lastMid : 0;
      return changesIn(tables, head(), lastMid, query);
    },
    wholes: async (ids) => {
      const reads = scopeReadsOf(tables);
      return ids.map((id) => readWhole(reads, id));
    },
    sentRows: async (table, keys) => keys.map((key) => tables[table].rows.get(keyId(key)) ?? null),
    page: async (query) => pageOf(tables, query),
    count: async (agentId, isScoped) => countIn(tables, agentId, isScoped),
    commit: async (batch) => {
      const before = head();
      if (before.seq !== batch.expectedHead) return err({ type: 'headMoved', head: before.seq });
      const digest = applyChanges(tables, batch.changes, before.seq + 1);
      books.write(batch);
      if (digest === null) return ok({ head: before, changed: 0 });
      const arrival = Math.max(before.arrival, batch.arrival ?? 0);
      log.push({ seq: before.seq + 1, chain: nextChain(before.chain, digest.sum), arrival });
      return ok({ head: head(), changed: digest.count });
    },
    verify: async () => [],
    // Memory has no bits that flip unseen.
    verifySlice: async () => ({ rows: 0, damage: [], next: null }),
    close: async () => undefined,
    fork: () => storeOver({ identity, tables: forkOf(tables), books: books.fork(), log: [...log] }),
    ...rowReads(tables),
    ...timeReads(tables),
    ...books.reads,
  };
}

function conversationsOf(tables: MemoryTables): Conversation[] {
  return [...tables.conversation.rows.values()].map((row) => rowOf('conversation', row));
}

function rowReads(
  tables: MemoryTables,
): Pick<
  Store,
  | 'rows'
  | 'rowsOf'
  | 'ruledRows'
  | 'conversationRows'
  | 'histories'
  | 'settings'
  | 'fieldHolders'
  | 'openPage'
  | 'withAiPage'
  | 'conversationIds'
  | 'totals'
> {
  return {
    rows: async (table, keys) =>
      keys.map((key) => {
        const row = tables[table].rows.get(keyId(key));
        return row === undefined ? null : rowOf(table, row);
      }),
    rowsOf: async <T extends ConversationTable>(table: T, ids: readonly ConversationId[]) => {
      const found = new Map<ConversationId, readonly Rows[T][]>();
      for (const id of ids) found.set(id, rowsIn(tables, table, id));
      return found;
    },
    ruledRows: async (ids) => gathered(tables, ids, ruledRowsOf),
    conversationRows: async (ids) => gathered(tables, ids, conversationRowsOf),
    histories: async (ids) => new Map(ids.map((id) => [id, groupOf(tables.history, id).map(eventOf)])),
    settings: async () => inKeyOrder(tables.setting).map((row) => rowOf('setting', row)),
    fieldHolders: async (field, limit) => {
      const held = [...tables.fieldValue.rows.values()]
        .map((row) => rowOf('fieldValue', row))
        .filter((row) => row.field === field);
      return [...new Set(held.map((row) => row.conversationId))].sort(compareText).slice(0, limit);
    },
    openPage: async (after, limit) =>
      conversationsOf(tables)
        .flatMap(({ humanState, openedAt, id, customerId }) =>
          openedAt !== null && (humanState === 'open' || humanState === 'snoozed')
            ? [{ openedAt, id, customerId }]
            : [],
        )
        .filter((row) => after === null || compareOpen(row, after) > 0)
        .sort(compareOpen)
        .slice(0, limit),
    withAiPage: async (afterId, limit) =>
      conversationsOf(tables)
        .flatMap(({ humanState, aiOutcome, id, customerId }) =>
          humanState === null && aiOutcome === 'open' && compareText(id, afterId) > 0
            ? [{ id, customerId }]
            : [],
        )
        .sort((a, b) => compareText(a.id, b.id))
        .slice(0, limit),
    conversationIds: async (afterId, limit) =>
      conversationsOf(tables)
        .map((row) => row.id)
        .filter((id) => compareText(id, afterId) > 0)
        .sort(compareText)
        .slice(0, limit),
    totals: async () => ({
      conversations: tables.conversation.rows.size,
      messages: tables.message.rows.size,
      open: conversationsOf(tables).filter((row) => row.humanState === 'open').length,
    }),
  };
}

/** What `gather` takes from the tables of each conversation that is there. */
function gathered<R>(
  tables: MemoryTables,
  ids: readonly ConversationId[],
  gather: (conversation: Conversation, rowsIn: RowsIn) => R,
): ReadonlyMap<ConversationId, R> {
  const rowsOfTable: RowsIn = (table, id) => rowsIn(tables, table, id);
  const found = new Map<ConversationId, R>();
  for (const id of ids) {
    const row = tables.conversation.rows.get(id);
    if (row !== undefined) found.set(id, gather(rowOf('conversation', row), rowsOfTable));
  }
  return found;
}

/** Opened last first. */
function compareOpen(a: OpenPosition, b: OpenPosition): number {
  return b.openedAt - a.openedAt || compareText(a.id, b.id);
}

function timeReads(tables: MemoryTables): Pick<Store, 'due' | 'earliest'> {
  return {
    due: async (query) =>
      conversationsOf(tables)
        .filter((row) => {
          const idle = idleSince(row);
          return (
            (idle !== null && idle <= query.idleSince) ||
            (row.snoozedUntil !== null && row.snoozedUntil <= query.snoozedUntil)
          );
        })
        .map((row) => row.id)
        .filter((id) => compareText(id, query.afterId) > 0)
        .sort(compareText)
        .slice(0, query.limit),
    earliest: async () => {
      const rows = conversationsOf(tables);
      return {
        idleSince: least(rows.map(idleSince)),
        snoozedUntil: least(rows.map((row) => row.snoozedUntil)),
      };
    },
  };
}

/** Since when a conversation that closes by itself one day has been idle; null for any other. */
function idleSince(row: Conversation): EpochMillis | null {
  return row.aiOutcome === 'open' && row.handoffAt === null && row.cycleCount === 0 ? row.lastPublicAt : null;
}

function least(times: readonly (EpochMillis | null)[]): EpochMillis | null {
  let found: number | null = null;
  for (const time of times) if (time !== null && (found === null || time < found)) found = time;
  return found === null ? null : epochMillis(found);
}
