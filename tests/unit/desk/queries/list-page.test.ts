import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import {
  countOf,
  type PageArgs,
  pageOf,
  pageStatement,
  rowsByIds,
} from '../../../../src/desk/queries/list-page.ts';
import { isUnread, type ListRecord } from '../../../../src/desk/queries/list-row.ts';
import { DEFAULT_SORTS, type ListQuery, QUEUES, type Queue } from '../../../../src/protocol/rpc/list.ts';
import { queryPlan } from '../../../../src/sqlite/integrity.ts';
import { GENERATED_ME as ME } from '../../../bench/generate.ts';
import { idsIn, listPlainly, listWorld, NO_MARKS } from '../../../support/list-world.ts';

const plainQuery = (queue: Queue): ListQuery => ({ queue, filters: {}, sort: DEFAULT_SORTS[queue] });

const INDEX: Readonly<Record<Queue, string>> = {
  inbox: 'list_open_waiting',
  mine: 'list_open_assignee',
  unassigned: 'list_open_assignee',
  unread: 'list_open_unread',
  snoozed: 'list_state_activity',
  closed: 'list_state_activity',
  review: 'list_review',
  withAi: 'list_with_ai',
  all: 'list_activity',
};

describe('plans', () => {
  for (const analyzed of [false, true]) {
    test.each(QUEUES)(
      `[B4] a page of %s in its default order runs along its index without sorting, ANALYZE ${analyzed ? 'run' : 'not run'}`,
      (queue) => {
        const { db } = listWorld(7, 120);
        if (analyzed) db.exec('ANALYZE');
        const first: PageArgs = { query: plainQuery(queue), me: ME, after: null, limit: 100 };
        const next: PageArgs = { ...first, after: { stretch: 'set', values: [1, 1] } };
        for (const [args, stretch] of [
          [first, 'set'],
          [next, 'set'],
          [first, 'unset'],
        ] as const) {
          const { sql, params } = pageStatement(args, stretch, 100);
          const plan = queryPlan(db, sql, params);
          expect(plan[0]).toContain(`USING INDEX ${INDEX[queue]}`);
          expect(plan.join('\n')).not.toContain('TEMP B-TREE');
          expect(plan.join('\n')).not.toContain('SCAN t');
          expect(sql).toContain('LIMIT ?');
        }
      },
    );
  }

  test('[B4] by customer, a big queue is walked along the names', () => {
    const { db } = listWorld(7, 60);
    const query: ListQuery = { queue: 'all', filters: {}, sort: { by: 'customer', direction: 'asc' } };
    const after = { stretch: 'set', values: ['Emma', 3, 4] } as const;
    const { sql, params } = pageStatement({ query, me: ME, after, limit: 100 }, 'set', 100);
    expect(queryPlan(db, sql, params)[0]).toBe('SEARCH cu USING INDEX customer_name (name>?)');
  });

  test('[B4] the statement of a query is one text whatever the number of values, so that it is kept', () => {
    const query = (tags: string[]): ListQuery => ({ ...plainQuery('all'), filters: { tag: tags } });
    const textOf = (tags: string[]): string =>
      pageStatement({ query: query(tags), me: ME, after: null, limit: 10 }, 'set', 10).sql;
    expect(textOf(['a'])).toBe(textOf(['a', 'b', 'c']));
    expect(textOf([])).not.toBe(textOf(['a']));
  });
});

