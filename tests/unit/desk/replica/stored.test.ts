import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { REPLICATED_TABLES, rowToWire, TABLES, type WireValue } from '../../../../src/protocol/tables.ts';
import { type BaseRow, BaseRows, readBaseRows } from '../../../../src/desk/replica/base-rows.ts';
import { prepareCall } from '../../../../src/desk/replica/calls.ts';
import { loadReads, NO_OVERLAY, overlayOf } from '../../../../src/desk/replica/load-rows.ts';
import { putAll, putter } from '../../../../src/desk/replica/put-rows.ts';
import { NO_ROWS, rowKey, rowSpace } from '../../../../src/desk/replica/row-space.ts';
import {
  columnsOf,
  conversationRows,
  deleter,
  readRow,
  wireRow,
} from '../../../../src/desk/replica/row-sql.ts';
import {
  BOOTSTRAP_DUE,
  readSyncState,
  type SyncState,
  writeSyncState,
} from '../../../../src/desk/replica/sync-state.ts';
import { AT, conversationRow, cycleRow, messageRow, tagRow } from '../../../support/desk/sample-rows.ts';
import { CLIENT, ME, openReplicaFile } from '../../../support/desk/test-replica.ts';

const C1 = asId<'ConversationId'>('c1');

describe('whole rows', () => {
  test('every replicated table has its columns in the file, in no other number', () => {
    const db = openReplicaFile();
    for (const table of REPLICATED_TABLES) {
      const columns = db.all<{ name: string }>(
        `SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('n', 'sum')`,
        TABLES[table].sql,
      );
      expect(columns.map((column) => `"${column.name}"`).join(', ')).toBe(columnsOf(table));
    }
  });

  test('every table’s key comes first among its columns: rows are written over by it', () => {
    for (const table of REPLICATED_TABLES) {
      const { key, columns } = TABLES[table];
      expect(columns.slice(0, key.length)).toEqual(key);
    }
  });

  test('a row comes back as it was written, booleans and nulls too', () => {
    const db = openReplicaFile();
    const note = messageRow('c1', 'm1', { note: true, authorId: null, text: '한국어 “quotes” \u0000' });
    putter(db, 'message')(rowToWire('message', note));
    expect(readRow(db, 'message', ['m1'])).toEqual(note);
    const field = { conversationId: C1, field: 'goal', ordinal: 0, number: 1.5, text: null };
    putter(db, 'fieldValue')(rowToWire('fieldValue', field));
    expect(readRow(db, 'fieldValue', ['c1', 'goal', 0])).toEqual(field);
  });

  test('a conversation is read with the small tables that hold something of it, each in key order', () => {
    const db = openReplicaFile();
    expect(conversationRows(db, 'c1')).toBeNull();
    putter(db, 'conversation')(rowToWire('conversation', conversationRow('c1')));
    expect(conversationRows(db, 'c1')).toEqual({ ...NO_ROWS, conversation: conversationRow('c1') });
    for (const tag of ['b', 'a']) putter(db, 'tag')(rowToWire('tag', tagRow('c1', tag)));
    putter(db, 'tag')(rowToWire('tag', tagRow('c2', 'x')));
    for (const ordinal of [2, 1]) putter(db, 'cycle')(rowToWire('cycle', cycleRow('c1', ordinal)));
    const product = ['c1', 'p1', null, null, 5, null];
    putter(db, 'product')(product);
    putter(db, 'fieldValue')(['c1', 'goal', 0, 1.5, null]);
    putter(db, 'csat')(['c1', 1, null, 5, null, null, null, 1, null, 4, null, 2, 1, null]);
    const rows = conversationRows(db, 'c1');
    expect(rows?.tags.map(({ tag }) => tag)).toEqual(['a', 'b']);
    expect(rows?.cycles.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(rows?.products).toMatchObject([{ productId: 'p1', recommendedAt: 5 }]);
    expect(rows?.fields).toMatchObject([{ field: 'goal', number: 1.5 }]);
    expect(rows?.csat).toMatchObject([{ ordinal: 1, scale: 5, score: 4 }]);
  });

  test('a second write of a key replaces the row; a delete takes it away', () => {
    const db = openReplicaFile();
    const put = putter(db, 'conversation');
    put(rowToWire('conversation', conversationRow('c1')));
    put(rowToWire('conversation', conversationRow('c1', { priority: 'high' })));
    expect(db.pluck('SELECT count(*) FROM conversation')).toBe(1);
    expect(readRow(db, 'conversation', ['c1'])?.priority).toBe('high');
    deleter(db, 'conversation')(['c1']);
    expect(wireRow(db, 'conversation', ['c1'])).toBeNull();
  });

  test('a table of nothing but its key takes the same row twice', () => {
    const db = openReplicaFile();
    const put = putter(db, 'follower');
    put(['c1', 'ada']);
    put(['c1', 'ada']);
    expect(db.pluck('SELECT count(*) FROM follower')).toBe(1);
  });

  test('many rows at once are what one after another would be: new, as they stand, changed, twice', () => {
    const rows = Array.from({ length: 107 }, (_, index) => messageRow('c1', `m${index}`));
    const earlier = [3, 41, 42, 105].map((index) => messageRow('c1', `m${index}`, { text: 'before' }));
    const twice = [
      messageRow('c1', 'm7', { text: 'first' }),
      messageRow('c1', 'm7', { text: 'last', note: true }),
    ];
    const [oneByOne, atOnce] = [openReplicaFile(), openReplicaFile()];
    for (const db of [oneByOne, atOnce]) {
      const put = putter(db, 'message');
      for (const row of earlier) put(rowToWire('message', row));
      put(rowToWire('message', messageRow('c1', 'm50')));
    }
    const all = [...rows.slice(0, 60), ...twice, ...rows.slice(60)].map((row) => rowToWire('message', row));
    for (const values of all) putter(oneByOne, 'message')(values);
    putAll(atOnce, 'message', all);
    const select = `SELECT n, ${columnsOf('message')} FROM message ORDER BY id`;
    expect(atOnce.all(select)).toEqual(oneByOne.all(select));
    expect(readRow(atOnce, 'message', ['m7'])).toMatchObject({ text: 'last', note: true });
    expect(atOnce.all('SELECT message FROM search_dirty')).toEqual(
      oneByOne.all('SELECT message FROM search_dirty'),
    );
  });

  test('of many rows, those that stand as they come are not written again', () => {
    const db = openReplicaFile();
    const rows = Array.from({ length: 40 }, (_, index) =>
      rowToWire('cycle', cycleRow('c1', index + 1, index === 9 ? { replyTotal: 9 } : {})),
    );
    putAll(db, 'cycle', rows);
    db.exec(`CREATE TEMP TABLE seen (ordinal INTEGER);
      CREATE TEMP TRIGGER seen_update AFTER UPDATE ON main.cycle BEGIN INSERT INTO seen VALUES (new.ordinal); END`);
    rows[9] = rowToWire('cycle', cycleRow('c1', 10, { replyTotal: 10 }));
    putAll(db, 'cycle', rows);
    expect(db.preparePluck('SELECT ordinal FROM temp.seen').all()).toEqual([10]);
    expect(readRow(db, 'cycle', ['c1', 10])?.replyTotal).toBe(10);
  });

  test('many rows of every table are written and read back', () => {
    const db = openReplicaFile();
    for (const table of REPLICATED_TABLES) {
      const types = db.all<{ type: string }>(
        "SELECT type FROM pragma_table_info(?) WHERE name NOT IN ('n', 'sum')",
        TABLES[table].sql,
      );
      const rows = Array.from({ length: 90 }, (_, row) =>
        types.map(({ type }, column) => (type === 'TEXT' ? `${row}-${column}` : row * 100 + column)),
      );
      const sums = rows.map((_, row) => row + 7);
      putAll(db, table, rows, sums);
      putAll(db, table, rows.toReversed(), sums.toReversed());
      expect(db.pluck(`SELECT total(sum) FROM ${TABLES[table].sql}`)).toBe(sums.reduce((a, b) => a + b));
      const stored = db.prepareRaw(`SELECT ${columnsOf(table)} FROM ${TABLES[table].sql}`).all();
      expect(new Set(stored.map((values) => JSON.stringify(values)))).toEqual(
        new Set(rows.map((values) => JSON.stringify(values))),
      );
    }
  });

  test('a value of the wrong type is refused by the table', () => {
    const db = openReplicaFile();
    const values: WireValue[] = rowToWire('tag', tagRow('c1', 'vip'));
    expect(() => putter(db, 'tag')([...values.slice(0, 4), 'yesterday'])).toThrow();
  });
});

const keep = (base: BaseRows, row: BaseRow): void => base.put(rowKey(row.table, row.key), row);

describe('[Y7] base copies', () => {
  test('are found by scope and in all, with the values or with none', () => {
    const db = openReplicaFile();
    const values = rowToWire('conversation', conversationRow('c1'));
    const base = new BaseRows(db);
    keep(base, { table: 'conversation', key: ['c1'], scope: 'c1', values });
    keep(base, { table: 'tag', key: ['c1', 'vip'], scope: 'c1', values: null });
    keep(base, { table: 'tag', key: ['c2', 'vip'], scope: 'c2', values: null });
    expect([...readBaseRows(db, new Set(['c1'])).values()]).toEqual([
      { table: 'conversation', key: ['c1'], scope: 'c1', values, sum: null },
      { table: 'tag', key: ['c1', 'vip'], scope: 'c1', values: null, sum: null },
    ]);
    expect(readBaseRows(db, 'all').size).toBe(3);
    expect([...base.of(new Set(['c1'])).keys()]).toEqual(['conversation\nc1', 'tag\nc1\nvip']);
    expect([...base.scopes()]).toEqual(['c1', 'c1', 'c2']);
    expect(base.get('tag\nc2\nvip')?.scope).toBe('c2');
    base.delete('tag\nc2\nvip');
    expect(base.get('tag\nc2\nvip')).toBeUndefined();
    expect([...readBaseRows(db, 'all').keys()]).toEqual([...base.of('all').keys()]);
    base.deleteAll();
    expect([...readBaseRows(db, 'all'), ...base.of('all')]).toEqual([]);
  });

  test('are in memory what they are in the file, also after a commit that failed', () => {
    const db = openReplicaFile();
    const base = new BaseRows(db);
    keep(base, { table: 'tag', key: ['c1', 'vip'], scope: 'c1', values: null });
    const fails = () => {
      keep(base, { table: 'tag', key: ['c1', 'late'], scope: 'c1', values: null });
      throw new Error('disk full');
    };
    expect(() => db.transaction(fails)).toThrow('disk full');
    base.forget();
    expect([...base.of('all').keys()]).toEqual(['tag\nc1\nvip']);
  });

  test('a copy that is not an array of values is a damaged replica', () => {
    const db = openReplicaFile();
    db.run(`INSERT INTO base_row (tbl, key, scope, vals) VALUES ('tag', '["c1","vip"]', 'c1', '{"a":1}')`);
    expect(() => readBaseRows(db, 'all')).toThrow('base row');
  });

  test('stand in for the view’s rows when rules are run again', () => {
    const db = openReplicaFile();
    putter(db, 'conversation')(rowToWire('conversation', conversationRow('c1', { priority: 'high' })));
    for (const ordinal of [1, 2]) putter(db, 'cycle')(rowToWire('cycle', cycleRow('c1', ordinal)));
    putter(db, 'tag')(rowToWire('tag', tagRow('c1', 'mine')));
    putter(db, 'message')(rowToWire('message', messageRow('c1', 'm2')));
    const copies = new BaseRows(db);
    keep(copies, {
      table: 'conversation',
      key: ['c1'],
      scope: 'c1',
      values: rowToWire('conversation', conversationRow('c1')),
    });
    keep(copies, { table: 'cycle', key: ['c1', 2], scope: 'c1', values: null });
    keep(copies, { table: 'tag', key: ['c1', 'mine'], scope: 'c1', values: null });
    keep(copies, {
      table: 'tag',
      key: ['c1', 'gone'],
      scope: 'c1',
      values: rowToWire('tag', tagRow('c1', 'gone')),
    });
    keep(copies, { table: 'message', key: ['m2'], scope: 'c1', values: null });
    const reads = {
      conversations: [C1],
      messages: [asId<'MessageId'>('m2')],
      agents: [ME],
      readMarkers: [[ME, C1] as const],
    };
    const base = rowSpace();
    loadReads(db, base, [reads], overlayOf(readBaseRows(db, 'all')));
    expect(base.snapshot(C1)).toMatchObject({
      conversation: { priority: null },
      cycle: { ordinal: 1 },
      tags: [{ tag: 'gone' }],
    });
    expect(base.message(asId<'MessageId'>('m2'))).toBeNull();
    expect(base.readMarker(ME, C1)).toBeNull();
    expect(base.agent(ME)).toBeNull();
    const view = rowSpace();
    loadReads(db, view, [reads], NO_OVERLAY);
    expect(view.snapshot(C1)).toMatchObject({
      conversation: { priority: 'high' },
      cycle: { ordinal: 2 },
      tags: [{ tag: 'mine' }],
    });
    expect(view.message(asId<'MessageId'>('m2'))?.id).toBe('m2');
  });
});

describe('[Y6] [Y10] where the replica stands', () => {
  test('a new file stands nowhere', () => {
    expect(readSyncState(openReplicaFile())).toEqual({
      workspaceId: null,
      agentId: null,
      role: null,
      cursor: null,
      lastMid: 0,
      lastSyncAt: null,
      bootstrap: BOOTSTRAP_DUE,
      clockOffset: 0,
      held: null,
      asked: null,
    });
  });

  test('everything comes back as it was written', () => {
    const db = openReplicaFile();
    const state: SyncState = {
      workspaceId: 'w1',
      agentId: ME,
      role: 'lead',
      cursor: { epoch: 'e1', seq: 42, chain: 'abc' },
      lastMid: 7,
      lastSyncAt: epochMillis(AT),
      bootstrap: {
        state: 'running',
        position: { phase: 'message', after: ['m1', null, 3] },
        seen: { epoch: 'e1', seq: 44, chain: 'def' },
        done: 10,
        total: 20,
      },
      clockOffset: -420_000,
      held: { at: 500, id: 'c7' },
      asked: 0,
    };
    writeSyncState(db, state);
    expect(readSyncState(db)).toEqual(state);
  });

  test('a bootstrap that a build of before left half-way goes on, with nothing seen', () => {
    const db = openReplicaFile();
    const position = { phase: 'message', after: ['m1'] };
    db.run(
      `UPDATE sync_state SET bootstrap_state = 'running', bootstrap_position = ?`,
      JSON.stringify(position),
    );
    expect(readSyncState(db).bootstrap).toMatchObject({ state: 'running', position, seen: null });
  });

  test('a role that this build does not know counts as none', () => {
    const db = openReplicaFile();
    db.run(`UPDATE sync_state SET role = 'owner', bootstrap_state = 'odd'`);
    expect(readSyncState(db)).toMatchObject({ role: null, bootstrap: { state: 'due' } });
  });
});

describe('[Y4] a stored call', () => {
  const who = { agentId: ME, clientId: CLIENT };
  const call = (name: string, args: unknown) => prepareCall({ mid: 3, name, args, madeAt: AT }, who);

  test('of an unknown name or with wrong arguments is a refusal, never a throw', () => {
    expect(call('conversation.explode', {})).toEqual({
      ok: false,
      error: { type: 'unknownMutation', detail: { name: 'conversation.explode' } },
    });
    expect(call('tag.add', { conversationId: 'c1', tag: 7 })).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path: 'tag' } },
    });
  });

  test('[Y1] has the event id that the workspace will give it', () => {
    const prepared = call('tag.add', { conversationId: 'c1', tag: 'vip' });
    expect(prepared).toMatchObject({
      ok: true,
      value: { mid: 3, eventId: 'desk-1-0000000003', scopes: ['c1'] },
    });
  });
});
