import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { err } from '../../base/result.ts';
import { type Database, openDatabase, type SqlValue } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';
import { emptied, type EntryRow, entryValues, isSound, rowToEntry } from './entry.ts';
import { epochMillis } from '../../base/time.ts';

/** How much came out of a damaged outbox. */
export interface Salvaged {
  readonly entries: number;
  readonly attention: number;
  readonly drafts: number;
  readonly preferences: number;
}

type Row = Readonly<Record<string, SqlValue>>;

interface Part {
  readonly table: string;
  readonly columns: string;
  readonly key: string;
}

const ENTRIES: Part = {
  table: 'outbox',
  columns: 'mid, name, args, made_at, conversation_id, inverse_name, inverse_args, undoes, sum, outcome',
  key: 'mid',
};
const ATTENTION: Part = {
  table: 'attention',
  columns: 'mid, kind, name, args, made_at, conversation_id, code, detail, sum',
  key: 'mid',
};
const DRAFTS: Part = {
  table: 'draft',
  columns: 'conversation_id, kind, text, updated_at, sum',
  key: 'conversation_id, kind',
};
const PREFERENCES: Part = { table: 'preference', columns: 'key, value, sum', key: 'key' };

const MOST_ROWS = 1_000_000;
const PAGE_COUNT_AT = 28;

/**
 * Carries into `fresh`, a new and empty outbox, what can be read from the damaged file: entries without an answer under
 * new numbers, what needs attention, drafts, preferences. The journal stays behind: nothing in it waits. One commit.
 */
export function salvageOutbox(damaged: string, fresh: Database): Salvaged {
  const attention = readSound(damaged, fresh, ATTENTION);
  const entries = readSound(damaged, fresh, ENTRIES).filter((row) => row['outcome'] === null);
  const drafts = readSound(damaged, fresh, DRAFTS);
  const preferences = readSound(damaged, fresh, PREFERENCES);
  fresh.transaction(() => {
    let mid = 0;
    for (const row of attention) {
      mid += 1;
      // What needs attention has a number that the workspace must have seen: a noop takes it there.
      insertEntry(fresh, [...entryValues(emptied({ mid, madeAt: epochMillis(Number(row['made_at'])) }))]);
      insert(fresh, ATTENTION, { ...row, mid });
    }
    for (const row of entries) {
      mid += 1;
      // What it took back is known by a number of before.
      insertEntry(fresh, entryValues({ ...rowToEntry(row as unknown as EntryRow), mid, undoes: null }));
    }
    for (const row of drafts) insert(fresh, DRAFTS, row);
    for (const row of preferences) insert(fresh, PREFERENCES, row);
  });
  return {
    entries: entries.length,
    attention: attention.length,
    drafts: drafts.length,
    preferences: preferences.length,
  };
}

function insertEntry(fresh: Database, values: readonly SqlValue[]): void {
  const columns = ENTRIES.columns.replace(', outcome', ', attempted, outcome');
  fresh.run(`INSERT INTO outbox (${columns}) VALUES (${marks(11)})`, ...values, 0, null);
}

/** The sum is of the record as it is now. */
function insert(fresh: Database, { table, columns }: Part, row: Row): void {
  const values = columns
    .split(', ')
    .slice(0, -1)
    .map((column) => row[column] ?? null);
  fresh.run(
    `INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${marks(values.length + 1)})`,
    ...values,
    checksum(values),
  );
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/** Records whose checksum holds, in key order; drafts also without one, since they are the agent's words. */
function readSound(damaged: string, fresh: Database, part: Part): readonly Row[] {
  const rows = readPart(damaged, fresh, part);
  if (part === DRAFTS) return rows;
  if (part === ENTRIES) return rows.filter((row) => isSound(row as unknown as EntryRow));
  return rows.filter((row) => {
    const values = part.columns
      .split(', ')
      .slice(0, -1)
      .map((column) => row[column] ?? null);
    return row['sum'] === checksum(values);
  });
}

/** Reads a table from both ends up to the damage: as the file is, then with a first page borrowed from the new one. */
function readPart(damaged: string, fresh: Database, part: Part): readonly Row[] {
  const rows = new Map<string, Row>();
  const names = part.key.split(', ');
  const take = (file: string): void => {
    for (const row of [...readUntil(file, part, 'ASC'), ...readUntil(file, part, 'DESC').reverse()]) {
      const key = JSON.stringify(names.map((name) => row[name]));
      if (!rows.has(key)) rows.set(key, row);
    }
  };
  take(damaged);
  if (rows.size === 0) withBorrowedHead(damaged, fresh, take);
  return [...rows.values()];
}

function readUntil(file: string, { table, columns, key }: Part, direction: 'ASC' | 'DESC'): Row[] {
  const rows: Row[] = [];
  const order = key
    .split(', ')
    .map((name) => `${name} ${direction}`)
    .join(', ');
  const opened = openQuietly(file);
  if (!opened.ok) return rows;
  try {
    const sql = `SELECT ${columns} FROM ${table} ORDER BY ${order} LIMIT ?`;
    for (const row of opened.value.prepare<Row, [number]>(sql).iterate(MOST_ROWS)) rows.push(row);
  } catch {
    // The damage: what came before it counts.
  } finally {
    opened.value.close();
  }
  return rows;
}

function openQuietly(file: string): ReturnType<typeof openDatabase> {
  try {
    return openDatabase(file, { synchronous: 'FULL', readonly: true });
  } catch {
    return err({ type: 'corrupt', path: file, code: 'SQLITE_CORRUPT' });
  }
}

/**
 * Tries a copy whose first page, with the header and the names of all tables, is that of the new file: both were laid out
 * by the same migrations, so the tables begin at the same pages.
 */
function withBorrowedHead(damaged: string, fresh: Database, read: (file: string) => void): void {
  const copy = `${damaged}-read`;
  try {
    fresh.checkpoint();
    const head = readFileSync(fresh.path);
    const pageSize = head.readUInt16BE(16);
    copyFileSync(damaged, copy);
    const rest = readFileSync(copy);
    // A file cut short is filled up: SQLite refuses a file whose tables begin behind its end.
    const pages = Math.max(Math.floor(rest.length / pageSize), Math.floor(head.length / pageSize));
    const bytes = Buffer.concat([rest.subarray(0, pages * pageSize)], pages * pageSize);
    head.copy(bytes, 0, 0, pageSize);
    bytes.writeUInt32BE(pages, PAGE_COUNT_AT);
    writeFileSync(copy, bytes);
    for (const suffix of ['-wal'])
      if (existsSync(damaged + suffix)) copyFileSync(damaged + suffix, copy + suffix);
    read(copy);
  } catch {
    // A disk that cannot be read has nothing to give back.
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  }
}
