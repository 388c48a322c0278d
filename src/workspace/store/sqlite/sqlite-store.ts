import { must } from '../../../base/must.ts';
import { ok, type Result } from '../../../base/result.ts';
import { type EpochMillis, epochMillis } from '../../../base/time.ts';
import type { OpenError } from '../../../sqlite/database.ts';
import { openMigrated } from '../../../sqlite/migrations.ts';
import type { Database } from '../../../sqlite/types.ts';
import { conversationRowsOf, ruledRowsOf } from '../conversation-rows.ts';
import type { Identity, Store } from '../store.ts';
import {
  readAccess,
  readAudit,
  readClient,
  readClosings,
  readContinuations,
  readOutcomes,
  readPending,
  readReceipts,
  readStamps,
} from './books.ts';
import { commitBatch } from './commit.ts';
import { countRows, countTotals, readChanges, readPage, readSentRows, readWholes } from './feed.ts';
import { readChainAt, readHead, readIdentity, readMeta } from './head.ts';
import { WORKSPACE_MIGRATIONS } from './migrations/all.ts';
import {
  readConversationIds,
  readDue,
  readEarliest,
  readFieldHolders,
  readGathered,
  readHistories,
  readOpenPage,
  readWithAiPage,
  readRows,
  readRowsOf,
  readSettings,
} from './rows.ts';
import { verifyFile, verifySlice } from './verify.ts';

/**
 * Opens a workspace's file, making it when absent. `identity` is what a new file will say it is; an old one keeps its
 * own. A commit survives a power cut (`synchronous=FULL`). A file from a newer build is refused unwritten (Y15).
 */
export function openSqliteStore(
  path: string,
  identity: Identity,
  now: EpochMillis,
): Result<Store, OpenError> {
  const opened = openMigrated(path, { synchronous: 'FULL', cacheMiB: 64 }, WORKSPACE_MIGRATIONS, now);
  if (!opened.ok) return opened;
  return ok(sqliteStore(opened.value, identity));
}

/** The store over an open and migrated database; `close` closes it. */
export function sqliteStore(db: Database, fresh: Identity): Store {
  db.transaction(() => {
    const meta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
    meta.run('workspaceId', fresh.workspaceId);
    meta.run('epoch', fresh.epoch);
  });
  const identity = readIdentity(db);
  // Every method is one synchronous call of the driver; the promise is the contract's, for stores that must wait.
  return {
    identity: async () => identity,
    head: async () => readHead(db, identity),
    chainAt: async (seq) => readChainAt(db, identity, seq),
    rows: async (table, keys) => readRows(db, table, keys),
    rowsOf: async (table, ids) => readRowsOf(db, table, ids),
    ruledRows: async (ids) => readGathered(db, ids, ruledRowsOf),
    conversationRows: async (ids) => readGathered(db, ids, conversationRowsOf),
    histories: async (ids) => readHistories(db, ids),
    settings: async () => readSettings(db),
    fieldHolders: async (field, limit) => readFieldHolders(db, field, limit),
    client: async (id) => readClient(db, id),
    outcomes: async (id, from, to) => readOutcomes(db, id, from, to),
    receipts: async (ids) => readReceipts(db, ids),
    stamps: async (keys) => readStamps(db, keys),
    pendingOf: async (ids) => readPending(db, ids),
    pendingCount: async () => db.pluck<number>('SELECT count(*) FROM pending_event') ?? 0,
    continuations: async (ids) => readContinuations(db, ids),
    due: async (query) => readDue(db, query),
    earliest: async () => {
      const { idleSince, snoozedUntil } = readEarliest(db);
      return {
        idleSince: idleSince === null ? null : epochMillis(idleSince),
        snoozedUntil: snoozedUntil === null ? null : epochMillis(snoozedUntil),
      };
    },
    closings: async (until, limit) => readClosings(db, until, limit),
    linkSecret: async (fresh) =>
      db.transaction(() => {
        db.run(
          'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING',
          'linkSecret',
          fresh,
        );
        return must(readMeta(db, 'linkSecret'), 'the secret of links');
      }),
    changes: async (query) => readChanges(db, identity, query),
    wholes: async (ids) => readWholes(db, ids),
    sentRows: async (table, keys) => readSentRows(db, table, keys),
    page: async (query) => readPage(db, query),
    openPage: async (after, limit) => readOpenPage(db, after, limit),
    withAiPage: async (afterId, limit) => readWithAiPage(db, afterId, limit),
    count: async (agentId, isScoped) => countRows(db, agentId, isScoped),
    totals: async () => countTotals(db),
    conversationIds: async (afterId, limit) => readConversationIds(db, afterId, limit),
    access: async (hash) => readAccess(db, hash),
    audit: async (afterSeq, limit) => readAudit(db, afterSeq, limit),
    commit: async (batch) => commitBatch(db, identity, batch),
    verify: async (limit) => verifyFile(db, identity, limit),
    verifySlice: async (from, limit) => verifySlice(db, identity, from, limit),
    close: async () => db.close(),
  };
}
