import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { epochMillis } from '../../../src/base/time.ts';
import { Replica } from '../../../src/desk/replica/replica.ts';
import { FilledRows } from '../../../src/desk/replica/written.ts';
import { REPLICA_MIGRATIONS } from '../../../src/desk/store/replica-migrations.ts';
import { slicesOf } from '../../../src/desk/sync/slices.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { type Migration, migrate, openMigrated } from '../../../src/sqlite/migrations.ts';
import { insertRows, openReplica } from '../dataset.ts';
import { GENERATED_ME } from '../generate.ts';
import type { Bench } from '../harness.ts';
import { readPage, type Recorded, recordBootstrap } from '../recorded.ts';

const COUNTED = `SELECT
  (SELECT count(*) FROM conversation) || ' ' || (SELECT count(*) FROM message) || ' ' ||
  (SELECT total(last_message_at) FROM conversation) || ' ' || (SELECT total(length(text)) FROM message) || ' ' ||
  (SELECT total(sum) FROM message) || ' ' || (SELECT total(sum) FROM conversation)`;
const SLICE_ROWS = 2_000;
const CACHE_MIB = 64;
/** The tables and their columns alone: list indexes, feeds and full text are made once the rows are in. */
const INDEXES = ['list-indexes', 'search', 'field-values', 'feed-indexes'];
const TABLES_ALONE: readonly Migration[] = REPLICA_MIGRATIONS.filter(({ name }) => !INDEXES.includes(name));

/** Decodes and applies a recorded bootstrap as the desk does: page by page, in slices, each a commit. */
export function applyRecorded(db: Database, { pages }: Recorded): void {
  const replica = new Replica(db);
  replica.setState({ agentId: GENERATED_ME });
  replica.start([]);
  replica.setFilling(true);
  let done = 0;
  for (const text of pages) {
    const page = readPage(text);
    const { bootstrap } = replica.state();
    replica.setState({ cursor: page.cursor, bootstrap: { ...bootstrap, seen: page.cursor } });
    const written = new FilledRows();
    for (const { tables } of slicesOf(page.tables, SLICE_ROWS)) replica.fill(tables, written);
    done += written.count;
    replica.setState({
      bootstrap: {
        state: page.next === null ? 'done' : 'running',
        position: page.next,
        seen: page.cursor,
        done,
        total: page.totalRows,
      },
    });
  }
  replica.setFilling(false);
}

/** What a raw writer does with the same rows: one transaction, then the indexes. */
export function rawBulk(file: string, { rows, sums }: Recorded): Database {
  const opened = openMigrated(
    file,
    { synchronous: 'NORMAL', cacheMiB: CACHE_MIB },
    TABLES_ALONE,
    epochMillis(0),
  );
  if (!opened.ok) throw new Error(opened.error.type);
  const db = opened.value;
  db.transaction(() => insertRows(db, rows, sums));
  const migrated = migrate(db, REPLICA_MIGRATIONS, epochMillis(0));
  if (!migrated.ok) throw new Error(migrated.error.type);
  return db;
}

/** B2: a desk fills itself from a workspace, beside the same rows written raw. Full text is built behind it, in both apart. */
export const b2: Bench = {
  id: 'B2',
  title: 'bootstrap of a desk: recorded pages decoded and applied, beside raw bulk insert, then index',
  run: async (bench) => {
    const conversations = bench.quick ? 2_000 : 100_000;
    const recorded = recordBootstrap({ seed: bench.seed, conversations, messages: conversations * 10 });
    const folder = mkdtempSync(path.join(tmpdir(), 'handoff-b2-'));
    const file = path.join(folder, 'replica.db');
    let db: Database | null = null;
    const clean = (): void => {
      db?.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    };
    try {
      return [
        await bench.ratio({
          name: 'decode and apply',
          bar: { kind: 'rate', limit: 0.75 },
          pairs: 9,
          sample: `${recorded.count.toLocaleString('en')} rows of ${conversations.toLocaleString('en')} conversations`,
          ours: {
            prepare: () => {
              db = openReplica(file, CACHE_MIB);
            },
            run: () => {
              if (db !== null) applyRecorded(db, recorded);
              return db;
            },
            digest: (made) => made?.pluck<string>(COUNTED) ?? '',
            cleanup: clean,
          },
          beside: {
            run: () => {
              db = rawBulk(file, recorded);
              return db;
            },
            digest: (made) => made?.pluck<string>(COUNTED) ?? '',
            cleanup: clean,
          },
        }),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
