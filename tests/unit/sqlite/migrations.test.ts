import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { foreignKeyCheck } from '../../../src/sqlite/integrity.ts';
import {
  type Migration,
  migrate,
  newestVersion,
  openMigrated,
  userVersion,
} from '../../../src/sqlite/migrations.ts';
import { carriesOver, memoryDatabase } from '../../migrations/carries-over.ts';
import { opened, temporaryFolder } from './support.ts';

const NOW = epochMillis(1_700_000_000_000);

const STEPS: readonly Migration[] = [
  {
    id: 10,
    name: 'parents and children',
    up: (db) =>
      db.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent ON DELETE CASCADE)`),
  },
  {
    id: 20,
    name: 'names are needed',
    up: (db) =>
      db.exec(`CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO parent_new (id, name) SELECT id, coalesce(name, '') FROM parent;
        DROP TABLE parent;
        ALTER TABLE parent_new RENAME TO parent`),
  },
];

const BROKEN: Migration = {
  id: 30,
  name: 'broken',
  up: (db) => {
    db.exec('CREATE TABLE half (id INTEGER)');
    throw new Error('broken halfway');
  },
};

describe('migrate', () => {
  test('[Y15] runs what is due, in order, and records each with the time handed in', () => {
    const db = memoryDatabase();
    expect(migrate(db, STEPS, NOW)).toEqual({ ok: true, value: [10, 20] });
    expect(db.all('SELECT id, name, applied_at FROM schema_migration ORDER BY id LIMIT ?', 10)).toEqual([
      { id: 10, name: 'parents and children', applied_at: NOW },
      { id: 20, name: 'names are needed', applied_at: NOW },
    ]);
    expect(userVersion(db)).toBe(20);
  });

  test('[Y15] run again, nothing is due', () => {
    const db = memoryDatabase();
    migrate(db, STEPS, NOW);
    expect(migrate(db, STEPS, NOW)).toEqual({ ok: true, value: [] });
  });

  test('[Y15] one that throws is taken back whole; earlier ones stand and it runs again later', () => {
    const db = memoryDatabase();
    expect(() => migrate(db, [...STEPS, BROKEN], NOW)).toThrow('broken halfway');
    expect(userVersion(db)).toBe(20);
    expect(db.pluck("SELECT count(*) FROM sqlite_schema WHERE name = 'half'")).toBe(0);
    expect(db.pluck('PRAGMA foreign_keys')).toBe(1);
    expect(migrate(db, [...STEPS, { ...BROKEN, up: () => undefined }], NOW)).toEqual({
      ok: true,
      value: [30],
    });
  });

  test('[Y15] one that leaves orphans is taken back', () => {
    const db = memoryDatabase();
    migrate(db, STEPS, NOW);
    db.exec("INSERT INTO parent (id, name) VALUES (1, 'a'); INSERT INTO child (id, parent_id) VALUES (1, 1)");
    const orphaning: Migration = { id: 30, name: 'orphans', up: (each) => each.exec('DELETE FROM parent') };
    expect(() => migrate(db, [...STEPS, orphaning], NOW)).toThrow(/orphans in child/);
    expect(foreignKeyCheck(db)).toEqual([]);
    expect(db.pluck('SELECT count(*) FROM parent')).toBe(1);
  });

  test('[Y15] a version beyond the newest known is refused', () => {
    const db = memoryDatabase();
    migrate(db, STEPS, NOW);
    const error = { type: 'fromTheFuture', path: ':memory:', version: 20, known: 10 };
    expect(migrate(db, STEPS.slice(0, 1), NOW)).toEqual({ ok: false, error });
  });

  test('[Y15] a step this build does not know is refused also below the newest', () => {
    const db = memoryDatabase();
    migrate(db, STEPS, NOW);
    const [first] = STEPS;
    const branch = [...(first === undefined ? [] : [first]), { id: 30, name: 'c', up: () => undefined }];
    expect(migrate(db, branch, NOW)).toMatchObject({ ok: false, error: { type: 'fromTheFuture' } });
  });

  test.each([[[20, 10]], [[10, 10]], [[15]], [[0]], [[-10]]])(
    'ids %j are refused as a broken list',
    (ids) => {
      const list = ids.map((id) => ({ id, name: 'n', up: () => undefined }));
      expect(() => migrate(memoryDatabase(), list, NOW)).toThrow(/steps of 10/);
    },
  );

  test('the newest version of a list, and of none', () => {
    expect(newestVersion(STEPS)).toBe(20);
    expect(newestVersion([])).toBe(0);
  });
});

describe('carriesOver', () => {
  test('[Y15] a rebuilt table keeps its rows and does not cascade to its children', () => {
    carriesOver(
      STEPS,
      20,
      (db) =>
        db.exec(
          'INSERT INTO parent (id, name) VALUES (1, NULL); INSERT INTO child (id, parent_id) VALUES (5, 1)',
        ),
      (db) => {
        expect(db.all('SELECT id, name FROM parent LIMIT ?', 10)).toEqual([{ id: 1, name: '' }]);
        expect(db.all('SELECT id, parent_id FROM child LIMIT ?', 10)).toEqual([{ id: 5, parent_id: 1 }]);
      },
    );
  });

  test('a check that fails fails the test', () => {
    expect(() =>
      carriesOver(
        STEPS,
        10,
        () => undefined,
        (db) => expect(userVersion(db)).toBe(10),
      ),
    ).toThrow();
  });
});

describe('openMigrated', () => {
  test('[Y15] a file of a newer build is refused and not written', () => {
    const path = join(temporaryFolder(), 'a.db');
    const newer = openMigrated(path, { synchronous: 'FULL' }, STEPS, NOW);
    if (newer.ok) newer.value.close();
    const before = readFileSync(path);
    expect(openMigrated(path, { synchronous: 'FULL' }, STEPS.slice(0, 1), NOW)).toEqual({
      ok: false,
      error: { type: 'fromTheFuture', path, version: 20, known: 10 },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('[Y15] an older file is brought up with its rows', () => {
    const path = join(temporaryFolder(), 'a.db');
    const older = opened(path);
    migrate(older, STEPS.slice(0, 1), NOW);
    older.exec("INSERT INTO parent (id, name) VALUES (1, 'kept')");
    older.close();
    const result = openMigrated(path, { synchronous: 'FULL' }, STEPS, NOW);
    if (!result.ok) throw new Error(result.error.type);
    expect(result.value.pluck('SELECT name FROM parent WHERE id = ?', 1)).toBe('kept');
    result.value.close();
  });

  test('a migration that throws leaves no connection open', () => {
    const path = join(temporaryFolder(), 'a.db');
    expect(() => openMigrated(path, { synchronous: 'FULL' }, [BROKEN], NOW)).toThrow();
  });
});
