import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { EVERYTHING, type HeldFrom, OPEN_WORK, SCOPE_KEY } from '../../../src/domain/desk-scope.ts';
import { put } from '../../../src/domain/rows.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { handedOver, minute, said, started } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';
import { faultsOf, ScopedDesk } from '../../support/workspace/scoped-desk.ts';

/** Conversations that the AI resolved, `ai-0` … by minute, each with one message, and one that people have open. */
async function filled(count = 6): Promise<{ house: House; mina: Desk; desk: ScopedDesk }> {
  const house = await openHouse();
  const mina = await house.hire('mina');
  await setScope(house, 30);
  const ids = Array.from({ length: count }, (_, n) => n);
  await house.ingest(
    ...handedOver('open', minute(-50)),
    ...ids.flatMap((n) => resolved(`ai-${n}`, minute(n))),
  );
  return { house, mina, desk: new ScopedDesk(house.workspace, mina) };
}

/** The AI is done with it; after everything else of that minute. */
function done(conversationId: string, at: number): IngestEventInput {
  return { id: `${conversationId}-z${at}`, type: 'conversation.resolved', at, conversationId };
}

function resolved(id: string, at: number): readonly IngestEventInput[] {
  return [started(id, at), said(id, '1', 'customer', at), done(id, at)];
}

async function setScope(house: House, agentDays: number): Promise<void> {
  const head = await house.store.head();
  const value = JSON.stringify({ agentDays });
  const changes = [put('setting', { key: SCOPE_KEY, value })];
  await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes });
}

async function following(limit?: number) {
  const made = await filled();
  while (await made.desk.page(limit));
  await made.desk.pull();
  return made;
}

const tablesOf = (answer: { tables: readonly { table: string }[] }) =>
  answer.tables.map(({ table }) => table);

describe('a scoped bootstrap', () => {
  test.each([3, 5_000])(
    '[Y9] brings open work, people and settings, and stops (pages of %i)',
    async (limit) => {
      const { house, mina, desk } = await following(limit);
      expect(desk.ids()).toEqual(['open']);
      expect(desk.held).toEqual(OPEN_WORK);
      expect(desk.rows['customer']?.size).toBe(7);
      expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
    },
  );

  test.each([3, 60, 5_000])(
    '[Y9] [S4] brings what the AI is at, however old, and whole (pages of %i)',
    async (limit) => {
      const { house, mina, desk } = await filled();
      const ids = Array.from({ length: 7 }, (_, n) => `with-${n}`);
      await house.ingest(
        ...ids.flatMap((id) => [started(id, minute(-9_000)), said(id, '1', 'customer', minute(5))]),
        // Nobody has said anything: it does not close by itself.
        started('silent', minute(-90_000)),
      );
      while (await desk.page(limit));
      await desk.pull();
      expect(desk.ids()).toEqual(['open', 'silent', ...ids]);
      expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
      await desk.pull({ reach: EVERYTHING });
      expect(desk.ids()).toHaveLength(6 + 9);
    },
  );

  test('[Y9] what the AI is done with stays, and what it has again comes', async () => {
    const { house, mina, desk } = await following();
    await house.ingest(said('ai-1', '2', 'customer', minute(10)));
    await desk.pull();
    expect(desk.ids()).toEqual(['ai-1', 'open']);
    await house.ingest(done('ai-1', minute(11)));
    await desk.pull();
    expect(desk.ids()).toEqual(['ai-1', 'open']);
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });

  test('[Y9] a position among them that no page ended with is turned away', async () => {
    const { house, mina } = await filled();
    const request = { version: 2, clientId: 'k', limit: 10 };
    for (const after of [[1], [], ['a', 'b']]) {
      const position = { phase: 'withAi' as const, after, scoped: true as const };
      expect(await house.workspace.bootstrap(mina, { ...request, position })).toMatchObject({
        ok: false,
        error: { type: 'badRequest', path: 'position.after' },
      });
    }
  });

  test('[Y9] what it began as it stays, though the setting changes on the way', async () => {
    const { house, desk } = await filled();
    await desk.page(3);
    const head = await house.store.head();
    const changes = [{ table: 'setting', op: 'delete', key: [SCOPE_KEY] }] as const;
    await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes });
    while (await desk.page(3));
    expect(desk.ids()).toEqual(['open']);
  });

  test.each(['lead', 'admin'] as const)('[Y9] a %s’s desk holds everything', async (role) => {
    const { house } = await filled();
    const desk = new ScopedDesk(house.workspace, await house.hire('grace', role));
    while (await desk.page());
    expect(desk.held).toBeNull();
    expect(desk.ids()).toHaveLength(7);
  });

  test('[Y9] so does one in the workspace’s own process, which asks for the whole', async () => {
    const { house, mina } = await filled();
    const request = { version: 2, clientId: 'k', position: null, limit: 5_000 };
    const part = await house.workspace.bootstrap(mina, request);
    const whole = await house.workspace.bootstrap(mina, { ...request, whole: true });
    expect(part.ok && part.value.scoped).toBe(true);
    expect(whole.ok && whole.value.scoped).toBeUndefined();
  });

  test('[Y9] its progress counts what it sends, not what stays behind', async () => {
    const { house, mina } = await filled();
    const request = { version: 2, clientId: 'k', position: null, limit: 5_000 };
    const part = await house.workspace.bootstrap(mina, request);
    const whole = await house.workspace.bootstrap(mina, { ...request, whole: true });
    if (!part.ok || !whole.ok) throw new Error('no page');
    expect(part.value.totalRows).toBeLessThan(whole.value.totalRows);
    expect(part.value.next?.scoped).toBe(true);
    expect(whole.value.next?.scoped).toBeUndefined();
  });
});

