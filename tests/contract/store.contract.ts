import { describe, expect, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { epochMillis } from '../../src/base/time.ts';
import type { Conversation } from '../../src/domain/model.ts';
import { OPEN_WORK } from '../../src/domain/desk-scope.ts';
import { del, put } from '../../src/domain/rows.ts';
import { rowToWire } from '../../src/protocol/tables.ts';
import { tableRows } from '../../src/workspace/pull.ts';
import type { ScopeAsk } from '../../src/workspace/scope.ts';
import type { Identity, Store } from '../../src/workspace/store/store.ts';
import { storeBooksContract } from './store-books.contract.ts';
import { storeClosingsContract } from './store-closings.contract.ts';
import { storeConversationsContract } from './store-conversations.contract.ts';
import {
  AT,
  C1,
  C2,
  CLIENT,
  commit,
  conversationRow,
  historyRow,
  IDENTITY,
  JOAO,
  MINA,
  messageRow,
  NONE,
  sent,
  setting,
} from './store-rows.ts';

/** What every store of a workspace promises: one suite, every implementation. */
export function storeContract(name: string, open: (identity: Identity) => Promise<Store>): void {
  const opened = (): Promise<Store> => open(IDENTITY);
  const changes = async (store: Store, after: number, agentId = MINA, scope?: ScopeAsk) => {
    const answer = await store.changes({ after, agentId, clientId: CLIENT, maxRows: 1_000, scope });
    if (answer.kind !== 'changes') throw new Error(answer.kind);
    return { ...answer, tables: answer.tables.map(tableRows) };
  };

  describe(`${name}: the log`, () => {
    test('[Y5] it begins at 0, with a chain of its own for each workspace', async () => {
      const store = await opened();
      const other = await open({ ...IDENTITY, workspaceId: 'another' });
      expect(await store.identity()).toEqual(IDENTITY);
      expect(await store.head()).toMatchObject({ seq: 0, arrival: 0 });
      expect((await store.head()).chain).not.toBe((await other.head()).chain);
      expect(await store.chainAt(0)).toBe((await store.head()).chain);
      expect(await store.chainAt(1)).toBeNull();
    });

    test('[Y5] every commit that changes a row takes the next number, without gaps', async () => {
      const store = await opened();
      for (let n = 1; n <= 5; n += 1) {
        const { head, changed } = await commit(store, { changes: [setting(`k${n}`, 'v')], arrival: n });
        expect(head).toMatchObject({ seq: n, arrival: n });
        expect(changed).toBe(1);
        expect(await store.head()).toEqual(head);
        expect(await store.chainAt(n)).toBe(head.chain);
      }
    });

    test('[Y6] the same commits make the same chain, a different one another from there on', async () => {
      const [one, same, other] = [await opened(), await opened(), await opened()];
      for (const store of [one, same, other]) await commit(store, { changes: [setting('a', '1')] });
      for (const store of [one, same]) await commit(store, { changes: [setting('b', '2')] });
      await commit(other, { changes: [setting('b', '3')] });
      for (const store of [one, same, other]) await commit(store, { changes: [setting('c', '4')] });
      expect((await one.head()).chain).toBe((await same.head()).chain);
      expect((await one.head()).chain).not.toBe((await other.head()).chain);
      expect(await one.chainAt(1)).toBe(await other.chainAt(1));
    });

    test('[Y5] a put that changes nothing writes nothing and makes no entry', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1'), put('message', messageRow('m1'))] });
      const again = await commit(store, { changes: [setting('a', '1'), put('message', messageRow('m1'))] });
      expect(again).toMatchObject({ changed: 0, head: { seq: 1 } });
      const half = await commit(store, { changes: [setting('a', '1'), setting('b', '1')] });
      expect(half).toMatchObject({ changed: 1, head: { seq: 2 } });
      expect((await changes(store, 1)).tables).toEqual([sent('setting', [['b', '1']])]);
    });

    test('[Y5] a null that became a value, and back, is a change', async () => {
      const store = await opened();
      await commit(store, { changes: [put('conversation', conversationRow('c1'))] });
      const set = await commit(store, {
        changes: [put('conversation', conversationRow('c1', { description: 'x' }))],
      });
      const unset = await commit(store, { changes: [put('conversation', conversationRow('c1'))] });
      expect([set.changed, unset.changed]).toEqual([1, 1]);
    });

    test('[Y5] deleting what is not there changes nothing', async () => {
      const store = await opened();
      expect(await commit(store, { changes: [del('setting', ['a'])] })).toMatchObject({ changed: 0 });
    });

    test('[Y3] a batch worked out on another head is refused whole', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1')] });
      const client = { id: CLIENT, agentId: MINA, lastMid: 1 };
      const late = await store.commit({ expectedHead: 0, at: AT, changes: [setting('b', '1')], client });
      expect(late).toEqual({ ok: false, error: { type: 'headMoved', head: 1 } });
      expect(await store.settings()).toEqual([{ key: 'a', value: '1' }]);
      expect(await store.client(CLIENT)).toBeNull();
    });

    test('[Y3] bookkeeping without a changed row leaves the log alone', async () => {
      const store = await opened();
      const client = { id: CLIENT, agentId: MINA, lastMid: 1 };
      const outcome = { mid: 1, name: 'noop', status: 'applied', code: null, detail: null } as const;
      const done = await commit(store, { client, outcomes: [outcome] });
      expect(done.head.seq).toBe(0);
      expect(await store.client(CLIENT)).toEqual(client);
    });

    test('[Y5] the last change of a key in a batch is the one that counts', async () => {
      const store = await opened();
      const batch = [setting('a', '1'), del('setting', ['a']), setting('a', '2'), setting('b', '1')];
      await commit(store, { changes: [...batch, del('setting', ['b'])] });
      expect(await store.settings()).toEqual([{ key: 'a', value: '2' }]);
    });
  });

  describe(`${name}: rows`, () => {
    test('rows read back as they were written, in the order of the keys', async () => {
      const store = await opened();
      const rows = [conversationRow('c1', { description: '', waitingSince: AT }), conversationRow('c2')];
      await commit(store, { changes: rows.map((row) => put('conversation', row)) });
      expect(await store.rows('conversation', [[C2], [NONE], [C1]])).toEqual([rows[1], null, rows[0]]);
      const message = messageRow('m1');
      await commit(store, { changes: [put('message', message)] });
      expect(await store.rows('message', [[message.id]])).toEqual([message]);
    });

    test('a row of its key alone is written once and deleted', async () => {
      const store = await opened();
      const row = { conversationId: C1, agentId: MINA };
      expect((await commit(store, { changes: [put('follower', row)] })).changed).toBe(1);
      expect((await commit(store, { changes: [put('follower', row)] })).changed).toBe(0);
      expect((await commit(store, { changes: [del('follower', [C1, MINA])] })).changed).toBe(1);
      expect((await store.rowsOf('follower', [C1])).get(C1)).toEqual([]);
    });
  });

  describe(`${name}: what a desk reads`, () => {
    test('[Y7] changes are those after a number, whole rows in column order, with deletions', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1'), setting('b', '1')] });
      await commit(store, { changes: [setting('b', '2'), del('setting', ['a'])] });
      await commit(store, { changes: [setting('c', '1')] });
      const puts = [
        ['b', '2'],
        ['c', '1'],
      ];
      expect((await changes(store, 1)).tables).toEqual([sent('setting', puts, [['a']])]);
      expect((await changes(store, 0)).tables[0]?.puts).toHaveLength(2);
      expect(await changes(store, 3)).toMatchObject({ head: { seq: 3 }, tables: [] });
    });

    test('[Y9] a conversation that is sent whole has the digests of its rows, as they now are', async () => {
      const store = await opened();
      const [before, now] = [conversationRow('c1'), conversationRow('c1', { description: 'now' })];
      await commit(store, { changes: [put('conversation', before), put('message', messageRow('m1'))] });
      await commit(store, { changes: [put('conversation', now)] });
      const { tables } = await changes(store, 2, MINA, { held: OPEN_WORK, reach: null, ids: [C1] });
      expect(tables).toEqual([
        sent('conversation', [rowToWire('conversation', now)]),
        sent('message', [rowToWire('message', messageRow('m1'))]),
      ]);
    });

    test('[Y7] a row that came back after its deletion is a put alone', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1')] });
      await commit(store, { changes: [del('setting', ['a'])] });
      await commit(store, { changes: [setting('a', '2')] });
      expect((await changes(store, 1)).tables).toEqual([sent('setting', [['a', '2']])]);
    });

    test('[Y7] read markers go to their agent alone, history to nobody', async () => {
      const store = await opened();
      const marker = (agentId: typeof MINA) =>
        put('readMarker', { agentId, conversationId: C1, readThroughAt: AT });
      const event = put('history', historyRow('e1'));
      await commit(store, { changes: [marker(MINA), marker(JOAO), event] });
      expect((await changes(store, 0, MINA)).tables).toEqual([sent('readMarker', [['mina', 'c1', AT]])]);
      const page = await store.page({ table: 'readMarker', after: null, limit: 10, agentId: JOAO });
      expect(page).toEqual([['joao', 'c1', AT]]);
      await commit(store, { changes: [del('readMarker', [MINA, C1])] });
      expect((await changes(store, 1, JOAO)).tables).toEqual([]);
      expect((await changes(store, 1, MINA)).tables).toEqual([sent('readMarker', [], [['mina', 'c1']])]);
    });

    test('[Y6] more rows than asked for are not read at all', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1'), setting('b', '1')] });
      await commit(store, { changes: [del('setting', ['a']), setting('c', '1')] });
      const query = { after: 0, agentId: MINA, clientId: CLIENT };
      expect(await store.changes({ ...query, maxRows: 2 })).toEqual({ kind: 'tooMany' });
      expect(await store.changes({ ...query, maxRows: 3 })).toMatchObject({ kind: 'changes' });
    });

    test('[Y1] the last number goes to the client’s own agent', async () => {
      const store = await opened();
      await commit(store, { client: { id: CLIENT, agentId: MINA, lastMid: 4 } });
      expect((await changes(store, 0, MINA)).lastMid).toBe(4);
      expect((await changes(store, 0, JOAO)).lastMid).toBe(0);
    });

    test('[Y9] pages go through a table by key, each row once', async () => {
      const store = await opened();
      const rows = [
        { conversationId: C1, tag: 'b' },
        { conversationId: C2, tag: 'a' },
        { conversationId: C1, tag: 'a' },
        { conversationId: C1, tag: 'c' },
      ].map((row) => ({ ...row, appliedBy: 'ai' as const, agentId: null, at: AT }));
      await commit(store, { changes: rows.map((row) => put('tag', row)) });
      const seen: unknown[] = [];
      let after: (string | number | null)[] | null = null;
      for (;;) {
        const page = await store.page({ table: 'tag', after, limit: 3, agentId: MINA });
        seen.push(...page.map((row) => row.slice(0, 2)));
        const last: readonly (string | number | null)[] | undefined = page.at(-1);
        if (last === undefined) break;
        after = last.slice(0, 2);
      }
      expect(seen).toEqual([
        ['c1', 'a'],
        ['c1', 'b'],
        ['c1', 'c'],
        ['c2', 'a'],
      ]);
    });

    test('[Y9] conversations come whole, with the digests of their rows, and single rows likewise', async () => {
      const store = await opened();
      const [one, other] = [conversationRow('c1'), conversationRow('c2')];
      const tags = ['b', 'a'].map((tag) => ({
        conversationId: C1,
        tag,
        appliedBy: 'ai' as const,
        agentId: null,
        at: AT,
      }));
      await commit(store, {
        changes: [
          put('conversation', one),
          put('conversation', other),
          ...tags.map((row) => put('tag', row)),
        ],
      });
      await commit(store, { changes: [put('message', messageRow('m1')), put('history', historyRow('e1'))] });
      const [whole, none, bare] = await store.wholes([C1, NONE, C2]);
      expect(none).toBeNull();
      const rows = [...must(whole, 'c1').rows].map(([table, puts]) =>
        tableRows({ table, puts, deletes: [] }),
      );
      expect(rows).toEqual([
        sent('conversation', [rowToWire('conversation', one)]),
        sent('message', [rowToWire('message', messageRow('m1'))]),
        sent(
          'tag',
          tags.toReversed().map((row) => rowToWire('tag', row)),
        ),
      ]);
      expect([whole?.count, bare?.count]).toEqual([4, 1]);
      expect(
        (
          await store.sentRows('tag', [
            [C1, 'b'],
            [C2, 'b'],
          ])
        ).map((row) => row?.values ?? null),
      ).toEqual([rowToWire('tag', must(tags[0], 'a tag')), null]);
    });

    test('[Y9] open conversations come opened last first', async () => {
      const store = await opened();
      const open = (id: string, at: number, humanState: Conversation['humanState'] = 'open') =>
        put(
          'conversation',
          conversationRow(id, { humanState, openedAt: epochMillis(AT + at), cycleCount: 1 }),
        );
      await commit(store, {
        changes: [
          open('c1', 1),
          open('c2', 5, 'snoozed'),
          open('c3', 9, 'closed'),
          open('c4', 5),
          open('c5', 7),
        ],
      });
      await commit(store, { changes: [put('conversation', conversationRow('c6'))] });
      const first = await store.openPage(null, 2);
      expect(first.map((row) => row.id)).toEqual(['c5', 'c2']);
      const second = await store.openPage(must(first[1], 'a row'), 5);
      expect(second.map((row) => row.id)).toEqual(['c4', 'c1']);
      expect(second[0]).toMatchObject({ customerId: 'c4-customer', openedAt: AT + 5 });
    });

    test('[Y9] the total counts what a bootstrap sends, others’ read markers apart', async () => {
      const store = await opened();
      const closed = conversationRow('c1', { aiOutcome: 'resolvedByAi' });
      const open = conversationRow('c2', { humanState: 'open', openedAt: AT });
      await commit(store, {
        changes: [
          put('conversation', closed),
          put('conversation', open),
          put('message', messageRow('m1', C1)),
          put('message', messageRow('m2', C2)),
          put('readMarker', { agentId: MINA, conversationId: C1, readThroughAt: AT }),
        ],
      });
      // Four rows, and for the open conversation: itself, its customer and its message once more.
      expect(await store.count(JOAO, false)).toBe(4 + 3);
      expect(await store.count(MINA, false)).toBe(5 + 3);
      // A scoped desk begins with open work, people and its own markers.
      expect(await store.count(JOAO, true)).toBe(3);
      expect(await store.count(MINA, true)).toBe(1 + 3);
      // What the AI is at is open work to it.
      await commit(store, { changes: [put('conversation', conversationRow('c3'))] });
      expect(await store.count(JOAO, true)).toBe(3 + 2);
      expect(await store.count(JOAO, false)).toBe(4 + 3 + 1);
    });

    test('[Y9] what the AI is at comes by id, and nothing else', async () => {
      const store = await opened();
      const none = { aiOutcome: null } as const;
      await commit(store, {
        changes: ['c3', 'c1', 'c2'].map((id) => put('conversation', conversationRow(id))),
      });
      await commit(store, {
        changes: [
          put('conversation', conversationRow('c0', { aiOutcome: 'resolvedByAi' })),
          put('conversation', conversationRow('c4', { ...none, humanState: 'open', openedAt: AT })),
          put('conversation', conversationRow('c5', { humanState: 'open', openedAt: AT })),
          put('conversation', conversationRow('c6', none)),
        ],
      });
      const first = await store.withAiPage('', 2);
      expect(first).toEqual([
        { id: 'c1', customerId: 'c1-customer' },
        { id: 'c2', customerId: 'c2-customer' },
      ]);
      expect((await store.withAiPage('c2', 9)).map(({ id }) => id)).toEqual(['c3']);
    });

    test('totals count conversations, messages and what stands open', async () => {
      const store = await opened();
      expect(await store.totals()).toEqual({ conversations: 0, messages: 0, open: 0 });
      await commit(store, {
        changes: [
          put('conversation', conversationRow('c1', { humanState: 'open', openedAt: AT })),
          put('conversation', conversationRow('c2', { humanState: 'closed', openedAt: AT })),
          put('message', messageRow('m1')),
        ],
      });
      expect(await store.totals()).toEqual({ conversations: 2, messages: 1, open: 1 });
    });

    test('[F3] who holds a value of a field comes in order, each once', async () => {
      const store = await opened();
      const value = (conversationId: typeof C1, field: string, ordinal = 0) =>
        put('fieldValue', { conversationId, field, ordinal, number: null, text: 'x' });
      await commit(store, {
        changes: [
          value(C2, 'profile.a'),
          value(C1, 'profile.a'),
          value(C1, 'profile.a', 1),
          value(C2, 'profile.b'),
        ],
      });
      expect(await store.fieldHolders('profile.a', 10)).toEqual([C1, C2]);
      expect(await store.fieldHolders('profile.a', 1)).toEqual([C1]);
      expect(await store.fieldHolders('profile.b', 10)).toEqual([C2]);
      expect(await store.fieldHolders('profile.c', 10)).toEqual([]);
    });

    test('ids of conversations come in order', async () => {
      const store = await opened();
      await commit(store, { changes: ['b', 'a', 'c'].map((id) => put('conversation', conversationRow(id))) });
      expect(await store.conversationIds('', 2)).toEqual(['a', 'b']);
      expect(await store.conversationIds('b', 2)).toEqual(['c']);
    });
  });

  storeConversationsContract(name, opened);
  storeBooksContract(name, opened);
  storeClosingsContract(name, opened);
}
