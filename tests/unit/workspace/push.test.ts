import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { err } from '../../../src/base/result.ts';
import { PUSH_LIMIT } from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { planPush } from '../../../src/workspace/push.ts';
import { handedOver, minute, said } from '../../support/workspace/events.ts';
import { openHouse, pushBody } from '../../support/workspace/house.ts';

const client = asId<'ClientId'>('client-1');
const C1 = asId<'ConversationId'>('c1');
const tag = (conversationId: string, text: string) => ['tag.add', { conversationId, tag: text }] as const;
const take = (conversationId: string) => ['conversation.take', { conversationId }] as const;

function call(mid: number) {
  return { mid, name: 'noop', args: {}, madeAt: 0 };
}

describe('planning', () => {
  test('[Y3] everything after the last number is new', () => {
    expect(planPush([call(1), call(2)], 0)).toEqual({ fresh: [call(1), call(2)], answered: 2, gapAt: null });
  });

  test('[Y3] what was seen before is skipped and still answered', () => {
    expect(planPush([call(3), call(4), call(5)], 4)).toEqual({ fresh: [call(5)], answered: 3, gapAt: null });
  });

  test('[Y3] a number that comes twice in one batch runs once', () => {
    expect(planPush([call(1), call(1), call(2)], 0)).toEqual({
      fresh: [call(1), call(2)],
      answered: 3,
      gapAt: null,
    });
  });

  test('[Y3] a gap stops the batch and names the number that is missing', () => {
    expect(planPush([call(1), call(3), call(4)], 0)).toEqual({ fresh: [call(1)], answered: 1, gapAt: 2 });
    expect(planPush([call(7)], 4)).toEqual({ fresh: [], answered: 0, gapAt: 5 });
  });

  test('[Y3] an old number after a gap is not reached', () => {
    expect(planPush([call(3), call(1)], 1)).toEqual({ fresh: [], answered: 0, gapAt: 2 });
  });

  test('[Y3] an empty batch plans nothing', () => {
    expect(planPush([], 9)).toEqual({ fresh: [], answered: 0, gapAt: null });
  });
});

