import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { epochMillis } from '../../src/base/time.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { sqlName, TABLES } from '../../src/protocol/tables.ts';
import type { Database } from '../../src/sqlite/database.ts';
import { newestVersion, openMigrated } from '../../src/sqlite/migrations.ts';
import {
  type Bundle,
  GENERATED_NOW,
  GENERATOR_VERSION,
  type GeneratorOptions,
  generateBundle,
} from './generate.ts';
import {
  fieldSettingRows,
  generatedFields,
  surveyRowsOf,
  valueRowsOf,
  VALUES_VERSION,
} from './generate-values.ts';
import { agentRows, type RowSums, type WireRows, wireRowsOf } from './rows.ts';

const FOLDER = path.join(import.meta.dirname, '../../.handoff/bench');
const BATCH = 5_000;
/** Tables and sync state; the list indexes and the search tables come after the rows, as after a bootstrap. */
const FIRST_MIGRATIONS = REPLICA_MIGRATIONS.filter((migration) => migration.id < 100);

/** Writes rows by plain INSERT, in the columns' wire order, with their digests if wanted: what a raw writer would do. */
export function insertRows(db: Database, rows: WireRows, sums: RowSums | null = null): void {
  for (const [table, values] of rows) {
    const spec = TABLES[table];
    const columns = [...spec.columns, ...(sums === null ? [] : ['sum'])].map(
      (column) => `"${sqlName(column)}"`,
    );
    const insert = db.prepare(
      `INSERT INTO ${spec.sql} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const own = sums?.get(table);
    if (own === undefined) for (const row of values) insert.run(...row);
    else for (const [index, row] of values.entries()) insert.run(...row, own[index] ?? null);
  }
}

/** Opens a replica file, migrated to the newest schema. Throws when it cannot. */
export function openReplica(file: string, cacheMiB = 16): Database {
  const opened = openMigrated(file, { synchronous: 'NORMAL', cacheMiB }, REPLICA_MIGRATIONS, epochMillis(0));
  if (!opened.ok) throw new Error(`cannot open ${file}: ${opened.error.type}`);
  return opened.value;
}

/** A replica in memory or a file, holding `bundles`; small ones, for tests. */
export function replicaOf(bundles: Iterable<Bundle>, file = ':memory:'): Database {
  const db = openReplica(file);
  db.transaction(() => {
    insertRows(db, agentRows());
    insertRows(db, wireRowsOf(bundles));
    setSynced(db);
  });
  return db;
}

function setSynced(db: Database): void {
  db.run(
    "UPDATE sync_state SET bootstrap_state = 'done', workspace_id = 'generated', epoch = 'generated', seq = 1, chain = '0', last_sync_at = ?",
    GENERATED_NOW,
  );
}

function write(file: string, options: GeneratorOptions, print: (line: string) => void): void {
  const opened = openMigrated(
    file,
    { synchronous: 'NORMAL', cacheMiB: 512 },
    FIRST_MIGRATIONS,
    epochMillis(0),
  );
  if (!opened.ok) throw new Error(`cannot write ${file}: ${opened.error.type}`);
  const db = opened.value;
  // A file that is thrown away when this is interrupted.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;');
  const fields = options.fields === undefined ? null : generatedFields(options.fields);
  insertRows(db, agentRows());
  if (fields !== null) insertRows(db, fieldSettingRows(fields));
  // Surveys have a table only after later migrations; they are few enough to wait.
  const later: WireRows[] = [];
  for (let from = 0; from < options.conversations; from += BATCH) {
    const to = Math.min(from + BATCH, options.conversations);
    const bundles = Array.from({ length: to - from }, (_, index) => generateBundle(options, from + index));
    db.transaction(() => {
      insertRows(db, wireRowsOf(bundles));
      if (fields === null) return;
      insertRows(db, valueRowsOf(bundles, from, fields));
      later.push(surveyRowsOf(bundles, from));
    });
    if (to % 200_000 === 0) print(`  generated ${to.toLocaleString('en')} conversations`);
  }
  db.close();
  const migrated = openReplica(file, 512);
  migrated.transaction(() => {
    for (const rows of later) insertRows(migrated, rows);
  });
  // After all migrations: one that brings tables asks for the rows anew.
  setSynced(migrated);
  migrated.checkpoint();
  migrated.close();
}

/**
 * The path of a generated replica, closed and fully migrated, made on first use and kept by seed and size under
 * `.handoff/bench`. A bench that writes copies it first.
 */
export function replicaFile(
  options: GeneratorOptions,
  print: (line: string) => void = () => undefined,
): string {
  const schema = newestVersion(REPLICA_MIGRATIONS);
  const values = options.fields === undefined ? '' : `-f${options.fields}v${VALUES_VERSION}`;
  const name = `replica-${options.seed}-${options.conversations}-${options.messages}${values}-g${GENERATOR_VERSION}-s${schema}.db`;
  const file = path.join(FOLDER, name);
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const unfinished = `${file}.unfinished`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  print(`Generating ${options.conversations.toLocaleString('en')} conversations, seed ${options.seed} …`);
  write(unfinished, options, print);
  renameSync(unfinished, file);
  return file;
}
