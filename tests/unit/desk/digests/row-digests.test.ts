import { describe, expect, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import {
  checkRows,
  checkSlice,
  DamagedRows,
  type DigestPlace,
  giveDigests,
  nameOfRow,
  soundRows,
} from '../../../../src/desk/digests/row-digests.ts';
import type { Replica } from '../../../../src/desk/replica/replica.ts';
import { columnsOf } from '../../../../src/desk/replica/row-sql.ts';
import { REPLICATED_TABLES } from '../../../../src/protocol/tables.ts';
import { rowSums } from '../../../../src/workspace/store/log.ts';
import {
  conversationRow,
  digested,
  openConversation,
  puts,
  tagRow,
} from '../../../support/desk/sample-rows.ts';
import { FULL, openReplicaFile, show, testReplica } from '../../../support/desk/test-replica.ts';

function filled(...ids: readonly string[]): Replica {
  const replica = testReplica();
  for (const id of ids) {
    const rows = [...openConversation(id), puts('tag', tagRow(id, 'vip'), tagRow(id, 'late'))];
    replica.apply(digested(rows), FULL);
  }
  return replica;
}

function sumsOf(replica: Replica, table: string): readonly (number | null)[] {
  return replica.db.preparePluck<number | null>(`SELECT sum FROM ${table}`).all();
}

describe('a walk through the replica', () => {
  test('[Y1] rows as they came are sound, in slices of any size, each looked at once', () => {
    const { db } = filled('c1', 'c2', 'c3');
    for (const size of [1, 2, 5, 1_000]) {
      let rows = 0;
      let place: DigestPlace | null = null;
      do {
        const slice = checkSlice(db, place, size);
        expect(slice).toMatchObject({ damaged: [], bare: [] });
        expect(slice.rows).toBeLessThanOrEqual(size);
        rows += slice.rows;
        place = slice.next;
      } while (place !== null);
      expect(rows).toBe(18);
    }
  });

  test.each([
    ['message', `UPDATE message SET text = 'Where is ot?' WHERE id = 'c2-m1'`, ['c2-m1']],
    ['conversation', `UPDATE conversation SET closed_at = 5 WHERE id = 'c2'`, ['c2']],
    ['customer', `UPDATE customer SET email = 'x' WHERE id = 'customer-c2'`, ['customer-c2']],
    ['cycle', `UPDATE cycle SET reply_count = 1 WHERE conversation_id = 'c2'`, ['c2', 1]],
    ['tag', `UPDATE tag SET at = at + 1 WHERE conversation_id = 'c2' AND tag = 'vip'`, ['c2', 'vip']],
    ['tag', `UPDATE tag SET sum = sum + 1 WHERE conversation_id = 'c2' AND tag = 'vip'`, ['c2', 'vip']],
  ] as const)('[Y1] a changed bit in %s is found and named', (table, change, key) => {
    const { db } = filled('c1', 'c2', 'c3');
    db.exec(change);
    const found = [{ table, key, isBase: false }];
    expect(checkRows(db, 2).damaged).toEqual(found);
    expect(checkRows(db)).toEqual({ rows: 18, damaged: found });
  });

  test('[Y1] the copy of a row under pending work keeps the digest that the row came with', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    const [sum] = replica.db.preparePluck<number>('SELECT sum FROM base_row').all();
    expect(sum).toBeTypeOf('number');
    expect(checkRows(replica.db).damaged).toEqual([]);
    replica.db.exec(`UPDATE base_row SET vals = replace(vals, 'web_chat', 'web_chav')`);
    const [damaged] = checkRows(replica.db).damaged;
    expect(damaged).toEqual({ table: 'conversation', key: ['c1'], isBase: true });
    expect(nameOfRow(must(damaged, 'a damaged copy'))).toBe('conversation ["c1"] (base)');
  });

  test('[Y1] a damaged row that pending work copies is still found: no digest is made of it anew', () => {
    const replica = filled('c1');
    replica.db.exec(`UPDATE conversation SET channel = 'web_chaT' WHERE id = 'c1'`);
    show(replica, 1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    expect(checkRows(replica.db).damaged).toEqual([{ table: 'conversation', key: ['c1'], isBase: true }]);
  });

  test('[Y7] the row comes back with its digest when the work on it is taken back or confirmed', () => {
    const replica = filled('c1');
    const before = sumsOf(replica, 'conversation');
    show(replica, 1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    expect(sumsOf(replica, 'conversation')).toEqual([null]);
    replica.drop(new Set([1]));
    expect(sumsOf(replica, 'conversation')).toEqual(before);
    show(replica, 2, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    const confirmed = puts('conversation', conversationRow('c1', { priority: 'high' }));
    replica.apply(digested([confirmed]), { lastMid: 2 });
    expect(sumsOf(replica, 'conversation')).toEqual(rowSums(confirmed.puts));
    expect(checkRows(replica.db).damaged).toEqual([]);
  });

  test('[Y1] rows without a digest are told of, given one once, and watched from then on', () => {
    const replica = testReplica();
    replica.apply(openConversation('c1'), FULL);
    const { db } = replica;
    expect(checkRows(db)).toEqual({ rows: 4, damaged: [] });
    let place: DigestPlace | null = null;
    let bare = 0;
    do {
      const slice = checkSlice(db, place, 100);
      bare += slice.bare.length;
      giveDigests(db, slice.bare);
      place = slice.next;
    } while (place !== null);
    expect(bare).toBe(4);
    db.exec(`UPDATE message SET text = 'other'`);
    expect(checkRows(db).damaged).toEqual([{ table: 'message', key: ['c1-m1'], isBase: false }]);
  });

  test('[Y1] a row written meanwhile keeps its own digest', () => {
    const replica = testReplica();
    replica.apply(openConversation('c1'), FULL);
    const { bare } = checkSlice(replica.db, { table: 'message', after: [] }, 100);
    replica.apply(digested([openConversation('c1')[3] ?? puts('message')]), {});
    const own = sumsOf(replica, 'message');
    giveDigests(
      replica.db,
      bare.map((row) => ({ ...row, sum: 1 })),
    );
    expect(sumsOf(replica, 'message')).toEqual(own);
  });

  test('every slice reads along a key: no walk sorts', () => {
    const db = openReplicaFile();
    for (const table of REPLICATED_TABLES) {
      const slice = checkSlice(db, { table, after: [] }, 10);
      expect(slice.next).not.toBeNull();
    }
    const plans = REPLICATED_TABLES.map((table) => planOf(db, table));
    expect(plans.join('\n')).not.toContain('TEMP B-TREE');
  });
});

function planOf(db: ReturnType<typeof openReplicaFile>, table: (typeof REPLICATED_TABLES)[number]): string {
  const seen: string[] = [];
  const spied: Pick<typeof db, 'prepareRaw'> = {
    prepareRaw: (sql: string) => {
      seen.push(sql);
      return db.prepareRaw(sql);
    },
  };
  checkSlice({ ...db, ...spied }, { table, after: [] }, 10);
  return db
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${seen[0] ?? ''}`, 10)
    .map(({ detail }) => detail)
    .join('\n');
}

describe('rows on their way into a file', () => {
  const stored = (replica: Replica) =>
    replica.db.prepareRaw(`SELECT ${columnsOf('message')}, sum FROM message`).all() as (string | number)[][];

  test('[C12] come without their digest where they are sound', () => {
    const replica = filled('c1');
    const rows = soundRows('message', stored(replica));
    expect(rows).toEqual(openConversation('c1')[3]?.puts);
  });

  test('[C12] a damaged one is thrown about by name', () => {
    const replica = filled('c1', 'c2');
    replica.db.exec(`UPDATE message SET at = at + 256 WHERE id = 'c2-m1'`);
    expect(() => soundRows('message', stored(replica))).toThrow(DamagedRows);
    expect(() => soundRows('message', stored(replica))).toThrow('message ["c2-m1"]');
  });
});
