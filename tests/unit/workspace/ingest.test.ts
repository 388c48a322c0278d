import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { DAY, HOUR } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { escalated, handedOver, minute, said, started } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

const C1 = asId<'ConversationId'>('c1');

async function conversation(house: House, id = 'c1') {
  const [row] = await house.store.rows('conversation', [[asId<'ConversationId'>(id)]]);
  return row ?? null;
}

async function texts(house: House, id = 'c1'): Promise<string[]> {
  const key = asId<'ConversationId'>(id);
  const rows = (await house.store.rowsOf('message', [key])).get(key) ?? [];
  return [...rows].sort((a, b) => a.at - b.at).map((row) => row.text);
}

async function send(house: House, ...events: readonly unknown[]) {
  const answer = await house.workspace.ingest('test', { events });
  if (!answer.ok) throw new Error(answer.error.type);
  return answer.value;
}

describe('a batch', () => {
  test('[Y13] the answer counts what counted, and says where the log is', async () => {
    const house = await openHouse();
    const answer = await send(house, ...handedOver('c1'));
    expect(answer).toEqual({ accepted: 5, duplicates: 0, pending: 0, rejected: [], head: 1 });
    expect(await conversation(house)).toMatchObject({
      humanState: 'open',
      aiOutcome: 'notResolvedByAi',
      source: 'test',
      customerId: 'c1-customer',
      messageCount: 3,
      handoffReason: 'needs a human',
    });
  });

  test('[Y13] the same events again count as repeated and change nothing', async () => {
    const house = await openHouse();
    await send(house, ...handedOver('c1'));
    const rows = await house.rows();
    expect(await send(house, ...handedOver('c1'))).toMatchObject({ accepted: 0, duplicates: 5, head: 1 });
    expect(await house.rows()).toEqual(rows);
  });

  test('[Y13] an event that comes twice in one batch counts once', async () => {
    const house = await openHouse();
    const events = handedOver('c1');
    expect(await send(house, ...events, ...events)).toMatchObject({ accepted: 5, duplicates: 5 });
    expect(await conversation(house)).toMatchObject({ messageCount: 3, handoffCount: 1 });
  });

  test('[Y13] any order within a batch gives the same', async () => {
    const house = await openHouse();
    const reversed = await openHouse();
    await send(house, ...handedOver('c1'));
    await send(reversed, ...[...handedOver('c1')].reverse());
    expect(await reversed.rows()).toEqual(await house.rows());
  });

  test('[Y13] an id with other content is turned away, in the same batch and later', async () => {
    const house = await openHouse();
    const [start, first] = handedOver('c1');
    const changed = said('c1', '1', 'customer', minute(3), 'something else');
    const answer = await send(house, start, first, changed);
    expect(answer).toMatchObject({
      accepted: 2,
      rejected: [{ index: 2, id: 'c1-1', code: 'idReused', path: 'id' }],
    });
    const later = await send(house, changed);
    expect(later).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: 'idReused' }] });
    expect(await texts(house)).toEqual(['customer says 1']);
  });

  test('[Y13] a message id that another message has is turned away, never an overwrite', async () => {
    const house = await openHouse();
    await send(house, ...handedOver('c1'));
    const thief = { ...said('c2', '1', 'customer', minute(9), 'stolen'), messageId: 'c1-m-1' };
    const answer = await send(house, started('c2'), thief);
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, code: 'idReused', path: 'messageId' }],
    });
    expect((await texts(house))[0]).toBe('customer says 1');
    const twins = ['a', 'b'].map((name) => ({
      ...said('c2', name, 'customer', minute(9)),
      messageId: 'twin',
    }));
    expect(await send(house, ...twins)).toMatchObject({ accepted: 1, rejected: [{ index: 1 }] });
  });

  test('[Y13] an event under the id of a desk’s event is turned away', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await send(house, ...handedOver('c1'));
    await house.push(mina, 'k', 1, ['conversation.take', { conversationId: 'c1' }]);
    const forged = { ...said('c1', 'x', 'customer', minute(9)), id: 'k-0000000001' };
    expect(await send(house, forged)).toMatchObject({
      accepted: 0,
      rejected: [{ code: 'idReused', path: 'id' }],
    });
    const [kept] = await house.store.rows('history', [[asId<'EventId'>('k-0000000001')]]);
    expect(kept?.origin).toBe('desk');
  });

  test('[Y13] wrong events are named with place and code, the rest go in', async () => {
    const house = await openHouse();
    const [start, ...rest] = handedOver('c1');
    const note = { ...said('c1', 'n', 'ai', minute(8)), note: true };
    const answer = await send(
      house,
      start,
      'not an event',
      null,
      { type: 'unheard.of', id: 'x' },
      { ...said('c1', 'bad', 'customer', minute(7)), at: 'yesterday' },
      { ...said('c1', 'bad2', 'customer', minute(7)), author: { kind: 'agent' } },
      note,
      ...rest,
    );
    expect(answer.accepted).toBe(5);
    expect(answer.rejected.map(({ index, id, code, path }) => [index, id, code, path])).toEqual([
      [1, null, 'invalidEvent', ''],
      [2, null, 'invalidEvent', ''],
      [3, 'x', 'invalidEvent', 'type'],
      [4, 'c1-bad', 'invalidEvent', 'at'],
      [5, 'c1-bad2', 'invalidEvent', 'author.id'],
      [6, 'c1-n', 'invalidEvent', 'note'],
    ]);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test.each([[null], ['x'], [{}], [{ events: 'x' }], [{ events: {} }]])(
    'a body of %j is a bad request',
    async (body) => {
      const house = await openHouse();
      expect(await house.workspace.ingest('test', body)).toMatchObject({
        ok: false,
        error: { type: 'badRequest' },
      });
    },
  );

  test('[Y13] more than 10,000 events are too large, whole', async () => {
    const house = await openHouse();
    const events = Array.from({ length: 10_001 }, () => started('c1'));
    expect(await house.workspace.ingest('test', { events })).toEqual({
      ok: false,
      error: { type: 'tooLarge', path: 'events' },
    });
    expect(await conversation(house)).toBeNull();
  });

  test('[S10] a source cannot take the id of a continuation', async () => {
    const house = await openHouse();
    const answer = await send(house, started('c1~1'));
    expect(answer.rejected).toMatchObject([{ code: 'invalidEvent', path: 'conversationId' }]);
  });

  test('text that no store keeps as it is reads back as it was stored', async () => {
    const house = await openHouse();
    const text = 'half \ud83d, zero \0, words \\ud83d \\\\u0000 and 👋';
    await send(house, started('c1'), said('c1', '1', 'customer', minute(1), text));
    expect(await texts(house)).toEqual(['half \ufffd, zero \ufffd, words \\ud83d \\\\u0000 and 👋']);
    expect((await house.workspace.check()).damage).toEqual([]);
  });
});

