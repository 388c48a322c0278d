import { expect, onTestFinished, test } from 'vitest';
import { epochMillis } from '../../src/base/time.ts';
import { OUTBOX_MIGRATIONS } from '../../src/desk/store/outbox-migrations.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { queryPlan } from '../../src/sqlite/integrity.ts';
import { migrate } from '../../src/sqlite/migrations.ts';

function outboxFile() {
  const opened = openDatabase(':memory:', { synchronous: 'FULL' });
  if (!opened.ok) throw new Error(opened.error.type);
  onTestFinished(() => opened.value.close());
  migrate(opened.value, OUTBOX_MIGRATIONS, epochMillis(1));
  return opened.value;
}

test('10 tables: a number is given once, and there is one client', () => {
  const db = outboxFile();
  const insert = () =>
    db.run(`INSERT INTO outbox (mid, name, args, made_at, sum, attempted) VALUES (1, 'noop', '{}', 1, 0, 0)`);
  insert();
  expect(insert).toThrow('UNIQUE');
  db.run(`INSERT INTO client (id, client_id, sum) VALUES (1, 'a', 0)`);
  expect(() => db.run(`INSERT INTO client (id, client_id, sum) VALUES (2, 'b', 0)`)).toThrow('CHECK');
});

test('20 merges: what waits in an older file stays, and there is one line a list', () => {
  const opened = openDatabase(':memory:', { synchronous: 'FULL' });
  if (!opened.ok) throw new Error(opened.error.type);
  const db = opened.value;
  onTestFinished(() => db.close());
  migrate(db, OUTBOX_MIGRATIONS.slice(0, 1), epochMillis(1));
  db.run(`INSERT INTO outbox (mid, name, args, made_at, sum, attempted) VALUES (1, 'noop', '{}', 1, 0, 0)`);
  db.run(
    `INSERT INTO draft (conversation_id, kind, text, updated_at, sum) VALUES ('c1', 'note', 'kept', 1, 0)`,
  );
  migrate(db, OUTBOX_MIGRATIONS, epochMillis(2));
  expect(db.pluck('SELECT mid FROM outbox')).toBe(1);
  expect(db.pluck('SELECT text FROM draft')).toBe('kept');
  const insert = () =>
    db.run(
      `INSERT INTO merge (conversation_id, field, mid, mine, result, agent_ids, at, sum)
        VALUES ('c1', 'tags', 1, '[]', '[]', '[]', 1, 0)`,
    );
  insert();
  expect(insert).toThrow('UNIQUE');
});

test('[Y15] the journal’s questions do not walk through all of it', () => {
  const db = outboxFile();
  const after = `SELECT mid FROM journal WHERE mid > ? AND outcome = 'applied' ORDER BY mid LIMIT ?`;
  expect(queryPlan(db, after, [1, 5]).join()).toMatch(/SEARCH journal USING INTEGER PRIMARY KEY/);
  expect(queryPlan(db, 'SELECT max(mid) FROM journal').join()).toMatch(/SEARCH journal/);
});
