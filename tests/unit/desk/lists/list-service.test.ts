import { describe, expect, test } from 'vitest';
import { asId, type ConversationId } from '../../../../src/base/ids.ts';
import { MOST_VIEWS } from '../../../../src/desk/lists/list-service.ts';
import { DEFAULT_SORTS, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import {
  facetsPlainly,
  idsIn,
  listPlainly,
  type ListWorld,
  listWorld,
  nonZero,
} from '../../../support/list-world.ts';

const ALL: ListQuery = { queue: 'all', filters: {}, sort: DEFAULT_SORTS.all };
const INBOX: ListQuery = { queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox };

function told(world: ListWorld, ...conversations: (ConversationId | undefined)[]): void {
  const ids = conversations.filter((id) => id !== undefined);
  world.lists.changed({ conversations: ids, messages: [], customers: [] });
}

function idsOfCustomers(db: ListWorld['db']): readonly string[] {
  return db.preparePluck<string>('SELECT id FROM customer ORDER BY n').all();
}

function ready(seed: number, conversations: number): ListWorld {
  const world = listWorld(seed, conversations);
  world.turns.all();
  return world;
}

describe('the inbox', () => {
  test('[D2] holds what was handed over and is open: with priority, inflow page, tags, and timings where they are wanted', () => {
    const { db, lists, turns } = ready(3, 600);
    const wanted = ['waitingTime', 'avgReplyTime'];
    lists.open(INBOX, 20, wanted);
    turns.all();
    const { rows, total } = lists.open(INBOX, 200, wanted);
    const open = db
      .prepare<{ id: ConversationId; priority: string | null; page: string | null; replied: number | null }>(
        `SELECT c.id, c.priority, c.page, cy.first_reply_at AS replied FROM conversation c
         JOIN cycle cy ON cy.conversation_id = c.id AND cy.ordinal = c.cycle_count
         WHERE c.human_state = 'open'`,
      )
      .all();
    expect(open.length).toBeGreaterThan(10);
    expect(total).toBe(open.length);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(open.map(({ id }) => id)));
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const tagsOf = db.prepare<{ tag: string; appliedBy: string }>(
      'SELECT tag, applied_by AS appliedBy FROM tag WHERE conversation_id = ? ORDER BY tag',
    );
    for (const { id, priority, page, replied } of open) {
      expect(rowOf.get(id)).toMatchObject({ priority, page, tags: tagsOf.all(id), humanState: 'open' });
      expect(typeof rowOf.get(id)?.fields['waitingTime']).toBe(replied === null ? 'undefined' : 'number');
    }
    expect(open.some(({ priority }) => priority !== null)).toBe(true);
    expect(open.some(({ page }) => page !== null)).toBe(true);
    expect(rows.some(({ tags }) => tags.length > 1)).toBe(true);
  });
});

describe('before the columns are built', () => {
  test('[B14] the first page and the whole count come at once, and nothing beyond it', () => {
    const { db, lists } = listWorld(1, 60);
    const opened = lists.open(ALL, 20);
    expect(opened).toMatchObject({ ready: false, total: 60 });
    expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(db, ALL).slice(0, 20));
    expect(lists.rows(opened.viewId, 0, 20)?.rows).toEqual(opened.rows);
    expect(lists.rows(opened.viewId, 40, 20)?.rows).toEqual([]);
    expect(lists.locate(opened.viewId, opened.rows[3]?.id ?? asId(''))).toBe(3);
  });

  test('a list event follows, and a refresh under the same id reaches everything', () => {
    const { db, lists, turns, told: events } = listWorld(1, 60);
    const opened = lists.open(ALL, 20);
    turns.all();
    expect(events).toContain('list');
    const refreshed = lists.refresh(opened.viewId, 40, 20);
    expect(refreshed).toMatchObject({ viewId: opened.viewId, ready: true, total: 60 });
    expect(refreshed?.rows.map((row) => row.id)).toEqual(listPlainly(db, ALL).slice(40, 60));
  });

  test('[B4] counts wait until they can be true', async () => {
    const { db, lists, turns } = listWorld(1, 60);
    let answered = false;
    const facets = lists.facets(INBOX).then((counts) => {
      answered = true;
      return counts;
    });
    await Promise.resolve();
    expect(answered).toBe(false);
    turns.all();
    expect(nonZero(await facets)).toEqual(facetsPlainly(db, INBOX));
  });

  test('counts that wait are refused when the service ends, and no work is left', async () => {
    const { lists, turns } = listWorld(1, 10);
    const facets = lists.facets(ALL);
    lists.dispose();
    await expect(facets).rejects.toThrow('disposed');
    expect(turns.one()).toBe(false);
    lists.dispose();
  });

  test('rows that change while the columns are built are right when they are', () => {
    const world = listWorld(2, 1_500);
    const { db, lists, turns } = world;
    turns.one();
    const [first, second] = idsIn(db);
    db.run("UPDATE conversation SET human_state = 'open', waiting_since = 5 WHERE id = ?", first ?? '');
    db.run('DELETE FROM conversation WHERE id = ?', second ?? '');
    told(world, first, second);
    turns.all();
    expect(lists.open(INBOX, 500).rows.map((row) => row.id)).toEqual(listPlainly(db, INBOX));
    expect(lists.open(ALL, 1).total).toBe(1_499);
  });

  test('progress of indexing is told, and null at the end', () => {
    const { lists, turns } = listWorld(1, 60);
    expect(lists.indexing()?.done).toBe(0);
    turns.all();
    expect(lists.indexing()).toBeNull();
  });
});

