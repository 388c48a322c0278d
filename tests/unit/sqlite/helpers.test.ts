import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sqliteFailure } from '../../../src/sqlite/failure.ts';
import { foreignKeyCheck, integrityCheck, queryPlan, quickCheck } from '../../../src/sqlite/integrity.ts';
import { assertNode, isAtLeast } from '../../../src/sqlite/versions.ts';
import { opened, temporaryFolder } from './support.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

describe('integrity', () => {
  test('a sound file has no findings', () => {
    const db = opened(':memory:');
    db.exec(
      'CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE INDEX by_text ON item (text)',
    );
    expect(quickCheck(db)).toEqual([]);
    expect(integrityCheck(db)).toEqual([]);
  });

  test('a flipped index entry is found by the full check', () => {
    const path = join(temporaryFolder(), 'a.db');
    const maker = opened(path);
    maker.exec(
      'CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE INDEX by_text ON item (text)',
    );
    for (let id = 1; id <= 50; id += 1)
      maker.run('INSERT INTO item (id, text) VALUES (?, ?)', id, `unique-${id}-text`);
    maker.close();
    const bytes = readFileSync(path);
    const last = bytes.lastIndexOf('unique-33-text');
    bytes.write('UNIQUE', last);
    writeFileSync(path, bytes);
    const db = opened(path, { readonly: true });
    expect(integrityCheck(db).length).toBeGreaterThan(0);
  });

  test('[Y1] a page that is no page is a finding, not a throw', () => {
    const path = join(temporaryFolder(), 'a.db');
    const maker = opened(path);
    maker.exec('CREATE TABLE item (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID');
    maker.run('INSERT INTO item (id) VALUES (?)', 'a');
    const root = maker.pluck<number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'item'`) ?? 0;
    maker.close();
    writeFileSync(path, readFileSync(path).fill(0xa5, (root - 1) * 4_096, root * 4_096));
    const db = opened(path, { readonly: true });
    expect(integrityCheck(db).length).toBeGreaterThan(0);
    expect(quickCheck(db).length).toBeGreaterThan(0);
  });

  test('orphans are named by table, once', () => {
    const db = opened(':memory:');
    db.exec(`PRAGMA foreign_keys = OFF; CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (parent_id INTEGER REFERENCES parent); INSERT INTO child (parent_id) VALUES (1), (2)`);
    expect(foreignKeyCheck(db)).toEqual(['child']);
  });

  test('a query plan names the index it uses', () => {
    const db = opened(':memory:');
    db.exec(
      'CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE INDEX by_text ON item (text)',
    );
    expect(queryPlan(db, 'SELECT id FROM item WHERE text = ? LIMIT ?', ['a', 1])).toEqual([
      'SEARCH item USING COVERING INDEX by_text (text=?)',
    ]);
    expect(queryPlan(db, 'SELECT id, text FROM item')).toEqual(['SCAN item']);
  });
});

describe('failures', () => {
  test('a broken constraint, a lock and a readonly file are told apart', () => {
    const path = join(temporaryFolder(), 'a.db');
    const db = opened(path);
    db.exec('CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT; INSERT INTO item (id) VALUES (1)');
    const other = opened(path, { busyTimeout: 0 });
    const reader = opened(path, { readonly: true });
    const insert = 'INSERT INTO item (id) VALUES (?)';
    expect(sqliteFailure(thrownBy(() => db.run(insert, 1)))).toEqual({
      type: 'constraint',
      code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    });
    const busy = db.transaction(() => thrownBy(() => other.run(insert, 2)));
    expect(sqliteFailure(busy)?.type).toBe('busy');
    expect(sqliteFailure(thrownBy(() => reader.run(insert, 3)))?.type).toBe('readonly');
  });

  test('a full disk is told apart', () => {
    const db = opened(join(temporaryFolder(), 'a.db'));
    db.exec('CREATE TABLE item (text TEXT) STRICT; PRAGMA max_page_count = 4');
    const thrown = thrownBy(() =>
      db.transaction(() => db.run('INSERT INTO item (text) VALUES (?)', 'x'.repeat(100_000))),
    );
    expect(sqliteFailure(thrown)?.type).toBe('diskFull');
    expect(db.pluck('SELECT count(*) FROM item')).toBe(0);
  });

  test("an error that is not SQLite's is null; wrong SQL is other", () => {
    expect(sqliteFailure(new Error('x'))).toBeNull();
    expect(sqliteFailure(undefined)).toBeNull();
    expect(sqliteFailure(thrownBy(() => opened(':memory:').exec('NOT SQL')))?.type).toBe('other');
  });
});

describe('versions', () => {
  test.each([
    ['24.0.0', '24.0.0', true],
    ['24.21.0', '24.0.0', true],
    ['20.20.2', '24.0.0', false],
    ['3.51.10', '3.51.3', true],
    ['3.51.2', '3.51.3', false],
    ['4', '3.51.3', true],
    ['3.51', '3.51.3', false],
  ])('%s against %s: %s', (actual, minimum, expected) => {
    expect(isAtLeast(actual, minimum)).toBe(expected);
  });

  test('an old Node is refused with a sentence that says what to do', () => {
    expect(() => assertNode('20.20.2')).toThrow(/Node 24.*npm run/);
    expect(() => assertNode('24.21.0')).not.toThrow();
  });
});