describe('going back', () => {
  test('[Y9] the latest come first, and the desk knows from when on it is whole', async () => {
    const { house, mina, desk } = await following();
    await desk.pull({ reach: minute(3) });
    expect(desk.ids()).toEqual(['ai-3', 'ai-4', 'ai-5', 'open']);
    expect(desk.held).toEqual({ at: minute(3) - 1, id: '' });
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });

  test('[Y9] what lies a millisecond before the moment asked for is neither sent nor claimed', async () => {
    const { desk } = await following();
    await desk.pull({ reach: minute(3) + 1 });
    expect(desk.ids()).toEqual(['ai-4', 'ai-5', 'open']);
    expect(desk.held).toEqual({ at: minute(3), id: '' });
  });

  test('[Y9] going back to where it already is changes nothing', async () => {
    const { desk } = await following();
    await desk.pull({ reach: minute(3) });
    const { held } = desk;
    const answer = await desk.pull({ reach: minute(4) });
    expect(desk.held).toEqual(held);
    expect(answer.tables).toEqual([]);
  });

  test('[Y9] at the beginning it holds everything', async () => {
    const { desk } = await following();
    await desk.pull({ reach: EVERYTHING });
    expect(desk.held).toBeNull();
    expect(desk.ids()).toHaveLength(7);
  });

  test('[Y9] a step that would be too long is several, each ending at a whole conversation', async () => {
    const { house, mina, desk } = await following();
    const long = (id: string) =>
      Array.from({ length: 1_100 }, (_, n) => said(id, `x${n}`, 'customer', minute(1)));
    await house.ingest(...long('ai-0'), ...long('ai-1'), done('ai-0', minute(1)));
    const places: (HeldFrom | null)[] = [];
    while (desk.held !== null) {
      await desk.pull({ reach: EVERYTHING });
      places.push(desk.held);
      expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
    }
    expect(places.length).toBe(2);
    expect(places[0]).toEqual({ at: minute(1), id: 'ai-0' });
  });

  test('[Y9] nothing of it is read where the desk holds everything', async () => {
    const { house } = await filled();
    const desk = new ScopedDesk(house.workspace, await house.hire('grace', 'lead'));
    while (await desk.page());
    expect((await desk.pull({ reach: EVERYTHING })).scope).toBeUndefined();
  });
});