describe('waiting for a start', () => {
  test('[Y13] events of an unknown conversation wait, are reported, and count when it starts', async () => {
    const house = await openHouse();
    const [start, ...rest] = handedOver('c1');
    expect(await send(house, ...rest)).toMatchObject({ accepted: 0, pending: 4, rejected: [] });
    expect(await house.workspace.pendingCount()).toBe(4);
    expect(await conversation(house)).toBeNull();
    expect(await send(house, start)).toMatchObject({ accepted: 1, pending: 0 });
    expect(await house.workspace.pendingCount()).toBe(0);
    const direct = await openHouse();
    await send(direct, ...handedOver('c1'));
    const { conversation: waited, ...others } = await house.rows();
    const { conversation: at_once, ...same } = await direct.rows();
    expect(others).toEqual(same);
    expect(waited).toHaveLength(at_once?.length ?? 0);
  });

  test('[Y13] a waiting event that comes again counts once', async () => {
    const house = await openHouse();
    const [start, first] = handedOver('c1');
    await send(house, first);
    expect(await send(house, first)).toMatchObject({ duplicates: 1, pending: 0 });
    await send(house, start, first);
    expect(await texts(house)).toEqual(['customer says 1']);
  });

  test('[Y13] a waiting event whose message id was taken meanwhile is left out and logged', async () => {
    const house = await openHouse();
    await send(house, { ...said('c1', '1', 'customer', minute(1)), messageId: 'm' });
    await send(house, started('c2'), { ...said('c2', '1', 'customer', minute(1)), messageId: 'm' });
    await send(house, started('c1'));
    expect(house.log).toEqual([{ type: 'pendingDropped', id: 'c1-1', code: 'idReused' }]);
    expect(await texts(house)).toEqual([]);
    expect(await texts(house, 'c2')).toHaveLength(1);
  });
});

