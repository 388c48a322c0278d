import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { epochMillis, manualClock } from '../../../src/base/time.ts';
import { DeskCore } from '../../../src/desk/desk-core.ts';
import { ENTRY_COLUMNS } from '../../../src/desk/outbox/entry.ts';
import { Outbox } from '../../../src/desk/outbox/outbox.ts';
import { Replica } from '../../../src/desk/replica/replica.ts';
import { OUTBOX_MIGRATIONS } from '../../../src/desk/store/outbox-migrations.ts';
import type { Database, SqlValue } from '../../../src/sqlite/database.ts';
import { openMigrated } from '../../../src/sqlite/migrations.ts';
import { replicaOf } from '../dataset.ts';
import { generateBundle, GENERATED_ME, GENERATED_NOW, type GeneratorOptions } from '../generate.ts';
import type { Bench, BenchContext } from '../harness.ts';

const COLUMNS = `${ENTRY_COLUMNS}, attempted, outcome`;
const INSERT = `INSERT INTO outbox (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const STORED = `SELECT ${COLUMNS} FROM outbox ORDER BY mid LIMIT ?`;

function outboxFile(file: string): Database {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const opened = openMigrated(file, { synchronous: 'FULL' }, OUTBOX_MIGRATIONS, epochMillis(0));
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}

/** A desk of its own on a small replica; `durableMs` is the time from each call to its durable commit, added up. */
function desk(folder: string, conversations: number, seed: number) {
  const options: GeneratorOptions = { seed, conversations, messages: conversations * 6 };
  const bundles = Array.from({ length: conversations }, (_, index) => generateBundle(options, index));
  const replicaDb = replicaOf(bundles, path.join(folder, 'replica.db'));
  const outboxDb = outboxFile(path.join(folder, 'outbox.db'));
  const replica = new Replica(replicaDb);
  replica.setState({ agentId: GENERATED_ME });
  const outbox = new Outbox(outboxDb, { next: () => 'bench-desk' });
  const core = new DeskCore({
    replica,
    outbox,
    clock: manualClock(GENERATED_NOW),
    onChange: () => undefined,
  });
  let durableAt = 0;
  const append = outbox.append.bind(outbox);
  outbox.append = (entry, used) => {
    append(entry, used);
    durableAt = performance.now();
  };
  const ids = bundles.map((bundle) => bundle.conversation.id);
  return {
    outboxDb,
    run: () => {
      let durableMs = 0;
      for (const conversationId of ids) {
        const called = performance.now();
        const made = core.mutate({
          name: 'conversation.setPriority',
          args: { conversationId, priority: 'high' },
        });
        if (!made.ok && made.error.type !== 'invalidState') throw new Error(made.error.type);
        if (made.ok) durableMs += durableAt - called;
      }
      return durableMs;
    },
    close: () => {
      outboxDb.close();
      replicaDb.close();
    },
  };
}

async function measure(bench: BenchContext, folder: string) {
  const count = bench.quick ? 20 : 200;
  const settings = [path.join(folder, 'ours'), count, bench.seed] as const;
  // The rows a desk writes are what the raw side writes as well.
  const model = desk(path.join(folder, 'model'), count, bench.seed);
  model.run();
  const rows = model.outboxDb.prepareRaw<SqlValue[], [number]>(STORED).all(count);
  model.close();
  const digest = (db: Database) => JSON.stringify(db.prepareRaw(STORED).all(count));
  let ours: ReturnType<typeof desk> | null = null;
  let raw: Database | null = null;
  return bench.ratio({
    name: 'one mutation, call to durable',
    bar: { kind: 'time', limit: 1.5 },
    // A commit waits for the disk, whose pace changes from one tenth of a second to the next: more pairs, not longer ones.
    pairs: 31,
    sample: `${rows.length} mutations, each its own commit`,
    ours: {
      prepare: () => {
        rmSync(settings[0], { recursive: true, force: true });
        ours = desk(...settings);
      },
      run: () => ({ ms: ours?.run() ?? 0, db: ours?.outboxDb }),
      millis: ({ ms }) => ms,
      digest: ({ db }) => (db === undefined ? '' : digest(db)),
      cleanup: () => ours?.close(),
    },
    beside: {
      prepare: () => {
        raw = outboxFile(path.join(folder, 'raw.db'));
      },
      run: () => {
        const insert = raw?.prepare<never, SqlValue[]>(INSERT);
        for (const row of rows) insert?.run(...row);
        return raw;
      },
      digest: (db) => (db === null ? '' : digest(db)),
      cleanup: () => raw?.close(),
    },
  });
}

/** What the screen waits for before it says "saved" (Y1). */
export const b5: Bench = {
  id: 'B5',
  title: 'one mutation, call to durable, beside a raw FULL commit of the same rows',
  run: async (bench) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handoff-b5-'));
    try {
      return [await measure(bench, folder)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
