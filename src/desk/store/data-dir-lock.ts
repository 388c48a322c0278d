import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { err, ok, type Result } from '../../base/result.ts';
import { openDatabase, type Database } from '../../sqlite/database.ts';
import { sqliteFailure } from '../../sqlite/failure.ts';

/** A data directory held by this process until it ends or `release` is called. */
export interface DataDirLock {
  release(): void;
}

export type LockError =
  /** Another engine has it: which process, and since when (milliseconds of this machine's clock), where that could be read. */
  | { readonly type: 'inUse'; readonly pid: number | null; readonly since: number | null }
  | { readonly type: 'cannotOpen'; readonly code: string };

const FILE = 'lock.db';
const PID_FILE = 'lock.pid';
/** Long enough for a closing engine to let go, short enough to say so within a second. */
const WAIT = 400;

/**
 * Takes a data directory for this process: one engine each. The lock is the operating system's, held by SQLite on a file
 * of its own, so it ends with the process, also on kill -9, and is never stale.
 */
export function lockDataDir(dir: string): Result<DataDirLock, LockError> {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, FILE);
  const opened = openDatabase(path, { synchronous: 'NORMAL', busyTimeout: WAIT });
  if (!opened.ok) {
    if (opened.error.type === 'cannotOpen' && opened.error.code.startsWith('SQLITE_BUSY'))
      return err({ type: 'inUse', ...holderOf(dir) });
    return err({ type: 'cannotOpen', code: opened.error.type });
  }
  const db = opened.value;
  try {
    hold(db);
    writeFileSync(join(dir, PID_FILE), String(process.pid));
  } catch (thrown) {
    db.close();
    const failure = sqliteFailure(thrown);
    if (failure === null) throw thrown;
    if (failure.type === 'busy') return err({ type: 'inUse', ...holderOf(dir) });
    return err({ type: 'cannotOpen', code: failure.code });
  }
  return ok({
    release: () => {
      db.close();
    },
  });
}

/** Exclusive mode keeps the lock after the commit, until the connection closes. */
function hold(db: Database): void {
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  db.exec('PRAGMA journal_mode = DELETE');
  // A write takes the lock; the row itself says nothing.
  db.exec('CREATE TABLE IF NOT EXISTS lock (id INTEGER PRIMARY KEY)');
  db.run('INSERT INTO lock (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 1');
}

/** An exclusive lock keeps readers out of its file as well, so the holder's name lies in one beside it, written as it took the lock. */
function holderOf(dir: string): { readonly pid: number | null; readonly since: number | null } {
  const file = join(dir, PID_FILE);
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return { pid: null, since: null };
    return { pid, since: Math.floor(statSync(file).mtimeMs) };
  } catch {
    return { pid: null, since: null };
  }
}