describe('views', () => {
  test('stand still while rows change, and show each row as it is now', () => {
    const world = ready(3, 50);
    const opened = world.lists.open(ALL, 50);
    const [, second] = opened.rows;
    world.db.run(
      "UPDATE conversation SET last_message_at = 1, channel = 'fax' WHERE id = ?",
      second?.id ?? '',
    );
    told(world, second?.id);
    const window = world.lists.rows(opened.viewId, 0, 50);
    expect(window?.rows.map((row) => row.id)).toEqual(opened.rows.map((row) => row.id));
    expect(window?.rows[1]?.channel).toBe('fax');
    expect(window?.changed).toBe(1);
    expect(world.lists.refresh(opened.viewId, 0, 50)?.rows.at(-1)?.id).toBe(second?.id);
    expect(world.lists.rows(opened.viewId, 0, 1)?.changed).toBe(0);
  });

  test('a change that leaves a row where it stands is no change of the list', () => {
    const world = ready(3, 50);
    const opened = world.lists.open(ALL, 50);
    const [first] = opened.rows;
    world.db.run(
      'UPDATE conversation SET last_message_at = last_message_at + 5 WHERE id = ?',
      first?.id ?? '',
    );
    told(world, first?.id);
    expect(world.lists.rows(opened.viewId, 0, 1)?.changed).toBe(0);
  });

  test('what changed and changed back is no change', () => {
    const world = ready(3, 600);
    const opened = world.lists.open(INBOX, 50);
    const id = opened.rows[0]?.id;
    for (const state of ['closed', 'open']) {
      world.db.run('UPDATE conversation SET human_state = ? WHERE id = ?', state, id ?? '');
      told(world, id);
      expect(world.lists.rows(opened.viewId, 0, 1)?.changed).toBe(state === 'closed' ? 1 : 0);
    }
  });

  test('a deleted row leaves at once, the rest keeps its order', () => {
    const world = ready(3, 30);
    const opened = world.lists.open(ALL, 30);
    const id = opened.rows[4]?.id;
    world.db.run('DELETE FROM conversation WHERE id = ?', id ?? '');
    told(world, id);
    const window = world.lists.rows(opened.viewId, 0, 30);
    expect(window?.rows.map((row) => row.id)).toEqual(
      opened.rows.map((row) => row.id).filter((other) => other !== id),
    );
    expect(window?.total).toBe(29);
    expect(world.lists.locate(opened.viewId, id ?? asId(''))).toBeNull();
  });

  test('a row number that is given to another conversation never shows in the old one’s place', () => {
    const world = ready(3, 30);
    const { db, lists } = world;
    const opened = lists.open(ALL, 30);
    const last = db.get<{ id: ConversationId; n: number }>(
      'SELECT id, n FROM conversation ORDER BY n DESC LIMIT 1',
    );
    db.exec('CREATE TEMP TABLE copy AS SELECT * FROM conversation WHERE n = 1');
    db.run('DELETE FROM conversation WHERE n = ?', last?.n ?? 0);
    db.exec(`UPDATE copy SET n = ${last?.n}, id = 'newcomer'; INSERT INTO conversation SELECT * FROM copy`);
    told(world, last?.id, asId('newcomer'));
    const window = lists.rows(opened.viewId, 0, 30);
    expect(window?.rows.map((row) => row.id)).not.toContain('newcomer');
    expect(window?.rows).toHaveLength(29);
    expect(window?.changed).toBe(1);
    expect(lists.refresh(opened.viewId, 0, 30)?.rows.map((row) => row.id)).toContain('newcomer');
  });

  test('a replica that was cleared and filled again: no view shows a newcomer in an old row’s place', () => {
    const world = ready(3, 30);
    const { db, lists, turns } = world;
    const opened = lists.open(ALL, 30);
    db.exec(`
      CREATE TEMP TABLE copy AS SELECT * FROM conversation;
      DELETE FROM conversation;
      UPDATE copy SET id = 'new-' || id;
      INSERT INTO conversation SELECT * FROM copy`);
    lists.changed({ conversations: null, messages: null, customers: null });
    turns.all();
    expect(lists.rows(opened.viewId, 0, 30)).toMatchObject({ rows: [], total: 0, changed: 30 });
    expect(lists.refresh(opened.viewId, 0, 30)?.rows.map((row) => row.id)).toEqual(listPlainly(db, ALL));
  });

  test('everything changed: what came and went is counted, the order stands', () => {
    const world = ready(3, 100);
    const { db, lists, turns } = world;
    const opened = lists.open(INBOX, 100);
    const before = opened.rows.map((row) => row.id);
    const came = idsIn(db)
      .filter((id) => !before.includes(id))
      .slice(0, 3);
    for (const id of came) db.run("UPDATE conversation SET human_state = 'open' WHERE id = ?", id);
    db.run("UPDATE conversation SET human_state = 'closed' WHERE id = ?", before[0] ?? '');
    lists.changed({ conversations: null, messages: null, customers: null });
    turns.all();
    const window = lists.rows(opened.viewId, 0, 100);
    expect(window?.rows.map((row) => row.id)).toEqual(before);
    expect(window?.changed).toBe(4);
  });

  test(`at most ${MOST_VIEWS} are kept; the one longest unused goes, and a closed one is gone`, () => {
    const { lists } = ready(3, 10);
    const first = lists.open(ALL, 1);
    const second = lists.open(ALL, 1);
    for (let count = 2; count < MOST_VIEWS; count += 1) lists.open(ALL, 1);
    lists.rows(first.viewId, 0, 1);
    const latest = lists.open(ALL, 1);
    expect(lists.rows(second.viewId, 0, 1)).toBeNull();
    expect(lists.rows(first.viewId, 0, 1)).not.toBeNull();
    lists.close(latest.viewId);
    expect(lists.refresh(latest.viewId, 0, 1)).toBeNull();
    expect(lists.locate('unknown', asId('x'))).toBeNull();
  });

  test('by customer: the first page while the order is built, then all of it', () => {
    const { db, lists, turns, told: events } = ready(4, 60);
    const query: ListQuery = { queue: 'all', filters: {}, sort: { by: 'customer', direction: 'desc' } };
    const opened = lists.open(query, 20);
    expect(opened.ready).toBe(false);
    expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(db, query).slice(0, 20));
    events.length = 0;
    turns.all();
    expect(events).toContain('list');
    const refreshed = lists.refresh(opened.viewId, 0, 60);
    expect(refreshed?.ready).toBe(true);
    expect(refreshed?.rows.map((row) => row.id)).toEqual(listPlainly(db, query));
  });
});

