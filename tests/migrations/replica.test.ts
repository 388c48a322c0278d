import { expect, onTestFinished, test } from 'vitest';
import { epochMillis } from '../../src/base/time.ts';
import { columnsOf } from '../../src/desk/replica/row-sql.ts';
import { readSyncState } from '../../src/desk/replica/sync-state.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { REPLICATED_TABLES, rowToWire, TABLES } from '../../src/protocol/tables.ts';
import { type Database, openDatabase } from '../../src/sqlite/database.ts';
import { queryPlan } from '../../src/sqlite/integrity.ts';
import { migrate } from '../../src/sqlite/migrations.ts';
import { conversationRow, messageRow } from '../support/desk/sample-rows.ts';

const NOW = epochMillis(1);

/** A replica as an older build left it: with the steps up to `id`. */
function replicaUpTo(id: number): Database {
  const opened = openDatabase(':memory:', { synchronous: 'NORMAL' });
  if (!opened.ok) throw new Error(opened.error.type);
  onTestFinished(() => opened.value.close());
  migrate(
    opened.value,
    REPLICA_MIGRATIONS.filter((migration) => migration.id <= id),
    NOW,
  );
  return opened.value;
}

function insert(
  db: Database,
  table: 'conversation' | 'message',
  values: readonly (string | number | null)[],
): void {
  const places = values.map(() => '?').join(', ');
  db.run(`INSERT INTO ${TABLES[table].sql} (${columnsOf(table)}) VALUES (${places})`, ...values);
}

test('every replicated table can be written in wire order', () => {
  const db = replicaUpTo(1_000);
  for (const table of REPLICATED_TABLES) {
    const sql = `SELECT ${columnsOf(table)} FROM ${TABLES[table].sql} LIMIT ?`;
    expect(db.prepareRaw(sql).all(1)).toEqual([]);
  }
  insert(db, 'conversation', rowToWire('conversation', conversationRow('c1')));
  insert(db, 'message', rowToWire('message', messageRow('c1', 'm1')));
  expect(() => insert(db, 'message', rowToWire('message', messageRow('c1', 'm1')))).toThrow('UNIQUE');
});

test('20 sync: a replica of before has everything still to fetch', () => {
  const db = replicaUpTo(10);
  insert(db, 'conversation', rowToWire('conversation', conversationRow('c1')));
  expect(migrate(db, REPLICA_MIGRATIONS, NOW)).toMatchObject({ ok: true });
  expect(readSyncState(db)).toMatchObject({ lastMid: 0, cursor: null, bootstrap: { state: 'due' } });
  expect(db.pluck('SELECT count(*) FROM conversation')).toBe(1);
});

test('30 clock offset: the cursor of before stands, and the offset is not known yet', () => {
  const db = replicaUpTo(20);
  db.exec(`UPDATE sync_state SET workspace_id = 'w1', agent_id = 'ada', epoch = 'e1', seq = 42, chain = 'abc',
    last_mid = 7, bootstrap_state = 'done'`);
  expect(
    migrate(
      db,
      REPLICA_MIGRATIONS.filter(({ id }) => id <= 30),
      NOW,
    ),
  ).toMatchObject({ ok: true });
  const stored =
    'SELECT workspace_id, epoch, seq, chain, last_mid, clock_offset, bootstrap_state FROM sync_state';
  expect(db.get(stored)).toEqual({
    workspace_id: 'w1',
    epoch: 'e1',
    seq: 42,
    chain: 'abc',
    last_mid: 7,
    clock_offset: 0,
    bootstrap_state: 'done',
  });
});

test('120 csat, metrics and reviews: a replica of before keeps its rows and is filled anew', () => {
  const db = replicaUpTo(110);
  insert(db, 'conversation', rowToWire('conversation', conversationRow('c1')));
  db.exec(`UPDATE sync_state SET workspace_id = 'w1', agent_id = 'ada', epoch = 'e1', seq = 42, chain = 'abc',
    last_mid = 7, bootstrap_state = 'done'`);
  expect(migrate(db, REPLICA_MIGRATIONS, NOW)).toMatchObject({ ok: true });
  expect(readSyncState(db)).toMatchObject({
    workspaceId: 'w1',
    agentId: 'ada',
    lastMid: 7,
    cursor: null,
    bootstrap: { state: 'due', position: null },
  });
  expect(db.pluck('SELECT count(*) FROM conversation')).toBe(1);
  for (const table of ['csat', 'metricEvent', 'verdict'] as const)
    expect(db.pluck(`SELECT count(*) FROM ${TABLES[table].sql}`)).toBe(0);
});

test('[Y15] the questions that a desk asks all day find their rows by an index', () => {
  const db = replicaUpTo(1_000);
  const plan = (sql: string, ...params: (string | number)[]) => queryPlan(db, sql, params).join(' | ');
  const thread = `SELECT id FROM message WHERE conversation_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`;
  expect(plan(thread, 'c1', 1, 'm1', 50)).toMatch(/^SEARCH message USING COVERING INDEX message_in_thread/);
  const others =
    'SELECT id FROM conversation WHERE customer_id = ? AND id <> ? ORDER BY started_at DESC, id DESC LIMIT ?';
  expect(plan(others, 'k1', 'c1', 5)).toMatch(
    /^SEARCH conversation USING COVERING INDEX conversation_by_customer/,
  );
  const orders = 'SELECT value_minor FROM shop_order WHERE customer_id = ? ORDER BY at DESC, id DESC LIMIT ?';
  expect(plan(orders, 'k1', 5)).toMatch(/^SEARCH shop_order USING INDEX shop_order_by_customer/);
  const copies = 'SELECT tbl, key, scope, vals FROM base_row WHERE scope IN (SELECT value FROM json_each(?))';
  expect(plan(copies, '[]')).toMatch(/^SEARCH base_row USING (COVERING )?INDEX base_row_by_scope/);
  for (const table of [
    'cycle',
    'tag',
    'product',
    'field_value',
    'handoff',
    'follower',
    'csat',
    'metric_event',
    'verdict',
  ]) {
    expect(plan(`SELECT conversation_id FROM ${table} WHERE conversation_id = ?`, 'c1')).toMatch(
      /USING PRIMARY KEY/,
    );
  }
  const sorted = [plan(thread, 'c1', 1, 'm1', 50), plan(others, 'k1', 'c1', 5), plan(orders, 'k1', 5)];
  expect(sorted.join()).not.toContain('TEMP B-TREE');
});
