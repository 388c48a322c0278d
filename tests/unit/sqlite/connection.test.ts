import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { STATEMENT_CACHE_SIZE } from '../../../src/sqlite/connection.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import { opened, temporaryFolder } from './support.ts';

interface Item {
  id: number;
  text: string | null;
}

const INSERT = 'INSERT INTO item (id, text) VALUES (?, ?)';
let db: Database;

function ids(): number[] {
  return db.preparePluck<number>('SELECT id FROM item ORDER BY id').all();
}

beforeEach(() => {
  db = opened(':memory:');
  db.exec('CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT) STRICT');
});

describe('statements', () => {
  test('one text is one statement, in each row shape', () => {
    const sql = 'SELECT id, text FROM item WHERE id = ?';
    expect(db.prepare(sql)).toBe(db.prepare(sql));
    expect(db.prepareRaw(sql)).toBe(db.prepareRaw(sql));
    expect(db.prepareRaw(sql)).not.toBe(db.prepare(sql));
  });

  test('rows come as objects, as arrays, or as their first column', () => {
    db.run(INSERT, 1, 'a');
    const sql = 'SELECT id, text FROM item WHERE id = ?';
    expect(db.prepare<Item, [number]>(sql).get(1)).toEqual({ id: 1, text: 'a' });
    expect(db.prepareRaw<[number, string], [number]>(sql).get(1)).toEqual([1, 'a']);
    expect(db.preparePluck<number, [number]>(sql).get(1)).toBe(1);
    expect(db.prepare<Item>(sql).get(2)).toBeUndefined();
    expect([...db.prepare<Item>(sql).iterate(1)]).toEqual([{ id: 1, text: 'a' }]);
  });

  test('the short forms read and write', () => {
    expect(db.run(INSERT, 1, null)).toEqual({ changes: 1, lastInsertRowid: 1 });
    expect(db.get<Item>('SELECT id, text FROM item LIMIT ?', 1)).toEqual({ id: 1, text: null });
    expect(db.all<Item>('SELECT id, text FROM item LIMIT ?', 5)).toHaveLength(1);
    expect(db.pluck<number>('SELECT count(*) FROM item')).toBe(1);
  });

  test('parameters bind from an array and by name', () => {
    db.run(INSERT, [1, 'a']);
    db.run('INSERT INTO item (id, text) VALUES (@id, @text)', { id: 2, text: 'b' });
    expect(ids()).toEqual([1, 2]);
  });

  test('more texts than the cache holds still all work', () => {
    for (let n = 0; n < STATEMENT_CACHE_SIZE + 50; n += 1) expect(db.pluck(`SELECT ${n}`)).toBe(n);
    const first = db.prepare('SELECT 0');
    expect(db.prepare('SELECT 0')).toBe(first);
  });

  test('a statement outlives its place in the cache', () => {
    const held = db.preparePluck<number>('SELECT 42');
    for (let n = 0; n < STATEMENT_CACHE_SIZE + 1; n += 1) db.prepare(`SELECT ${n}, 1`);
    expect(held.get()).toBe(42);
  });
});