describe('a great many changes at once', () => {
  test('are taken in by parts: a question is answered at once, and a list event follows', () => {
    const { db, lists, turns, told: events } = ready(6, 2_600);
    db.run("UPDATE conversation SET human_state = 'open', waiting_since = n");
    lists.changed({ conversations: idsIn(db), messages: [], customers: [] });
    events.length = 0;
    expect(lists.open(INBOX, 1).total).toBeLessThan(2_600);
    turns.all();
    expect(events).toContain('list');
    const opened = lists.open(INBOX, 500);
    expect(opened.total).toBe(2_600);
    expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(db, INBOX).slice(0, 500));
    events.length = 0;
    turns.all();
    expect(events).toEqual([]);
  });
});

describe('[Y9] while a page of a bootstrap goes in', () => {
  function filling(seed: number, conversations: number) {
    const link = { isFilling: false };
    const world = listWorld(seed, conversations, () => link.isFilling);
    return { ...world, link };
  }

  test('the columns are built all the same: the list is usable', () => {
    const world = filling(7, 1_200);
    world.link.isFilling = true;
    world.turns.all();
    const opened = world.lists.open(ALL, 30);
    expect(opened).toMatchObject({ ready: true, total: 1_200 });
    expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(world.db, ALL).slice(0, 30));
  });

  test('search waits, and takes no turn; once the page is told it goes on', () => {
    const world = filling(8, 60);
    world.link.isFilling = true;
    world.turns.all();
    expect(world.lists.indexing()).toMatchObject({ done: 0 });
    expect(world.turns.one()).toBe(false);
    world.link.isFilling = false;
    told(world);
    world.turns.all();
    expect(world.lists.indexing()).toBeNull();
  });

  test('open conversations of its first pages show at once, the many of later ones when the page is in', () => {
    const world = filling(9, 1_300);
    world.turns.all();
    world.link.isFilling = true;
    const ids = idsIn(world.db);
    const set = 'UPDATE conversation SET human_state = NULL, ai_outcome = ? WHERE n BETWEEN ? AND ?';
    world.db.run(set, 'open', 1, 200);
    told(world, ...ids.slice(0, 200));
    world.turns.all();
    const withAi: ListQuery = { queue: 'withAi', filters: {}, sort: DEFAULT_SORTS.withAi };
    const first = listPlainly(world.db, withAi).length;
    expect(world.lists.open(withAi, 1).total).toBe(first);
    world.db.run(set, 'open', 201, 1_300);
    told(world, ...ids.slice(200));
    world.turns.all();
    world.link.isFilling = false;
    told(world);
    world.turns.all();
    expect(world.lists.open(withAi, 500)).toMatchObject({ ready: true, total: 1_300 });
  });
});