describe('pushing', () => {
  test('[Y3] a mutation changes the truth, its outcome and the counter together', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const before = await house.store.head();
    const answer = await house.push(mina, client, 1, take('c1'), tag('c1', 'refund'));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'applied' },
      { mid: 2, status: 'applied' },
    ]);
    expect(answer).toMatchObject({ lastMid: 2, head: before.seq + 1, now: house.clock.now() });
    expect(answer.gapAt).toBeUndefined();
    const [row] = await house.store.rows('conversation', [[C1]]);
    expect(row?.assigneeId).toBe('mina');
    const tags = await house.store.rowsOf('tag', [C1]);
    expect(tags.get(C1)?.map((one) => one.tag)).toEqual(['refund']);
    expect(await house.store.client(client)).toEqual({ id: client, agentId: 'mina', lastMid: 2 });
  });

  test('[Y5] a batch is one entry in the log', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'), ...handedOver('c2'));
    const before = await house.store.head();
    await house.push(mina, client, 1, take('c1'), take('c2'), tag('c1', 'a'), tag('c2', 'b'));
    expect((await house.store.head()).seq).toBe(before.seq + 1);
  });

  test('[Y3] a later mutation of a batch sees what an earlier one did', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const answer = await house.push(
      mina,
      client,
      1,
      tag('c1', 'a'),
      ['tag.remove', { conversationId: 'c1', tag: 'a' }],
      tag('c1', 'a'),
      ['conversation.close', { conversationId: 'c1', seenCustomerMessageId: 'c1-m-3' }],
      ['conversation.close', { conversationId: 'c1', seenCustomerMessageId: 'c1-m-3' }],
      ['conversation.undoClose', { conversationId: 'c1', cycle: 1 }],
    );
    expect(answer.outcomes.map((one) => one.status)).toEqual([
      'applied',
      'applied',
      'applied',
      'applied',
      'refused',
      'applied',
    ]);
    expect(answer.outcomes[4]?.code).toBe('invalidState');
    const [row] = await house.store.rows('conversation', [[C1]]);
    expect(row?.humanState).toBe('open');
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('[Y3] pushing the same again answers what was recorded and changes nothing', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const first = await house.push(mina, client, 1, take('c1'), tag('nowhere', 'x'));
    const rows = await house.rows();
    const again = await house.push(mina, client, 1, take('c1'), tag('nowhere', 'x'));
    expect(again.outcomes).toEqual(first.outcomes);
    expect(again.head).toBe(first.head);
    expect(await house.rows()).toEqual(rows);
  });

  test('[Y3] a repeated start with a new end runs the end alone', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    await house.push(mina, client, 1, tag('c1', 'a'));
    const answer = await house.push(mina, client, 1, tag('c1', 'changed'), tag('c1', 'b'));
    expect(answer).toMatchObject({ lastMid: 2, outcomes: [{ mid: 1 }, { mid: 2 }] });
    const tags = await house.store.rowsOf('tag', [C1]);
    expect(tags.get(C1)?.map((one) => one.tag)).toEqual(['a', 'b']);
  });

  test('[Y3] after a gap nothing more runs; the answer says which number it wants', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const gap = await house.push(mina, client, 3, tag('c1', 'late'));
    expect(gap).toMatchObject({ outcomes: [], lastMid: 0, gapAt: 1 });
    const body = pushBody(client, 1, tag('c1', 'a'), tag('c1', 'b'));
    body.mutations[1] = { ...body.mutations[1]!, mid: 5 };
    const torn = await house.workspace.push(mina, body);
    expect(torn.ok && torn.value).toMatchObject({
      outcomes: [{ mid: 1, status: 'applied' }],
      lastMid: 1,
      gapAt: 2,
    });
    const tags = await house.store.rowsOf('tag', [C1]);
    expect(tags.get(C1)?.map((one) => one.tag)).toEqual(['a']);
  });

  test('[Y4] a refused mutation advances the counter, its reason comes back, and the next one runs', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const joao = await house.hire('joao');
    await house.ingest(...handedOver('c1'));
    await house.push(joao, 'client-2', 1, take('c1'));
    const at = house.clock.now();
    const answer = await house.push(mina, client, 1, take('c1'), tag('c1', 'vip'));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'takenBySomeoneElse', detail: { agentId: 'joao', at } },
      { mid: 2, status: 'applied' },
    ]);
    expect(answer.lastMid).toBe(2);
  });

  test('[Y4] an unknown name is a visible refusal', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const answer = await house.push(mina, client, 1, ['conversation.explode', {}], ['noop', {}]);
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'unknownMutation', detail: { name: 'conversation.explode' } },
      { mid: 2, status: 'applied' },
    ]);
  });

  test('[Y4] wrong arguments are a refusal that names the place', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const answer = await house.push(mina, client, 1, ['tag.add', { conversationId: 'c1', tag: 7 }]);
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'invalidArguments', detail: { path: 'tag' } },
    ]);
    expect(answer.lastMid).toBe(1);
  });

  test('[Y4] a batch of refusals moves the counter and leaves the log alone', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const before = await house.store.head();
    const answer = await house.push(mina, client, 1, tag('none', 'a'), tag('none', 'b'));
    expect(answer).toMatchObject({ lastMid: 2, head: before.seq });
    expect(await house.store.head()).toEqual(before);
    expect(await house.store.outcomes(client, 1, 2)).toMatchObject([
      { mid: 1, name: 'tag.add', status: 'refused', code: 'notFound' },
      { mid: 2, name: 'tag.add', status: 'refused', code: 'notFound' },
    ]);
  });

  test('[Y4] a client id belongs to the agent who used it first', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const joao = await house.hire('joao');
    await house.push(mina, client, 1, ['noop', {}]);
    const stolen = await house.workspace.push(joao, pushBody(client, 2, ['noop', {}]));
    expect(stolen).toEqual(err({ type: 'forbidden', path: 'clientId' }));
    expect((await house.store.client(client))?.lastMid).toBe(1);
  });

  test('[T8] what comes from a desk counts when the workspace received it', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    house.clock.advance(5_000);
    const reply = {
      conversationId: 'c1',
      messageId: 'reply-1',
      text: 'Here is your refund.',
      lastSeenMessageId: 'c1-m-3',
      offline: false,
      writtenAt: 12,
    };
    await house.push(mina, client, 1, ['message.send', reply]);
    const [message] = await house.store.rows('message', [[asId<'MessageId'>('reply-1')]]);
    expect(message).toMatchObject({ at: house.clock.now(), writtenAt: 12, authorId: 'mina' });
  });

  test('[T8] a workspace clock that was set back still orders after what stands', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    house.clock.set(minute(-600));
    await house.push(mina, client, 1, tag('c1', 'a'), tag('c1', 'b'));
    expect((await house.workspace.check()).damage).toEqual([]);
    const [row] = await house.store.rows('conversation', [[C1]]);
    expect(row?.foldedAt).toBe(minute(0) + 4_000);
  });

  test('[Y2] history keeps the event under the id that its desk gave it, with the client', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    await house.push(mina, client, 1, take('c1'));
    const [row] = await house.store.rows('history', [[asId<'EventId'>('client-1-0000000001')]]);
    expect(row).toMatchObject({ conversationId: 'c1', origin: 'desk', clientId: client, arrival: 6 });
    expect((await house.store.head()).arrival).toBe(6);
  });

  test('[Y4] text that no store keeps as it is reads back as it was stored', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const note = { conversationId: 'c1', messageId: 'n\ud800', text: 'half \udc00 zero \0', writtenAt: 1 };
    const answer = await house.push(mina, client, 1, ['note.add', note], tag('c1', 'x\0y'));
    expect(answer.outcomes.map((one) => one.status)).toEqual(['applied', 'applied']);
    const [message] = await house.store.rows('message', [[asId<'MessageId'>('n\ufffd')]]);
    expect(message?.text).toBe('half \ufffd zero \ufffd');
    expect((await house.workspace.check()).damage).toEqual([]);
    const odd = await house.workspace.push(mina, pushBody('k\ud800', 1, ['noop', {}]));
    expect(odd).toEqual(err({ type: 'badRequest', path: 'clientId' }));
  });

  test('[Y11] a reply written offline is refused once somebody else wrote, and the queue goes on', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    await house.ingest(said('c1', '4', 'customer', minute(5)));
    const reply = {
      conversationId: 'c1',
      messageId: 'reply-1',
      text: 'Too late',
      lastSeenMessageId: 'c1-m-3',
      offline: true,
      writtenAt: 1,
    };
    const answer = await house.push(mina, client, 1, ['message.send', reply], tag('c1', 'a'));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'refused', code: 'staleReply', detail: { messageId: 'c1-m-4' } },
      { mid: 2, status: 'applied' },
    ]);
  });

  test('[Y14] a desk of another wire version gets no further, and which side is too old differs', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const body = pushBody(client, 1, ['noop', {}]);
    const older = await house.workspace.push(mina, { ...body, version: 0 });
    const newer = await house.workspace.push(mina, { ...body, version: WIRE_VERSION + 1 });
    expect(older).toMatchObject({ ok: false, error: { type: 'deskTooOld' } });
    expect(newer).toMatchObject({ ok: false, error: { type: 'workspaceTooOld' } });
    expect(await house.store.client(client)).toBeNull();
  });

  test('[Y3] more mutations than a push may hold are refused whole', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const calls = Array.from({ length: PUSH_LIMIT + 1 }, () => ['noop', {}] as const);
    const answer = await house.workspace.push(mina, pushBody(client, 1, ...calls));
    expect(answer).toEqual(err({ type: 'tooLarge', path: 'mutations' }));
    expect(await house.store.client(client)).toBeNull();
  });
});