describe('transactions', () => {
  test('what was written is committed, and the value comes back', () => {
    expect(db.transaction(() => db.run(INSERT, 1, 'a').changes)).toBe(1);
    expect(db.inTransaction).toBe(false);
    expect(ids()).toEqual([1]);
  });

  test('a throw takes everything back and goes on up', () => {
    const failure = new Error('rule broken');
    expect(() =>
      db.transaction(() => {
        db.run(INSERT, 1, 'a');
        throw failure;
      }),
    ).toThrow(failure);
    expect(ids()).toEqual([]);
    expect(db.inTransaction).toBe(false);
  });

  test('a promise is refused and rolled back, whatever it becomes', async () => {
    expect(() =>
      db.transaction(async () => {
        db.run(INSERT, 1, 'a');
        await Promise.reject(new Error('later'));
      }),
    ).toThrow(/promise/);
    expect(ids()).toEqual([]);
    await Promise.resolve();
  });

  test('anything with then is refused, also in a snapshot', () => {
    const thenable = { then: () => undefined };
    expect(() => db.transaction(() => thenable)).toThrow(/promise/);
    expect(() => db.snapshot(() => thenable)).toThrow(/promise/);
    expect(() => db.transaction(() => db.snapshot(() => thenable))).toThrow(/promise/);
    expect(db.inTransaction).toBe(false);
  });

  test('an inner transaction that throws takes back its part alone', () => {
    db.transaction(() => {
      db.run(INSERT, 1, 'outer');
      expect(() =>
        db.transaction(() => {
          db.run(INSERT, 2, 'inner');
          throw new Error('inner');
        }),
      ).toThrow('inner');
      db.transaction(() => db.run(INSERT, 3, 'inner'));
    });
    expect(ids()).toEqual([1, 3]);
  });

  test('an outer throw takes back a finished inner one', () => {
    expect(() =>
      db.transaction(() => {
        db.transaction(() => db.run(INSERT, 1, 'inner'));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(ids()).toEqual([]);
  });

  test('a rollback by SQLite itself is not believed to be a commit', () => {
    db.run(INSERT, 1, 'a');
    expect(() =>
      db.transaction(() => {
        try {
          db.run('INSERT OR ROLLBACK INTO item (id, text) VALUES (?, ?)', 1, 'again');
        } catch {
          // Swallowed, as a careless caller would.
        }
      }),
    ).toThrow(/rolled back by SQLite/);
    expect(db.transaction(() => db.run(INSERT, 2, 'b').changes)).toBe(1);
  });

  test('a writer holds the lock from its start (IMMEDIATE)', () => {
    const path = join(temporaryFolder(), 'a.db');
    const one = opened(path);
    one.exec('CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT');
    const other = opened(path, { busyTimeout: 0 });
    one.transaction(() => {
      expect(() => other.transaction(() => undefined)).toThrow(/locked/);
    });
    expect(other.transaction(() => 'free')).toBe('free');
  });

  test('a snapshot sees one state while another connection writes', () => {
    const path = join(temporaryFolder(), 'a.db');
    const writer = opened(path);
    writer.exec('CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT');
    const reader = opened(path);
    const count = 'SELECT count(*) FROM item';
    const seen = reader.snapshot(() => {
      const before = reader.pluck<number>(count);
      writer.run('INSERT INTO item (id) VALUES (?)', 1);
      return [before, reader.pluck<number>(count)];
    });
    expect(seen).toEqual([0, 0]);
    expect(reader.pluck(count)).toBe(1);
  });

  test('any nesting of commits and throws leaves exactly the committed rows', () => {
    type Node = { fails: boolean; children: Node[] };
    const { tree } = fc.letrec<{ tree: Node; leaf: Node; branch: Node }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
      leaf: fc.record({ fails: fc.boolean(), children: fc.constant([]) }),
      branch: fc.record({ fails: fc.boolean(), children: fc.array(tie('tree'), { maxLength: 3 }) }),
    }));
    fc.assert(
      fc.property(tree, (root) => {
        db.run('DELETE FROM item');
        let next = 0;
        const write = (node: Node): number[] => {
          const kept: number[] = [];
          try {
            db.transaction(() => {
              next += 1;
              kept.push(next);
              db.run(INSERT, next, 'n');
              for (const child of node.children) kept.push(...write(child));
              if (node.fails) throw new Error('planned');
            });
            return kept;
          } catch {
            return [];
          }
        };
        expect(ids()).toEqual([]);
        const expected = write(root);
        expect(ids()).toEqual(expected.toSorted((a, b) => a - b));
        expect(db.inTransaction).toBe(false);
      }),
      { numRuns: 200, seed: 20_261_121 },
    );
  });
});
