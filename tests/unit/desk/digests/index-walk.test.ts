import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import { DamagedReplica } from '../../../../src/desk/digests/damage.ts';
import { indexedTables } from '../../../../src/desk/digests/index-schema.ts';
import { entriesCheck, rowsCheck } from '../../../../src/desk/digests/index-sql.ts';
import { type DamagedEntry, DamagedIndex, indexWalk } from '../../../../src/desk/digests/index-walk.ts';
import { createIndexer } from '../../../../src/desk/search/indexer.ts';
import type { Conversation } from '../../../../src/domain/model.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { queryPlan } from '../../../../src/sqlite/integrity.ts';
import { openReplica } from '../../../bench/dataset.ts';
import { openIndex } from '../../../support/desk/imposter.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { AT, digested, openConversation, puts } from '../../../support/desk/sample-rows.ts';
import { FULL, openReplicaFile, show, testReplica } from '../../../support/desk/test-replica.ts';

/** Indexes of one kind of conversation, where SQLite asks the row too: an entry without one shows nowhere. */
const ASKED = ['list_open_unread', 'list_with_ai'];

const KINDS: Readonly<Record<string, Partial<Conversation>>> = {
  c1: {},
  c2: { assigneeId: asId('ada') },
  c3: { humanState: 'closed' },
  c4: { humanState: null, aiOutcome: 'open' },
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handoff-indexes-'));
  fill(path.join(folder, 'replica.db'));
  return () => rmSync(folder, { recursive: true });
});

/** A replica with something in every index it has: a copy of one that is made once. */
function filled(): Database {
  const file = path.join(tempDir(), 'replica.db');
  copyFileSync(path.join(folder, 'replica.db'), file);
  return openReplicaFile(file);
}