describe('so many changes that all is read again', () => {
  test('[Y9] what was read before goes on to answer, until the new is there', () => {
    const { db, lists, turns } = ready(10, 1_500);
    db.run("UPDATE conversation SET human_state = 'open', waiting_since = n WHERE n <= 40");
    const many = Array.from({ length: 50_001 }, (_, index) => asId<'ConversationId'>(`none-${index}`));
    lists.changed({ conversations: [...idsIn(db), ...many], messages: [], customers: [] });
    expect(lists.indexing()).not.toBeNull();
    expect(lists.open(ALL, 1)).toMatchObject({ ready: true, total: 1_500 });
    // What somebody does meanwhile shows at once, and stays.
    const before = lists.open(INBOX, 1).total;
    const closed = idsIn(db).find((id) => !listPlainly(db, INBOX).includes(id));
    db.run("UPDATE conversation SET human_state = 'open', waiting_since = 1 WHERE id = ?", closed ?? '');
    lists.changed({ conversations: closed === undefined ? [] : [closed], messages: [], customers: [] });
    const meanwhile = lists.open(INBOX, 500);
    expect(meanwhile.total).toBe(before + 1);
    expect(meanwhile.rows[0]?.id).toBe(closed);
    turns.all();
    expect(lists.indexing()).toBeNull();
    const opened = lists.open(INBOX, 500);
    expect(opened.ready).toBe(true);
    expect(opened.rows.map((row) => row.id)).toEqual(listPlainly(db, INBOX));
  });

  test('[B4] what was built for a sort follows: customers by name, also those renamed meanwhile', () => {
    const { db, lists, turns } = ready(11, 1_200);
    const query: ListQuery = { ...ALL, sort: { by: 'customer', direction: 'asc' } };
    lists.open(query, 1);
    turns.all();
    db.run("UPDATE customer SET name = 'Aaa ' || name WHERE n % 3 = 0");
    const many = Array.from({ length: 50_001 }, (_, index) => asId<'ConversationId'>(`none-${index}`));
    lists.changed({ conversations: many, messages: [], customers: [] });
    turns.one();
    lists.changed({ conversations: [], messages: [], customers: idsOfCustomers(db) });
    turns.all();
    lists.open(query, 1);
    turns.all();
    expect(lists.open(query, 300).rows.map((row) => row.id)).toEqual(listPlainly(db, query).slice(0, 300));
  });
});

describe('search in the service', () => {
  test('[B12] a message is found in the same turn in which it was written', () => {
    const { db, lists } = ready(5, 20);
    const [id] = idsIn(db);
    db.run(
      "INSERT INTO message (id, conversation_id, at, author_kind, author_id, note, text, written_at) VALUES ('m-new', ?, 5, 'customer', NULL, 0, 'Wo ist mein Zahnstocher?', NULL)",
      id ?? '',
    );
    lists.changed({ conversations: id === undefined ? [] : [id], messages: [asId('m-new')], customers: [] });
    const found = lists.search('zahnsto', null, 10);
    expect(found.hits).toMatchObject([{ messageId: 'm-new', conversationId: id, ranges: [[12, 19]] }]);
    expect(found.scope.indexed).toBe(found.scope.total);
  });
});