describe('what changes', () => {
  test('[Y9] a message in a conversation that the desk does not hold brings all of it', async () => {
    const { house, mina, desk } = await following();
    await desk.pull({ reach: minute(3) });
    await house.ingest(said('ai-1', '2', 'customer', minute(10)));
    await desk.pull();
    expect(desk.ids()).toEqual(['ai-1', 'ai-3', 'ai-4', 'ai-5', 'open']);
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });

  test('[Y9] one that it surely holds comes with its changed rows alone', async () => {
    const { house, desk } = await following();
    await desk.pull({ reach: minute(3) });
    await house.ingest(said('ai-4', '2', 'customer', minute(10)));
    const answer = await desk.pull();
    expect(answer.tables.find(({ table }) => table === 'message')?.puts).toHaveLength(1);
  });

  test('[Y9] one of the very moment down to which it holds comes whole: it may be the next one', async () => {
    const { house, mina, desk } = await filled();
    const many = Array.from({ length: 1_100 }, (_, n) => n);
    const posted = (id: string) => many.map((n) => said(id, `x${n}`, 'customer', minute(0)));
    await house.ingest(
      ...['a', 'b'].flatMap((id) => [started(id, minute(0)), ...posted(id), done(id, minute(0))]),
    );
    while (await desk.page());
    while (!desk.ids().includes('a')) await desk.pull({ reach: EVERYTHING });
    expect(desk.held).toEqual({ at: minute(0), id: 'ai-0' });
    await house.push(mina, 'k', 1, ['tag.add', { conversationId: 'b', tag: 'late' }]);
    await desk.pull();
    expect(desk.ids()).toContain('b');
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });

  test('[Y9] work that closes stays, and work that opens again comes', async () => {
    const { house, mina, desk } = await following();
    const close = { conversationId: 'open', lastSeenMessageId: 'open-m-3' };
    await house.push(mina, 'k', 1, ['conversation.close', close]);
    await house.ingest(said('ai-2', '2', 'customer', minute(10)));
    await house.push(mina, 'k', 2, ['conversation.takeOver', { conversationId: 'ai-2' }]);
    await desk.pull();
    expect(desk.ids()).toEqual(['ai-2', 'open']);
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });

  test('[Y9] what was changed and asked for at once comes once', async () => {
    const { house, desk } = await following();
    await house.ingest(said('ai-1', '2', 'customer', minute(10)));
    const answer = await desk.pull({ ids: ['ai-1'], reach: EVERYTHING });
    const rows = must(
      answer.tables.find(({ table }) => table === 'conversation'),
      'conversations',
    ).puts;
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
    expect(tablesOf(answer)).toEqual([...new Set(tablesOf(answer))]);
  });

  test('[Y6] more than a pull may bring is a reset, whole conversations counted', async () => {
    const { house, mina, desk } = await following();
    const cursor = must(desk.cursor, 'a cursor');
    const long = Array.from({ length: 40 }, (_, n) => said('ai-1', `x${n}`, 'customer', minute(1)));
    await house.ingest(...long);
    await desk.pull();
    const changes = {
      after: cursor.seq,
      agentId: mina.agentId,
      clientId: asId<'ClientId'>('k'),
      maxRows: 30,
    };
    const scope = { held: { at: minute(30), id: '' }, reach: null, ids: [] };
    expect(await house.store.changes({ ...changes, scope })).toEqual({ kind: 'tooMany' });
  });
});

describe('what is asked for by id', () => {
  test('[Y9] comes whole and is held beside, down to where it is not claimed', async () => {
    const { house, mina, desk } = await following();
    const answer = await desk.pull({ ids: ['ai-0', 'nobody'] });
    expect(answer.scope).toEqual({ held: OPEN_WORK, absent: ['nobody'] });
    expect(desk.ids()).toEqual(['ai-0', 'open']);
    await house.ingest(said('ai-0', '2', 'customer', minute(10)));
    await desk.pull();
    expect(await faultsOf(desk, house.store, mina.agentId)).toEqual([]);
  });
});