function fill(file: string): void {
  const db = openReplica(file);
  const replica = testReplica(db);
  for (const id of Object.keys(KINDS)) {
    replica.apply(
      digested([
        ...openConversation(id, KINDS[id]),
        puts('shopOrder', {
          id: asId<'OrderId'>(`o-${id}`),
          customerId: asId(`customer-${id}`),
          at: AT,
          valueMinor: 500,
          currency: 'SEK',
        }),
        puts('fieldValue', {
          conversationId: asId(id),
          field: 'profile.tier',
          ordinal: 0,
          number: null,
          text: 'gold',
        }),
        puts('metricEvent', {
          conversationId: asId(id),
          id: `${id}-e1`,
          customerId: asId(`customer-${id}`),
          metric: 'escalated',
          at: AT,
          channel: 'sms',
          skill: null,
          reasonCode: null,
          reason: null,
          tags: null,
          products: null,
        }),
      ]),
      FULL,
    );
  }
  show(replica, 1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
  show(replica, 2, 'conversation.setPriority', { conversationId: 'c2', priority: 'high' });
  const indexer = createIndexer(replica.db);
  while (indexer.step());
  db.close();
}

/** Walks to the end; what is damaged, and how many slices it took. */
function walked(
  db: Database,
  limit?: number,
): { found: readonly DamagedEntry[]; slices: number; looked: number } {
  const walk = indexWalk(db, limit);
  const found: DamagedEntry[] = [];
  let slices = 0;
  let looked = 0;
  for (;;) {
    const slice = walk.next();
    slices += 1;
    looked += slice.looked;
    if (slice.damage instanceof DamagedIndex) found.push(...slice.damage.entries);
    if (slice.isEnd) return { found, slices, looked };
  }
}

const NAMES = indexedTables(openMemory()).flatMap(({ indexes }) => indexes.map(({ name }) => name));

function openMemory(): Database {
  return openReplica(':memory:');
}

describe('a walk through the indexes of a replica', () => {
  test('[Y1] every index that the schema has beside its tables is looked at', () => {
    const db = openMemory();
    const all = db
      .preparePluck<string>(
        `SELECT name FROM sqlite_schema WHERE type = 'index' AND rootpage > 0 ORDER BY name`,
      )
      .all();
    expect(all).toHaveLength(19);
    expect(NAMES.toSorted()).toEqual(all);
  });

  test('[Y1] finds nothing where nothing is damaged, in slices of any size', () => {
    const db = filled();
    const whole = walked(db);
    expect(whole.found).toEqual([]);
    for (const limit of [1, 2, 3, 7]) {
      const { found, looked, slices } = walked(db, limit);
      expect(found).toEqual([]);
      expect(looked).toBe(whole.looked);
      expect(slices).toBeGreaterThanOrEqual(looked / limit / 2);
    }
  });

  test('[Y1] an empty replica is sound', () => {
    expect(walked(openMemory()).found).toEqual([]);
  });

  test.each(NAMES)('[Y1] %s: a row without its entry is found, by slices of any size', (index) => {
    const db = filled();
    const opened = openIndex(db.path, index);
    const entries = opened.entries();
    expect(entries.length).toBeGreaterThan(0);
    opened.remove(must(entries.at(-1), 'an entry'));
    opened.close();
    for (const limit of [1, 1_000])
      expect(walked(db, limit).found).toEqual([expect.objectContaining({ index, kind: 'missing' })]);
  });

  test.each(NAMES)('[Y1] %s: an entry that says another value than its row is found', (index) => {
    const db = filled();
    const opened = openIndex(db.path, index);
    const entry = must(
      opened.entries().find((one) => !one.includes(null)),
      'an entry',
    );
    const [first] = entry;
    opened.remove(entry);
    opened.add([typeof first === 'number' ? first + 1 : `${String(first)}!`, ...entry.slice(1)]);
    opened.close();
    const kinds = new Set(walked(db).found.map((one) => `${one.index} ${one.kind}`));
    expect(kinds).toEqual(new Set([`${index} missing`, `${index} stray`]));
  });

  test.each(NAMES.filter((name) => !ASKED.includes(name)))(
    '[Y1] %s: an entry without a row is found, by slices of any size',
    (index) => {
      const db = filled();
      const opened = openIndex(db.path, index);
      const entry = must(
        opened.entries().find((one) => !one.includes(null)),
        'an entry',
      );
      const last = entry.at(-1);
      opened.add([...entry.slice(0, -1), typeof last === 'number' ? last + 1_000 : `${String(last)}!`]);
      opened.close();
      for (const limit of [1, 1_000])
        expect(walked(db, limit).found).toEqual([expect.objectContaining({ index, kind: 'stray' })]);
    },
  );

  test('[Y1] a name in an index that differs from its row by case alone is found', () => {
    const db = filled();
    const opened = openIndex(db.path, 'customer_name');
    const [entry] = opened.entries();
    opened.remove(must(entry, 'an entry'));
    opened.add(['cUSTOMER c1', 1]);
    opened.close();
    expect(walked(db).found).toEqual([{ index: 'customer_name', key: [1], kind: 'stray' }]);
  });

  test('[Y1] what is found is named by index and row, for people and logs', () => {
    const db = filled();
    const opened = openIndex(db.path, 'shop_order_feed');
    opened.remove(must(opened.entries()[0], 'an entry'));
    opened.close();
    const { found } = walked(db);
    const damage = new DamagedIndex(found);
    expect(damage).toBeInstanceOf(DamagedReplica);
    expect(damage.places).toEqual(['shop_order_feed ["o-c1"] (missing)']);
    expect(damage.message).toBe('damaged indexes: shop_order_feed ["o-c1"] (missing)');
  });

  test('rows that are written between two slices are no damage', () => {
    const replica = testReplica(filled());
    const walk = indexWalk(replica.db, 2);
    for (let round = 0, isEnd = false; !isEnd; round += 1) {
      const slice = walk.next();
      expect(slice.damage).toBeNull();
      isEnd = slice.isEnd;
      if (round < 200 && round % 3 === 0) {
        const at = { waitingSince: null, lastMessageAt: null, humanState: 'closed' as const };
        replica.apply(digested(openConversation(`n${round}`, round % 2 === 0 ? {} : at)), {});
      }
    }
  });

  test('[Y9] each statement goes along one order: none sorts, none reads more than its slice', () => {
    const db = openMemory();
    for (const table of indexedTables(db)) {
      const { first, next } = rowsCheck(table);
      const sqls = [first, next];
      for (const index of table.indexes) {
        const { depth, first: begin, after } = entriesCheck(table, index);
        const last = Array.from({ length: depth }, (_, column) => (column % 2 === 0 ? 'x' : null));
        sqls.push(begin, ...last.map((_, level) => after({ last, level }).sql));
      }
      for (const sql of sqls) {
        const marks = Array.from(sql.matchAll(/\?/g), () => 1);
        const plan = queryPlan(db, sql, marks).join('\n');
        expect(plan).not.toContain('TEMP B-TREE');
        expect(plan).not.toMatch(/AUTOMATIC/);
      }
    }
  });
});
