import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import Driver from 'better-sqlite3';
import { err, ok, type Result } from '../base/result.ts';
import { wrapDriver } from './connection.ts';
import { sqliteFailure } from './failure.ts';
import { lookAtFile } from './header.ts';
import type { Database } from './types.ts';
import { assertNode, isAtLeast, MIN_SQLITE } from './versions.ts';

export type * from './types.ts';

export interface OpenOptions {
  /** FULL: a commit survives a power cut (outbox, workspace). NORMAL: the last ones may not (replica, rebuildable). */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly readonly?: boolean;
  /** Page cache; 16 when absent. */
  readonly cacheMiB?: number;
  /** Memory-mapped part of the file; none when absent. */
  readonly mmapMiB?: number;
  /** How long to wait for another connection's lock, in milliseconds; 5,000 when absent. */
  readonly busyTimeout?: number;
  /** Id of the newest migration this build knows; a file with a greater `user_version` is not opened (Y15). */
  readonly knownVersion?: number;
}

/** Why a file was not opened. Nothing was written to it. */
export type OpenError =
  /** Not a SQLite file (or an encrypted one). */
  | { readonly type: 'notADatabase'; readonly path: string }
  /** A SQLite file whose first pages cannot be read. */
  | { readonly type: 'corrupt'; readonly path: string; readonly code: string }
  /** Written by a newer build (Y15). */
  | {
      readonly type: 'fromTheFuture';
      readonly path: string;
      readonly version: number;
      readonly known: number;
    }
  /** Missing rights, a folder in its place, another program's lock. */
  | { readonly type: 'cannotOpen'; readonly path: string; readonly code: string };

const CACHE_MIB = 16;
const BUSY_TIMEOUT = 5_000;
const WAL_SIZE_LIMIT = 64 * 1024 * 1024;

/**
 * Opens a database file, making it and its folder when absent, or `:memory:`. Looks first and writes nothing when the
 * file is not ours to open (Y15). Throws under an old Node or SQLite, and on what is not the file's fault.
 */
export function openDatabase(path: string, options: OpenOptions): Result<Database, OpenError> {
  assertNode(process.versions.node);
  if (path === ':memory:') return ok(configured(new Driver(path), path, options));
  try {
    const refused = lookFirst(path, options);
    if (refused !== null) return err(refused);
    if (options.readonly !== true) mkdirSync(dirname(path), { recursive: true });
    return openFile(path, options);
  } catch (thrown) {
    const error = openError(thrown, path);
    if (error === null) throw thrown;
    return err(error);
  }
}

function openFile(path: string, options: OpenOptions): Result<Database, OpenError> {
  const driver = new Driver(path, {
    readonly: options.readonly ?? false,
    timeout: options.busyTimeout ?? BUSY_TIMEOUT,
  });
  try {
    return ok(configured(driver, path, options));
  } catch (thrown) {
    driver.close();
    throw thrown;
  }
}

/** Why the file must not be opened, found without a write; null when it may be. */
function lookFirst(path: string, options: OpenOptions): OpenError | null {
  const look = lookAtFile(path);
  if (look.kind === 'other') return { type: 'notADatabase', path };
  if (look.kind !== 'sqlite' || options.knownVersion === undefined) return null;
  // The newest version may still lie in the write-ahead log: ask SQLite, read-only.
  const version = look.hasWal ? Math.max(look.userVersion, versionReadOnly(path)) : look.userVersion;
  if (version <= options.knownVersion) return null;
  return { type: 'fromTheFuture', path, version, known: options.knownVersion };
}

function versionReadOnly(path: string): number {
  const driver = new Driver(path, { readonly: true, fileMustExist: true });
  try {
    return Number(driver.pragma('user_version', { simple: true }));
  } finally {
    driver.close();
  }
}

/** Sets every pragma we rely on; reads the schema once, so that a damaged file shows here and not in a query. */
function configured(driver: Driver.Database, path: string, options: OpenOptions): Database {
  const version = String(driver.prepare('SELECT sqlite_version()').pluck().get());
  if (!isAtLeast(version, MIN_SQLITE))
    throw new Error(`SQLite ${MIN_SQLITE} or later is needed, this is ${version}`);
  // One call: of a start of seven milliseconds, a dozen single ones take a third of one.
  driver.exec(
    [
      'PRAGMA trusted_schema = OFF',
      'PRAGMA cell_size_check = ON',
      'PRAGMA foreign_keys = ON',
      `PRAGMA cache_size = ${-1024 * (options.cacheMiB ?? CACHE_MIB)}`,
      'PRAGMA temp_store = MEMORY',
      ...(options.mmapMiB === undefined ? [] : [`PRAGMA mmap_size = ${options.mmapMiB * 1024 * 1024}`]),
      'SELECT count(*) FROM sqlite_schema',
      ...(options.readonly === true
        ? []
        : ['PRAGMA journal_mode = WAL', `PRAGMA journal_size_limit = ${WAL_SIZE_LIMIT}`]),
      // After the journal mode: the driver's build sets NORMAL for WAL by itself.
      `PRAGMA synchronous = ${options.synchronous}`,
      // On macOS a plain fsync leaves the data in the drive's cache.
      `PRAGMA fullfsync = ${options.synchronous === 'FULL' ? 'ON' : 'OFF'}`,
      'PRAGMA checkpoint_fullfsync = ON',
    ].join(';'),
  );
  return wrapDriver(driver, path);
}

/** The expected failures of opening, as values; null for what should be thrown on. */
function openError(thrown: unknown, path: string): OpenError | null {
  const failure = sqliteFailure(thrown);
  if (failure !== null) {
    if (failure.type === 'notADatabase') return { type: 'notADatabase', path };
    if (failure.type === 'corrupt') return { type: 'corrupt', path, code: failure.code };
    return { type: 'cannotOpen', path, code: failure.code };
  }
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') {
    return { type: 'cannotOpen', path, code: thrown.code };
  }
  return null;
}
