import Driver from 'better-sqlite3';
import type { OpenError } from './database.ts';

/** What went wrong in SQLite, told apart as far as a caller can act on it. */
export const SQLITE_FAILURE_TYPES = [
  'busy',
  'diskFull',
  'io',
  'corrupt',
  'notADatabase',
  'readonly',
  'constraint',
  'cannotOpen',
  'other',
] as const;
export type SqliteFailureType = (typeof SQLITE_FAILURE_TYPES)[number];

export interface SqliteFailure {
  readonly type: SqliteFailureType;
  /** SQLite's extended result code, `SQLITE_IOERR_FSYNC`; for logs. */
  readonly code: string;
}

const BY_PRIMARY_CODE: ReadonlyMap<string, SqliteFailureType> = new Map([
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'notADatabase'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_CONSTRAINT', 'constraint'],
  ['SQLITE_CANTOPEN', 'cannotOpen'],
  ['SQLITE_PERM', 'cannotOpen'],
]);

/** Reads a thrown value: what SQLite reported, or null when the error is not SQLite's and should be thrown on. */
export function sqliteFailure(thrown: unknown): SqliteFailure | null {
  if (!(thrown instanceof Driver.SqliteError)) return null;
  const code = thrown.code;
  const primary = code.split('_').slice(0, 2).join('_');
  return { type: BY_PRIMARY_CODE.get(primary) ?? 'other', code };
}

/** A failing disk by the code that screens know; null for everything else that was thrown. */
export function diskCode(thrown: unknown): 'diskFull' | 'diskFailed' | null {
  const type = sqliteFailure(thrown)?.type;
  if (type === 'diskFull') return 'diskFull';
  return type === 'io' || type === 'readonly' || type === 'cannotOpen' ? 'diskFailed' : null;
}

/** Whether a failure says that the file itself is damaged. */
export function isDamage(type: string | undefined): type is 'corrupt' | 'notADatabase' {
  return type === 'corrupt' || type === 'notADatabase';
}

/** What was thrown while a file was opened, migrated or first read, as the answer of opening; null when it is a bug. */
export function openFailure(thrown: unknown, path: string): OpenError | null {
  const failure = sqliteFailure(thrown);
  if (failure === null) return null;
  if (failure.type === 'notADatabase') return { type: 'notADatabase', path };
  if (failure.type === 'corrupt') return { type: 'corrupt', path, code: failure.code };
  return failure.type === 'diskFull' || diskCode(thrown) !== null
    ? { type: 'cannotOpen', path, code: failure.code }
    : null;
}
