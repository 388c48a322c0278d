import { expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { epochMillis } from '../../src/base/time.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { openMigrated } from '../../src/sqlite/migrations.ts';
import type { Database, SqlValue } from '../../src/sqlite/types.ts';
import { FilePool } from '../support/simulation/files.ts';

const PUT = 'INSERT INTO base_row (tbl, key, scope, vals, sum) VALUES (?, ?, ?, ?, ?)';
const ROWS: readonly (readonly SqlValue[])[] = [
  ['tag', '["c1","a"]', 'c1', '[]', 4],
  ['tag', '["c1","b"]', 'c1', null, null],
  ['message', '["m1"]', 'c1', '[1]', 7],
  ['message', '["m2"]', 'c2', '[2]', 9],
  ['agent', '["mina"]', 'mina', null, 2],
];

/** A database in maps and a real one, which hold the same. */
function both(): readonly [Database, Database] {
  const inMaps = must(new FilePool().take().memory(), 'a database in maps');
  const real = openMigrated(
    ':memory:',
    { synchronous: 'NORMAL', cacheMiB: 2 },
    REPLICA_MIGRATIONS,
    epochMillis(0),
  );
  if (!real.ok) throw new Error(real.error.type);
  for (const db of [inMaps, real.value]) for (const row of ROWS) db.run(PUT, ...row);
  return [inMaps, real.value];
}

interface Asked {
  readonly where: string;
  readonly given: readonly SqlValue[];
}

const CONDITIONS: readonly Asked[] = [
  { where: 'sum = (SELECT max(sum) FROM base_row)', given: [] },
  { where: 'sum <= (SELECT max(sum) FROM base_row) - ?', given: [2] },
  { where: 'sum > ?', given: [4] },
  {
    where: 'sum < ? OR sum >= (SELECT sum FROM base_row ORDER BY sum DESC LIMIT ? OFFSET ?)',
    given: [4, 1, 1],
  },
  { where: 'sum >= (SELECT sum FROM base_row ORDER BY sum DESC LIMIT ? OFFSET ?)', given: [1, 9] },
  { where: 'sum = ?', given: [null] },
  { where: 'sum IS NULL', given: [] },
  { where: 'sum IS NOT NULL', given: [] },
  { where: "tbl = 'message' AND sum >= 9", given: [] },
  { where: 'tbl = ? AND key = ?', given: ['tag', '["c1","a"]'] },
  { where: 'scope IN (SELECT value FROM json_each(?))', given: ['["c2","mina","c9"]'] },
];

test.each(CONDITIONS)('a database in maps reads and deletes what SQLite does: $where', ({ where, given }) => {
  const [inMaps, real] = both();
  const rows = (db: Database, condition: string, ...params: readonly SqlValue[]): unknown =>
    db.all(`SELECT tbl, key, scope, vals, sum FROM base_row${condition} ORDER BY tbl, key`, ...params);
  expect(rows(inMaps, ` WHERE ${where}`, ...given)).toStrictEqual(rows(real, ` WHERE ${where}`, ...given));
  for (const db of [inMaps, real]) db.run(`DELETE FROM base_row WHERE ${where}`, ...given);
  expect(rows(inMaps, '')).toStrictEqual(rows(real, ''));
});

test('a database in maps refuses what it does not know', () => {
  const [inMaps] = both();
  expect(() => inMaps.all('SELECT tbl FROM base_row WHERE sum = (SELECT min(sum) FROM base_row)')).toThrow(
    'not a value',
  );
});