describe('time', () => {
  test('[T8] events count at their source’s time, written as text or as milliseconds', async () => {
    const house = await openHouse();
    const iso = { ...said('c1', '1', 'customer', 0), at: new Date(minute(1)).toISOString() };
    const offset = { ...said('c1', '2', 'ai', 0), at: '2026-06-01T17:02:00.5+09:00' };
    await send(house, started('c1'), iso, offset);
    const rows = (await house.store.rowsOf('message', [C1])).get(C1) ?? [];
    expect(rows.map((row) => row.at)).toEqual([minute(1), minute(2) + 500]);
  });

  test('[Y13] a time later than receipt counts as receipt', async () => {
    const house = await openHouse();
    await send(house, started('c1'), said('c1', '1', 'customer', house.clock.now() + 5 * HOUR));
    const rows = (await house.store.rowsOf('message', [C1])).get(C1) ?? [];
    expect(rows[0]?.at).toBe(house.clock.now());
  });

  test('[T8][T11] a late event folds the conversation again', async () => {
    const house = await openHouse();
    const direct = await openHouse();
    const late = said('c1', 'late', 'customer', minute(0) + 500, 'the true first question');
    await send(house, ...handedOver('c1'));
    expect((await conversation(house))?.firstQuestion).toBe('customer says 1');
    await send(house, late);
    expect(await conversation(house)).toMatchObject({
      firstQuestion: 'the true first question',
      messageCount: 4,
    });
    await send(direct, ...handedOver('c1'), late);
    const { lastCustomerArrival: _a, ...folded } = (await conversation(house))!;
    const { lastCustomerArrival: _b, ...whole } = (await conversation(direct))!;
    expect(folded).toEqual(whole);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[T8][T11] a late event that takes a row away deletes it on every desk', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const tagged = { type: 'conversation.tagged', conversationId: 'c1', by: 'agent' } as const;
    await send(house, ...handedOver('c1'), { ...tagged, id: 't1', at: minute(1), tags: ['vip', 'refund'] });
    await send(house, said('c1', '4', 'customer', minute(9)));
    const before = await house.store.head();
    await send(house, { ...tagged, id: 't2', at: minute(5), tags: [], removed: ['vip'] });
    const changes = await house.store.changes({
      after: before.seq,
      agentId: mina.agentId,
      clientId: asId('k'),
      maxRows: 100,
    });
    expect(changes).toMatchObject({ tables: [{ table: 'tag', puts: [], deletes: [['c1', 'vip']] }] });
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[T8] a customer message that an agent’s close did not know of reopens at that close', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await send(house, ...handedOver('c1'));
    house.clock.advance(60_000);
    const closedAt = house.clock.now();
    const close = { conversationId: 'c1', seenCustomerMessageId: 'c1-m-3' };
    await house.push(mina, 'k', 1, ['conversation.close', close]);
    expect((await conversation(house))?.humanState).toBe('closed');
    house.clock.advance(60_000);
    await send(house, said('c1', 'unseen', 'customer', closedAt - 1_000));
    expect(await conversation(house)).toMatchObject({
      humanState: 'open',
      openedAt: closedAt,
      cycleCount: 2,
    });
  });

  test('[S3] idle conversations close after an ingest, dated by their last message', async () => {
    const house = await openHouse({ now: minute(0) + 3 * DAY });
    await send(
      house,
      started('c1'),
      said('c1', '1', 'customer', minute(1)),
      said('c1', '2', 'ai', minute(2)),
    );
    expect(await conversation(house)).toMatchObject({
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(2) + 48 * HOUR,
    });
  });
});

