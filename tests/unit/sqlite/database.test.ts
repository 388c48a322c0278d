import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/sqlite/database.ts';
import { opened, temporaryFolder } from './support.ts';

/** Writes rows over many pages and closes. */
function fill(path: string): void {
  const db = opened(path);
  db.exec('CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  db.transaction(() => {
    for (let id = 1; id <= 2_000; id += 1)
      db.run('INSERT INTO item (id, text) VALUES (?, ?)', id, 'x'.repeat(100));
  });
  db.close();
}

/** What a process that died with an uncheckpointed log leaves behind, with `version` in the log alone. */
function crashedWith(folder: string, version: number): string {
  const path = join(folder, 'live.db');
  const db = opened(path);
  db.exec('CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT');
  db.checkpoint();
  db.exec(`PRAGMA user_version = ${version}`);
  const copy = join(folder, 'crashed.db');
  writeFileSync(copy, readFileSync(path));
  writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`));
  return copy;
}

describe('a new file', () => {
  test('[Y1] FULL is set on a file that must not lose a commit, NORMAL on one that can be rebuilt', () => {
    const folder = temporaryFolder();
    const full = opened(join(folder, 'outbox.db'), { synchronous: 'FULL' });
    const normal = opened(join(folder, 'replica.db'), { synchronous: 'NORMAL' });
    expect(full.pluck('PRAGMA synchronous')).toBe(2);
    expect(full.pluck('PRAGMA fullfsync')).toBe(1);
    expect(normal.pluck('PRAGMA synchronous')).toBe(1);
  });

  test('the pragmas we rely on are set', () => {
    const db = opened(join(temporaryFolder(), 'deep', 'er', 'a.db'), {
      cacheMiB: 3,
      mmapMiB: 2,
      busyTimeout: 1_234,
    });
    expect(db.pluck('PRAGMA journal_mode')).toBe('wal');
    expect(db.pluck('PRAGMA foreign_keys')).toBe(1);
    expect(db.pluck('PRAGMA trusted_schema')).toBe(0);
    expect(db.pluck('PRAGMA cache_size')).toBe(-3 * 1024);
    expect(db.pluck('PRAGMA mmap_size')).toBe(2 * 1024 * 1024);
    expect(db.pluck('PRAGMA busy_timeout')).toBe(1_234);
  });

  test('an empty file is a new database', () => {
    const path = join(temporaryFolder(), 'empty.db');
    writeFileSync(path, '');
    expect(opened(path).pluck('SELECT count(*) FROM sqlite_schema')).toBe(0);
  });
});

describe('a file that is not ours to open', () => {
  test.each([
    ['text', Buffer.from('this is a diary, not a database\n'.repeat(50))],
    ['a few bytes', Buffer.from([1, 2, 3])],
    ['an encrypted-looking file', Buffer.alloc(8_192, 0xa7)],
  ])('%s is answered as notADatabase and left as it is', (_name, bytes) => {
    const path = join(temporaryFolder(), 'other.db');
    writeFileSync(path, bytes);
    expect(openDatabase(path, { synchronous: 'FULL' })).toEqual({
      ok: false,
      error: { type: 'notADatabase', path },
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a file cut short is corrupt, not a throw', () => {
    const path = join(temporaryFolder(), 'cut.db');
    fill(path);
    truncateSync(path, 3_000);
    expect(openDatabase(path, { synchronous: 'FULL' })).toMatchObject({
      ok: false,
      error: { type: 'corrupt' },
    });
  });

  test('overwritten first pages are corrupt, not a throw', () => {
    const path = join(temporaryFolder(), 'scribbled.db');
    fill(path);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 100, 4_096);
    writeFileSync(path, bytes);
    expect(openDatabase(path, { synchronous: 'FULL' })).toMatchObject({
      ok: false,
      error: { type: 'corrupt' },
    });
  });

  test('[Y15] a file from a newer build is refused with no write and no new file beside it', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.db');
    fill(path);
    const maker = opened(path);
    maker.exec('PRAGMA user_version = 70');
    maker.close();
    const before = readFileSync(path);
    expect(openDatabase(path, { synchronous: 'FULL', knownVersion: 60 })).toEqual({
      ok: false,
      error: { type: 'fromTheFuture', path, version: 70, known: 60 },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.db']);
  });

  test('[Y15] a newer version that only the write-ahead log holds is seen, and neither file is written', () => {
    const path = crashedWith(temporaryFolder(), 70);
    const before = [readFileSync(path), readFileSync(`${path}-wal`)];
    expect(openDatabase(path, { synchronous: 'FULL', knownVersion: 60 })).toMatchObject({
      ok: false,
      error: { type: 'fromTheFuture', version: 70, known: 60 },
    });
    expect([readFileSync(path), readFileSync(`${path}-wal`)]).toEqual(before);
  });

  test('[Y15] the same version is opened, and what the log held is there', () => {
    const path = crashedWith(temporaryFolder(), 60);
    expect(opened(path, { knownVersion: 60 }).pluck('PRAGMA user_version')).toBe(60);
  });

  test('a folder in its place cannot be opened', () => {
    const path = join(temporaryFolder(), 'folder.db');
    mkdirSync(path);
    expect(openDatabase(path, { synchronous: 'FULL' })).toMatchObject({ ok: false, error: { path } });
  });

  test('a missing file cannot be opened readonly, and is not made', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'none.db');
    expect(openDatabase(path, { synchronous: 'FULL', readonly: true })).toMatchObject({
      ok: false,
      error: { type: 'cannotOpen', code: 'SQLITE_CANTOPEN' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file in place of its folder cannot be opened', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'x');
    chmodSync(file, 0o600);
    expect(openDatabase(join(file, 'a.db'), { synchronous: 'FULL' })).toMatchObject({
      ok: false,
      error: { type: 'cannotOpen' },
    });
  });
});

test('a readonly connection reads and cannot write', () => {
  const path = join(temporaryFolder(), 'a.db');
  fill(path);
  const db = opened(path, { readonly: true });
  expect(db.pluck('SELECT count(*) FROM item')).toBe(2_000);
  expect(() => db.run('DELETE FROM item')).toThrow(/readonly/);
});

test('foreign keys are enforced', () => {
  const db = opened(':memory:');
  db.exec(
    'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (parent_id INTEGER REFERENCES parent)',
  );
  expect(() => db.run('INSERT INTO child (parent_id) VALUES (?)', 7)).toThrow(/FOREIGN KEY/);
});

test('closing twice is harmless', () => {
  const db = opened(':memory:');
  db.close();
  db.close();
  expect(db.isOpen).toBe(false);
});
