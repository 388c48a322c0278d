import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Replica } from '../../../src/desk/replica/replica.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { insertRows, openReplica, replicaFile } from '../dataset.ts';
import { generateBundle, GENERATED_ME, type GeneratorOptions } from '../generate.ts';
import type { Bench } from '../harness.ts';
import { tableRowsOf, type WireRows, wireRowsOf } from '../rows.ts';

const CURSOR = { epoch: 'generated', seq: 2, chain: '1' };

/** A fresh copy of the indexed replica for every sample, so that both sides write into the same file. */
function copies(original: string, folder: string) {
  let db: Database | null = null;
  const file = path.join(folder, 'replica.db');
  return {
    open: (): Database => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      copyFileSync(original, file);
      db = openReplica(file, 64);
      // Warm: the schema is read and the caches hold the hot pages of the indexes, as in a desk that runs.
      db.pluck('SELECT count(*) FROM conversation');
      return db;
    },
    close: (): void => db?.close(),
  };
}

const COUNTED = `SELECT
  (SELECT count(*) FROM conversation) || ' ' || (SELECT count(*) FROM message) || ' ' ||
  (SELECT total(last_message_at) FROM conversation) || ' ' || (SELECT total(length(text)) FROM message)`;

/** New conversations arrive in one pull, into a replica with all its indexes. */
export const b1: Bench = {
  id: 'B1',
  title: 'live ingest into an indexed replica, beside a raw insert of the same rows',
  run: async (bench) => {
    const held = bench.quick ? 2_000 : 50_000;
    const fresh = bench.quick ? 200 : 2_000;
    const options: GeneratorOptions = { seed: bench.seed, conversations: held, messages: held * 6 };
    const original = replicaFile(options, bench.note);
    const more: GeneratorOptions = { ...options, conversations: held * 10, messages: held * 60 };
    const bundles = Array.from({ length: fresh }, (_, index) => generateBundle(more, held * 9 + index));
    const tables = tableRowsOf(bundles);
    const rows: WireRows = wireRowsOf(bundles);
    const count = tables.reduce((sum, table) => sum + table.puts.length, 0);
    const folder = mkdtempSync(path.join(tmpdir(), 'handoff-b1-'));
    const ours = copies(original, path.join(folder));
    const beside = copies(original, path.join(folder));
    let replica: Replica | null = null;
    let raw: Database | null = null;
    try {
      return [
        await bench.ratio({
          name: 'a pull applied',
          bar: { kind: 'rate', limit: 0.8 },
          sample: `${count} rows of ${fresh} conversations into ${held.toLocaleString('en')}`,
          ours: {
            prepare: () => {
              replica = new Replica(ours.open());
              replica.setState({ agentId: GENERATED_ME });
              replica.start([]);
            },
            run: () => {
              replica?.apply(tables, { cursor: CURSOR });
              return replica?.db;
            },
            digest: (db) => db?.pluck<string>(COUNTED) ?? '',
            cleanup: ours.close,
          },
          beside: {
            prepare: () => {
              raw = beside.open();
            },
            run: () => {
              const db = raw;
              db?.transaction(() => insertRows(db, rows));
              return db;
            },
            digest: (db) => db?.pluck<string>(COUNTED) ?? '',
            cleanup: beside.close,
          },
        }),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