describe('replies after closing', () => {
  async function blocked(): Promise<House> {
    const house = await openHouse();
    await house.workspace.setPolicy({ ...DEFAULT_POLICY, blockRepliesAfterClosing: true });
    await send(house, ...handedOver('c1'), {
      id: 'close',
      type: 'conversation.closed',
      at: minute(2),
      conversationId: 'c1',
      by: 'agent',
      agentId: 'source-agent',
    });
    return house;
  }

  test('[S5][S10] a customer’s message to a blocked conversation starts another', async () => {
    const house = await blocked();
    await send(house, said('c1', 'after', 'customer', minute(3)), said('c1', 'answer', 'ai', minute(4)));
    expect(await conversation(house)).toMatchObject({ humanState: 'closed', messageCount: 3 });
    expect(await conversation(house, 'c1~1')).toMatchObject({
      customerId: 'c1-customer',
      startedAt: minute(3),
      aiOutcome: 'open',
      messageCount: 2,
    });
    expect(await texts(house, 'c1~1')).toEqual(['customer says after', 'ai says answer']);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[S10] what follows goes to the continuation, also in later requests, and folding again moves nothing', async () => {
    const house = await blocked();
    await send(house, said('c1', 'after', 'customer', minute(3)));
    await send(house, said('c1', 'more', 'customer', minute(5)), escalated('c1', minute(6)));
    expect(await conversation(house, 'c1~1')).toMatchObject({ humanState: 'open', messageCount: 2 });
    await send(house, said('c1', 'late', 'customer', minute(0) + 500));
    expect(await conversation(house)).toMatchObject({ humanState: 'closed', messageCount: 4 });
    expect(await texts(house, 'c1~1')).toEqual(['customer says after', 'customer says more']);
    expect(await conversation(house, 'c1~2')).toBeNull();
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[S10] a continuation that was closed has one of its own, under the first one’s name', async () => {
    const house = await blocked();
    await send(house, said('c1', 'after', 'customer', minute(3)), escalated('c1', minute(4)));
    const close = { type: 'conversation.closed', conversationId: 'c1', by: 'agent', agentId: 'x' } as const;
    await send(house, { ...close, id: 'close-2', at: minute(5) });
    expect(await conversation(house, 'c1~1')).toMatchObject({ humanState: 'closed' });
    await send(house, said('c1', 'again', 'customer', minute(6)));
    expect(await texts(house, 'c1~2')).toEqual(['customer says again']);
  });

  test('[S5] [T11] switched on late, nothing that reopened before moves, also when a late event folds it again', async () => {
    const house = await openHouse();
    const lea = await house.hire('lea', 'lead');
    const close = { type: 'conversation.closed', conversationId: 'c1', by: 'agent', agentId: 'x' } as const;
    await send(house, ...handedOver('c1'), { ...close, id: 'close', at: minute(2) });
    await send(house, said('c1', 'back', 'customer', minute(3)));
    await house.push(lea, 'lea', 1, ['settings.setBlockReplies', { value: true }]);
    expect((await house.workspace.check()).damage).toEqual([]);
    await send(house, said('c1', 'late', 'ai', minute(0) + 500));
    expect(await conversation(house)).toMatchObject({ humanState: 'open', cycleCount: 2 });
    await send(house, { ...close, id: 'close-2', at: minute(5) });
    await send(house, said('c1', 'after', 'customer', minute(6)));
    expect(await conversation(house)).toMatchObject({ humanState: 'closed', cycleCount: 2 });
    expect(await texts(house, 'c1~1')).toEqual(['customer says after']);
    await house.push(lea, 'lea', 2, ['settings.setBlockReplies', { value: false }]);
    await send(house, said('c1', 'later still', 'customer', minute(0) + 600));
    expect(await texts(house, 'c1~1')).toEqual(['customer says after']);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[S10] a close that comes late turns away the messages after it', async () => {
    const house = await openHouse();
    await house.workspace.setPolicy({ ...DEFAULT_POLICY, blockRepliesAfterClosing: true });
    await send(house, ...handedOver('c1'), said('c1', 'after', 'customer', minute(3)));
    expect(await texts(house)).toHaveLength(4);
    const close = { type: 'conversation.closed', conversationId: 'c1', by: 'agent', agentId: 'x' } as const;
    await send(house, { ...close, id: 'close', at: minute(2) });
    expect(await texts(house)).toHaveLength(3);
    expect(await texts(house, 'c1~1')).toEqual(['customer says after']);
    expect((await house.workspace.check()).damage).toEqual([]);
  });
});
