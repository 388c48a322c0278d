import { err, ok, type Result } from '../base/result.ts';
import type { EpochMillis } from '../base/time.ts';
import { type OpenError, type OpenOptions, openDatabase } from './database.ts';
import type { Database, ReadableDb, WritableDb } from './types.ts';

/** One step of a schema (Y15): a file each, ids in steps of ten, never changed after it shipped. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** Runs in a transaction of its own with foreign keys unenforced; they are checked before it commits. */
  up(db: WritableDb): void;
}

export interface MigrationError {
  readonly type: 'fromTheFuture';
  readonly path: string;
  /** The file's newest migration. */
  readonly version: number;
  /** This build's newest. */
  readonly known: number;
}

const STEP = 10;

/** The id of the newest migration, 0 of none: what `OpenOptions.knownVersion` takes. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.id ?? 0;
}

/**
 * Brings a database up to the newest migration and answers the ids it applied. Recorded in `user_version` and in the
 * table `schema_migration` with `now`. Throws when a migration throws: it is taken back, earlier ones stand.
 */
export function migrate(
  db: Database,
  migrations: readonly Migration[],
  now: EpochMillis,
): Result<readonly number[], MigrationError> {
  assertOrdered(migrations);
  const known = newestVersion(migrations);
  const version = userVersion(db);
  const applied = version === 0 ? [] : recordedIds(db);
  const stranger = applied.find((id) => !migrations.some((migration) => migration.id === id));
  if (version > known || stranger !== undefined) {
    return err({ type: 'fromTheFuture', path: db.path, version: Math.max(version, stranger ?? 0), known });
  }
  const due = migrations.filter((migration) => !applied.includes(migration.id));
  if (due.length === 0) return ok([]);
  db.exec('PRAGMA foreign_keys = OFF');
  try {
    for (const migration of due) apply(db, migration, now);
  } finally {
    db.exec('PRAGMA foreign_keys = ON');
  }
  return ok(due.map((migration) => migration.id));
}

/** Opens a file and migrates it, refusing one from a newer build before any write (Y15). */
export function openMigrated(
  path: string,
  options: Omit<OpenOptions, 'knownVersion' | 'readonly'>,
  migrations: readonly Migration[],
  now: EpochMillis,
): Result<Database, OpenError> {
  const opened = openDatabase(path, { ...options, knownVersion: newestVersion(migrations) });
  if (!opened.ok) return opened;
  try {
    const migrated = migrate(opened.value, migrations, now);
    if (migrated.ok) return opened;
    opened.value.close();
    return migrated;
  } catch (thrown) {
    opened.value.close();
    throw thrown;
  }
}

/** The id of the newest migration that ran on this file; 0 for a new one. */
export function userVersion(db: ReadableDb): number {
  return db.pluck<number>('PRAGMA user_version') ?? 0;
}

function recordedIds(db: ReadableDb): readonly number[] {
  return db.preparePluck<number>('SELECT id FROM schema_migration ORDER BY id').all();
}

function apply(db: WritableDb, migration: Migration, now: EpochMillis): void {
  db.transaction(() => {
    db.exec(
      'CREATE TABLE IF NOT EXISTS schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    );
    migration.up(db);
    const orphan = db.get<{ table: string }>('PRAGMA foreign_key_check');
    if (orphan !== undefined) throw new Error(`migration ${migration.id} leaves orphans in ${orphan.table}`);
    db.run(
      'INSERT INTO schema_migration (id, name, applied_at) VALUES (?, ?, ?)',
      migration.id,
      migration.name,
      now,
    );
    db.exec(`PRAGMA user_version = ${migration.id}`);
  });
}

function assertOrdered(migrations: readonly Migration[]): void {
  let last = 0;
  for (const { id, name } of migrations) {
    if (!Number.isInteger(id) || id % STEP !== 0 || id <= last) {
      throw new Error(
        `invariant broken: migration ${id} ${name} does not follow ${last} in steps of ${STEP}`,
      );
    }
    last = id;
  }
}
