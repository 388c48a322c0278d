import { describe, expect, test } from 'vitest';
import { must } from '../../../src/base/must.ts';
import { put } from '../../../src/domain/rows.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { BootstrapPosition, BootstrapResponse } from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { bootstrap, rowTotal } from '../../../src/workspace/bootstrap.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import { handedOver, minute, said, started } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

async function page(
  house: House,
  desk: Desk,
  position: BootstrapPosition | null,
  limit: number,
): Promise<BootstrapResponse> {
  const answer = await house.workspace.bootstrap(desk, {
    version: WIRE_VERSION,
    clientId: 'k',
    position,
    limit,
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

async function pages(house: House, desk: Desk, limit: number): Promise<BootstrapResponse[]> {
  const all: BootstrapResponse[] = [];
  let position: BootstrapPosition | null = null;
  for (;;) {
    const one: BootstrapResponse = await page(house, desk, position, limit);
    all.push(one);
    position = one.next;
    if (position === null) return all;
    if (all.length > 1_000) throw new Error('a bootstrap without an end');
  }
}

/** The rows a desk holds after the pages, as `House.rows` shows them. */
function held(all: readonly BootstrapResponse[]): Record<string, (readonly unknown[])[]> {
  const tables = new Map<string, Map<string, readonly unknown[]>>();
  for (const { table, puts } of all.flatMap((one) => one.tables)) {
    const keys = {
      readMarker: 2,
      setting: 1,
      agent: 1,
      customer: 1,
      conversation: 1,
      message: 1,
      shopOrder: 1,
    };
    const length = table === 'fieldValue' ? 3 : ((keys as Record<string, number>)[table] ?? 2);
    const rows = tables.get(table) ?? new Map<string, readonly unknown[]>();
    for (const values of puts) rows.set(JSON.stringify(values.slice(0, length)), values);
    tables.set(table, rows);
  }
  return Object.fromEntries([...tables].map(([table, rows]) => [table, [...rows.values()]]));
}

function sorted(rows: Readonly<Record<string, readonly (readonly unknown[])[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([, list]) => list.length > 0)
      .map(([table, list]) => [table, list.map((row) => JSON.stringify(row)).sort()]),
  );
}

async function filled(): Promise<{ house: House; mina: Desk; joao: Desk }> {
  const house = await openHouse();
  const mina = await house.hire('mina');
  const joao = await house.hire('joao');
  const events: IngestEventInput[] = [];
  for (let n = 0; n < 12; n += 1) events.push(...handedOver(`open-${n}`, minute(n)));
  for (let n = 0; n < 12; n += 1)
    events.push(started(`ai-${n}`, minute(n)), said(`ai-${n}`, '1', 'customer', minute(n) + 1));
  events.push({
    id: 'profile',
    type: 'conversation.profileSet',
    at: minute(20),
    conversationId: 'open-3',
    values: { goals: ['a', 'b', 'c'], plan: 'gold' },
  });
  await house.ingest(...events);
  const read = (id: string) =>
    ['conversation.markRead', { conversationId: id, readThroughAt: house.clock.now() }] as const;
  await house.push(mina, 'k', 1, read('open-1'), read('ai-1'));
  await house.push(joao, 'j', 1, read('open-2'), ['conversation.follow', { conversationId: 'open-2' }]);
  return { house, mina, joao };
}

describe('bootstrapping', () => {
  test.each([1, 2, 7, 40, 5_000])(
    '[Y9] pages of %i rows bring exactly what the desk may see',
    async (limit) => {
      const { house, mina } = await filled();
      const all = await pages(house, mina, limit);
      expect(sorted(held(all))).toEqual(sorted(await house.rows(mina.agentId)));
    },
  );

  test('[Y9] the first page makes the list usable: settings, agents, and what was opened last', async () => {
    const { house, mina } = await filled();
    const first = await page(house, mina, null, 60);
    expect(first.tables.map((one) => one.table).slice(0, 3)).toEqual(['agent', 'customer', 'conversation']);
    const rows = must(
      first.tables.find((one) => one.table === 'conversation'),
      'conversations',
    ).puts;
    expect(rows[0]?.[0]).toBe('open-11');
    expect(rows[1]?.[0]).toBe('open-10');
    expect(first.next?.phase).toBe('open');
  });

  test('[Y9] open conversations come whole, also one that is larger than a page', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const many = Array.from({ length: 30 }, (_, n) => said('c1', `x${n}`, 'customer', minute(5) + n));
    await house.ingest(...handedOver('c1'), ...many);
    const first = await page(house, mina, null, 10);
    expect(first.tables.find((one) => one.table === 'message')?.puts).toHaveLength(33);
  });

  test('[Y9] every open conversation comes before any table, however long they are', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const ids = ['c1', 'c2', 'c3'];
    const long = (id: string) =>
      Array.from({ length: 45 }, (_, n) => said(id, `x${n}`, 'customer', minute(5) + n));
    await house.ingest(...ids.flatMap((id) => [...handedOver(id), ...long(id)]));
    const seen: unknown[] = [];
    let position: BootstrapPosition | null = null;
    do {
      const one: BootstrapResponse = await page(house, mina, position, 100);
      seen.push(
        ...(one.tables.find(({ table }) => table === 'conversation')?.puts ?? []).map((row) => row[0]),
      );
      position = one.next;
    } while (position?.phase === 'open');
    expect(seen.sort()).toEqual(ids);
  });

  test('[Y9] the cursor of a page is not later than its rows', async () => {
    const { house, mina } = await filled();
    const store: Store = {
      ...house.store,
      openPage: async (after, limit) => {
        const head = await house.store.head();
        const changes = [put('setting', { key: 'meanwhile', value: String(head.seq) })];
        await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes });
        return house.store.openPage(after, limit);
      },
    };
    const before = await house.store.head();
    const deps = { store, clock: house.clock, total: rowTotal(store, house.clock) };
    const answer = await bootstrap(deps, mina, {
      version: WIRE_VERSION,
      clientId: 'k',
      position: null,
      limit: 10,
    });
    expect(answer).toMatchObject({ ok: true, value: { cursor: { seq: before.seq, chain: before.chain } } });
  });

  test('[Y9] a page is never larger than asked for, open conversations apart', async () => {
    const { house, mina } = await filled();
    for (const one of await pages(house, mina, 9)) {
      const count = one.tables.reduce((sum, { puts }) => sum + puts.length, 0);
      const conversations = one.tables.find(({ table }) => table === 'conversation')?.puts.length ?? 0;
      expect(count <= 9 || conversations === 1).toBe(true);
    }
  });

  test('[Y9] a position alone resumes it, in another process too', async () => {
    const { house, mina } = await filled();
    const whole = await pages(house, mina, 11);
    for (const [index, one] of whole.entries()) {
      if (one.next === null) continue;
      const position = JSON.parse(JSON.stringify(one.next)) as BootstrapPosition;
      expect(await page(house, mina, position, 11)).toEqual(whole[index + 1]);
    }
  });

  test('[Y9] the total is about what is sent, for progress', async () => {
    const { house, mina } = await filled();
    const all = await pages(house, mina, 50);
    const sent = all.flatMap((one) => one.tables).reduce((sum, { puts }) => sum + puts.length, 0);
    const total = must(all[0], 'a page').totalRows;
    expect(new Set(all.map((one) => one.totalRows)).size).toBe(1);
    expect(Math.abs(sent - total)).toBeLessThanOrEqual(sent * 0.1);
  });

  test('[Y9] what changes while it runs is brought by the pull from the first page’s cursor', async () => {
    const { house, mina, joao } = await filled();
    const all: BootstrapResponse[] = [await page(house, mina, null, 30)];
    let turn = 0;
    for (let next = must(all[0], 'a page').next; next !== null; next = must(all.at(-1), 'a page').next) {
      turn += 1;
      const id = `ai-${turn % 12}`;
      await house.ingest(said(id, `late-${turn}`, 'customer', minute(30) + turn));
      await house.push(joao, 'j', 2 + turn, [
        'tag.add',
        { conversationId: `open-${turn % 12}`, tag: `t${turn}` },
      ]);
      all.push(await page(house, mina, next, 30));
    }
    const cursor = must(all[0], 'a page').cursor;
    const answer = await house.workspace.pull(mina, { version: WIRE_VERSION, clientId: 'k', cursor });
    if (!answer.ok || answer.value.kind !== 'changes') throw new Error('no changes');
    expect(answer.value.tables.every((one) => one.deletes.length === 0)).toBe(true);
    const asPage = { ...must(all[0], 'a page'), tables: answer.value.tables };
    expect(sorted(held([...all, asPage]))).toEqual(sorted(await house.rows(mina.agentId)));
  });

  test('[Y9] read markers are the desk’s own, in both phases', async () => {
    const { house, mina, joao } = await filled();
    const own = (all: BootstrapResponse[]) => held(all)['readMarker']?.map((row) => row.slice(0, 2));
    expect(own(await pages(house, mina, 100))).toEqual([
      ['mina', 'open-1'],
      ['mina', 'ai-1'],
    ]);
    expect(own(await pages(house, joao, 100))).toEqual([['joao', 'open-2']]);
  });

  test('[Y9] an empty workspace is one empty page', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const all = await pages(house, mina, 100);
    expect(all.at(-1)?.next).toBeNull();
    expect(held(all)['conversation']).toBeUndefined();
  });

  test.each([
    { phase: 'open', after: ['x', 1] },
    { phase: 'open', after: [] },
    { phase: 'tag', after: ['x'] },
    { phase: 'message', after: ['x', 'y'] },
  ])('[Y9] the position %j, which no page ended with, is a bad request', async (position) => {
    const { house, mina } = await filled();
    const body = { version: WIRE_VERSION, clientId: 'k', position, limit: 10 };
    expect(await house.workspace.bootstrap(mina, body)).toEqual({
      ok: false,
      error: { type: 'badRequest', path: 'position.after' },
    });
  });

  test('[Y1] each page says the client’s last number', async () => {
    const { house, mina, joao } = await filled();
    expect((await page(house, mina, null, 10)).lastMid).toBe(2);
    expect((await page(house, joao, null, 10)).lastMid).toBe(0);
  });
});
