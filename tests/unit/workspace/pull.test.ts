import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import type { Cursor, PullResponse } from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { pull } from '../../../src/workspace/pull.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

async function cursorOf(house: House): Promise<Cursor> {
  const head = await house.store.head();
  return { epoch: house.workspace.identity.epoch, seq: head.seq, chain: head.chain };
}

async function pulled(house: House, desk: Desk, cursor: Cursor, seen?: Cursor): Promise<PullResponse> {
  const answer = await house.workspace.pull(desk, { version: WIRE_VERSION, clientId: 'k', cursor, seen });
  if (!answer.ok) throw new Error(answer.error.type);
  return answer.value;
}

describe('pulling', () => {
  test('[Y7] the rows changed since a cursor, and the cursor they lead to', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const from = await cursorOf(house);
    await house.push(mina, 'k', 1, ['tag.add', { conversationId: 'c1', tag: 'vip' }]);
    const answer = await pulled(house, mina, from);
    expect(answer).toMatchObject({ kind: 'changes', from, to: await cursorOf(house), lastMid: 1 });
    if (answer.kind !== 'changes') return;
    expect(answer.tables.map((one) => one.table)).toEqual(['conversation', 'tag']);
    expect(answer.tables[1]?.puts[0]?.slice(0, 4)).toEqual(['c1', 'vip', 'agent', 'mina']);
  });

  test('[Y7] a desk at the head gets nothing, and its last number', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.push(mina, 'k', 1, ['noop', {}]);
    const at = await cursorOf(house);
    expect(await pulled(house, mina, at)).toMatchObject({
      kind: 'changes',
      from: at,
      to: at,
      lastMid: 1,
      tables: [],
    });
  });

  test('[Y6] another epoch, a chain that differs, and a number beyond the log are told apart', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const at = await cursorOf(house);
    const reason = async (cursor: Cursor) => {
      const answer = await pulled(house, mina, cursor);
      return answer.kind === 'reset' ? answer.reason : null;
    };
    expect(await reason({ ...at, epoch: 'another' })).toBe('epoch');
    expect(await reason({ ...at, chain: 'f'.repeat(64) })).toBe('chain');
    expect(await reason({ ...at, seq: at.seq + 1 })).toBe('ahead');
    expect(await reason({ ...at, seq: 0 })).toBe('chain');
    expect(await reason(at)).toBeNull();
  });

  test('[Y6] a desk that followed a log which was restored from a backup is told', async () => {
    const house = await openHouse();
    const restored = await openHouse();
    const mina = await house.hire('mina');
    await restored.hire('mina');
    await house.ingest(...handedOver('c1'));
    const at = await cursorOf(house);
    await restored.ingest(...handedOver('c2'));
    await restored.ingest(...handedOver('c3'));
    expect(await pulled(restored, mina, at)).toMatchObject({ kind: 'reset', reason: 'chain' });
  });

  test('[Y6] [Y9] a desk whose pages came from a history that was taken back is told, though its cursor stands', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const first = await cursorOf(house);
    await house.ingest(...handedOver('c1'));
    const seen = await cursorOf(house);
    expect(await pulled(house, mina, first, seen)).toMatchObject({ kind: 'changes' });
    const undone = { ...seen, chain: 'f'.repeat(64) };
    expect(await pulled(house, mina, first, undone)).toMatchObject({ kind: 'reset', reason: 'chain' });
    expect(await pulled(house, mina, first, { ...seen, seq: seen.seq + 1 })).toMatchObject({
      reason: 'ahead',
    });
    const body = {
      version: WIRE_VERSION,
      clientId: 'k',
      limit: 5,
      position: { phase: 'message', after: null },
    };
    const [next, page] = [
      await house.workspace.bootstrap(mina, { ...body, seen }),
      await house.workspace.bootstrap(mina, { ...body, seen: undone }),
    ];
    expect(next).not.toHaveProperty('value.rewritten');
    expect(page).toMatchObject({ ok: true, value: { rewritten: true, tables: [], next: null } });
  });

  test('[Y6] too many rows are fetched anew instead', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const from = await cursorOf(house);
    await house.ingest(...handedOver('c1'));
    const deps = { store: house.store, clock: house.clock };
    const request = { version: WIRE_VERSION, clientId: 'k', cursor: from };
    expect(await pull({ ...deps, pullLimit: 5 }, mina, request)).toMatchObject({
      kind: 'reset',
      reason: 'tooFar',
    });
    expect(await pull({ ...deps, pullLimit: 50 }, mina, request)).toMatchObject({ kind: 'changes' });
  });

  test('[Y7] read markers of others and the history stay here', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const joao = await house.hire('joao');
    await house.ingest(...handedOver('c1'));
    const from = await cursorOf(house);
    await house.push(mina, 'k', 1, [
      'conversation.markRead',
      { conversationId: 'c1', readThroughAt: house.clock.now() },
    ]);
    const mine = await pulled(house, mina, from);
    const theirs = await pulled(house, joao, from);
    const tablesOf = (answer: PullResponse) =>
      answer.kind === 'changes' ? answer.tables.map((one) => one.table) : [];
    expect(tablesOf(mine)).toContain('readMarker');
    expect(tablesOf(theirs)).not.toContain('readMarker');
    expect(JSON.stringify([mine, theirs])).not.toContain('history');
    expect(theirs).toMatchObject({ lastMid: 0 });
  });

  test.each([
    [{}],
    [{ version: WIRE_VERSION }],
    [{ version: WIRE_VERSION, clientId: 'k', cursor: { epoch: 'e', seq: -1, chain: 'x' } }],
    [{ version: WIRE_VERSION, clientId: '', cursor: { epoch: 'e', seq: 0, chain: 'x' } }],
    ['text'],
    [null],
  ])('a body of %j is a bad request', async (body) => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    expect(await house.workspace.pull(mina, body)).toMatchObject({
      ok: false,
      error: { type: 'badRequest' },
    });
  });

  test('[Y1] the last number of a client is told to its own agent', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const joao = await house.hire('joao');
    await house.push(mina, 'k', 1, ['noop', {}]);
    expect(await house.store.client(asId('k'))).toMatchObject({ lastMid: 1 });
    expect(await pulled(house, joao, await cursorOf(house))).toMatchObject({ lastMid: 0 });
  });
});