describe('pages', () => {
  test('an exactly full last page names no next one that would be empty twice', () => {
    const { db } = listWorld(3, 30);
    const query = plainQuery('all');
    const page = pageOf(db, { query, me: ME, after: null, limit: 30 });
    expect(page.records).toHaveLength(30);
    const rest = pageOf(db, { query, me: ME, after: page.next, limit: 30 });
    expect(rest).toEqual({ records: [], next: null });
  });

  test('a page may begin among rows with a value and end among those without', () => {
    const { db } = listWorld(3, 30);
    db.run('UPDATE conversation SET last_message_at = NULL WHERE n % 3 = 0');
    const query = plainQuery('all');
    const first = pageOf(db, { query, me: ME, after: null, limit: 22 });
    expect(first.next).toEqual({ stretch: 'unset', values: [first.records.at(-1)?.n] });
    const second = pageOf(db, { query, me: ME, after: first.next, limit: 22 });
    expect([...first.records, ...second.records].map((record) => record.id)).toEqual(listPlainly(db, query));
  });

  test('counts what the pages hold', () => {
    const { db } = listWorld(4, 80);
    for (const queue of QUEUES) {
      const query = plainQuery(queue);
      expect(countOf(db, query, ME)).toBe(listPlainly(db, query).length);
    }
  });

  test('values are bound: a tag that looks like SQL filters by that text', () => {
    const { db } = listWorld(4, 10);
    const tag = `x'); DROP TABLE tag; --`;
    const [id] = idsIn(db);
    db.run(
      "INSERT INTO tag (conversation_id, tag, applied_by, agent_id, at) VALUES (?, ?, 'agent', NULL, 1)",
      id ?? '',
      tag,
    );
    const query: ListQuery = { ...plainQuery('all'), filters: { tag: [tag] } };
    expect(pageOf(db, { query, me: ME, after: null, limit: 5 }).records.map((record) => record.id)).toEqual([
      id,
    ]);
  });
});

describe('rows', () => {
  test('rows by id come in the order asked, unknown ones left out, with tags and marks', () => {
    const { db } = listWorld(5, 10);
    const [first, second] = idsIn(db);
    if (first === undefined || second === undefined) throw new Error('no conversations');
    db.run('DELETE FROM tag WHERE conversation_id = ?', second);
    db.run(
      "INSERT INTO tag (conversation_id, tag, applied_by, agent_id, at) VALUES (?, 'b', 'ai', NULL, 1), (?, 'a', 'agent', NULL, 2)",
      second,
      second,
    );
    const rows = rowsByIds(db, [second, asId('unknown'), first], ME, (id) =>
      id === second ? { hasDraft: true, pending: 3, attention: 'held' } : NO_MARKS,
    );
    expect(rows.map((row) => row.id)).toEqual([second, first]);
    expect(rows[0]).toMatchObject({
      tags: [
        { tag: 'a', appliedBy: 'agent' },
        { tag: 'b', appliedBy: 'ai' },
      ],
      hasDraft: true,
      pending: 3,
      attention: 'held',
    });
    expect(rows[1]).toMatchObject(NO_MARKS);
  });

  test('a conversation whose customer has not arrived yet is listed all the same', () => {
    const { db } = listWorld(5, 3);
    db.run('DELETE FROM customer');
    const page = pageOf(db, { query: plainQuery('all'), me: ME, after: null, limit: 5 });
    expect(page.records).toHaveLength(3);
    expect(page.records[0]?.customerName).toBeNull();
  });

  test('unread: before humans, and the customer or a hand-off came after my marker', () => {
    const { db } = listWorld(5, 1);
    const [id] = idsIn(db);
    const read = (): ListRecord | undefined =>
      pageOf(db, { query: plainQuery('all'), me: ME, after: null, limit: 1 }).records[0];
    const unreadWith = (
      state: string | null,
      customer: number | null,
      handoff: number | null,
      marker: number | null,
    ) => {
      db.run('DELETE FROM read_marker');
      if (marker !== null)
        db.run(
          'INSERT INTO read_marker (agent_id, conversation_id, read_through_at) VALUES (?, ?, ?)',
          ME,
          id ?? '',
          marker,
        );
      db.run(
        "INSERT INTO read_marker (agent_id, conversation_id, read_through_at) VALUES ('someone-else', ?, 999)",
        id ?? '',
      );
      db.run(
        'UPDATE conversation SET human_state = ?, last_customer_message_at = ?, handoff_at = ?',
        state,
        customer,
        handoff,
      );
      const record = read();
      return record !== undefined && isUnread(record);
    };
    expect(unreadWith('open', 100, null, null)).toBe(true);
    expect(unreadWith('open', 100, null, 100)).toBe(false);
    expect(unreadWith('open', 100, null, 99)).toBe(true);
    expect(unreadWith('snoozed', 100, 200, 150)).toBe(true);
    expect(unreadWith('closed', 100, 200, null)).toBe(false);
    expect(unreadWith(null, 100, null, null)).toBe(false);
    expect(unreadWith('open', null, null, null)).toBe(false);
  });
});
