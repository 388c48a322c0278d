import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../../src/base/ids.ts';
import { WIRE_VERSION } from '../../../../src/protocol/version.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  START,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');
const reply = (messageId: string, text: string, lastSeenMessageId: string | null = 'c1-m2') => ({
  conversationId: 'c1',
  messageId,
  text,
  lastSeenMessageId,
  offline: false,
  writtenAt: 0,
});

async function deskOnC1(): Promise<{ world: World; ada: AgentId; desk: TestDesk }> {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  return { world, ada, desk: await openTestDesk(world, ada) };
}

const outbox = (desk: TestDesk) => desk.desk.handlers['outbox.list']({}, NEVER);
const putDraft = (desk: TestDesk, text: string, kind: 'reply' | 'note' = 'reply') =>
  desk.desk.handlers['draft.put']({ conversationId: 'c1', kind, text }, NEVER);

describe('making a change', () => {
  test('a rule refuses at once, and nothing is saved', async () => {
    const { desk } = await deskOnC1();
    const answer = await desk.mutate('conversation.close', {
      conversationId: 'c1',
      seenCustomerMessageId: null,
    });
    expect(answer).toEqual({
      ok: false,
      refusal: { type: 'newCustomerMessage', detail: { messageId: 'c1-m1' } },
    });
    expect(outbox(desk)).toEqual([]);
  });

  test('[Y4] an unknown name and wrong arguments are refusals with the place', async () => {
    const { desk } = await deskOnC1();
    expect(await desk.mutate('conversation.explode', {})).toMatchObject({
      refusal: { type: 'unknownMutation' },
    });
    expect(await desk.mutate('tag.add', { conversationId: 'c1' })).toMatchObject({
      refusal: { type: 'invalidArguments', detail: { path: 'tag' } },
    });
  });

  test('screens are told what changed, by conversation', async () => {
    const { desk } = await deskOnC1();
    desk.invalidations.length = 0;
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    const told = new Map(desk.invalidations.map((one) => [one.topic, one.ids]));
    expect(told.get('list')).toEqual(['c1']);
    expect(told.get('thread')).toEqual(['c1']);
    expect([...told.keys()]).toEqual(expect.arrayContaining(['outbox', 'undo', 'status']));
  });

  test('[Y10] a text is stamped with the workspace’s time, whatever the screen or the laptop says', async () => {
    const { world, desk } = await deskOnC1();
    world.clock.advance(5_000);
    await desk.mutate('note.add', { conversationId: 'c1', messageId: 'n1', text: 'call back', writtenAt: 3 });
    expect(desk.thread(C1).messages.at(-1)).toMatchObject({ note: true, writtenAt: START + 5_000 });
  });
});

describe('[Y16] a value set while nobody could hear', () => {
  test('does not overwrite what a colleague set since: theirs stands, its author is told, and may mean it', async () => {
    const { world, desk } = await deskOnC1();
    const other = await openTestDesk(world, await hire(world, 'ben'));
    desk.link.setLink(false);
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'medium' });
    expect(desk.thread(C1).conversation.priority).toBe('medium');
    await other.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await settle();
    desk.link.setLink(true);
    await settle();
    expect(desk.thread(C1).conversation.priority).toBe('low');
    const told = desk.desk.core.outbox.attention();
    expect(told.map(({ code, detail }) => [code, detail])).toEqual([
      ['changedSince', { priority: 'low', agentId: 'ben', at: START }],
      ['changedSince', { priority: 'low', agentId: 'ben', at: START }],
    ]);
    expect(await desk.desk.handlers['outbox.resend']({ mid: told[1]?.mid ?? 0 }, NEVER)).toMatchObject({
      ok: true,
    });
    await settle();
    expect(desk.thread(C1).conversation.priority).toBe('medium');
    expect(other.thread(C1).conversation.priority).toBe('medium');
  });

  test('goes through, one after the other, where nobody else set it', async () => {
    const { desk } = await deskOnC1();
    desk.link.setLink(false);
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: null });
    await desk.mutate('conversation.setDescription', { conversationId: 'c1', description: 'about' });
    desk.link.setLink(true);
    await settle();
    expect(desk.thread(C1).conversation).toMatchObject({ priority: null, description: 'about' });
    expect(desk.desk.core.outbox.attention()).toEqual([]);
  });
});

describe('[Y12] an outgoing message', () => {
  test('is queued with its place and the reason, then delivered', async () => {
    const { desk } = await deskOnC1();
    await desk.desk.handlers['sync.setOffline']({ offline: true }, NEVER);
    await desk.mutate('conversation.take', { conversationId: 'c1' });
    await desk.mutate('message.send', reply('m9', 'On it.'));
    expect(desk.thread(C1).messages.at(-1)?.delivery).toEqual({
      state: 'queued',
      mid: 2,
      position: 2,
      why: 'paused',
    });
    expect(outbox(desk)).toMatchObject([
      {
        mid: 1,
        name: 'conversation.take',
        text: null,
        state: 'queued',
        customerName: 'Customer c1',
        recallable: true,
      },
      { mid: 2, name: 'message.send', text: 'On it.', state: 'queued', recallable: true },
    ]);
    await desk.desk.handlers['sync.setOffline']({ offline: false }, NEVER);
    await settle();
    expect(desk.thread(C1).messages.at(-1)?.delivery).toEqual({ state: 'delivered' });
    expect(outbox(desk)).toEqual([]);
  });

  test('is sending while a push carries it, and can no longer be recalled', async () => {
    const { desk } = await deskOnC1();
    let seen: unknown = null;
    desk.link.fate = (verb) => {
      if (verb === 'push') seen = [desk.thread(C1).messages.at(-1)?.delivery, outbox(desk)];
      return 'pass';
    };
    await desk.mutate('message.send', reply('m9', 'On it.'));
    await settle();
    expect(seen).toMatchObject([
      { state: 'sending', mid: 1 },
      [{ mid: 1, state: 'sending', recallable: false }],
    ]);
  });

  test('recalled, its text is back in the composer, before what was begun since', async () => {
    const { desk } = await deskOnC1();
    desk.link.setLink(false);
    await desk.mutate('message.send', reply('m9', 'On it.'));
    await putDraft(desk, 'P.S. thanks');
    expect(await desk.desk.handlers['outbox.recall']({ mid: 1 }, NEVER)).toEqual({ recalled: true });
    const thread = desk.thread(C1);
    expect(thread.drafts).toMatchObject([{ kind: 'reply', text: 'On it.\n\nP.S. thanks' }]);
    expect(thread.messages.map((message) => message.id)).not.toContain('m9');
    expect(outbox(desk)).toEqual([]);
    desk.link.setLink(true);
    await desk.scheduler.advance(60_000);
    expect(desk.thread(C1).messages.map((message) => message.id)).not.toContain('m9');
    expect(await desk.desk.handlers['outbox.recall']({ mid: 1 }, NEVER)).toEqual({ recalled: false });
  });

  test('that was part of a push cannot be recalled, although the answer was lost', async () => {
    const { desk } = await deskOnC1();
    desk.link.fate = (verb) => (verb === 'push' ? 'loseAnswer' : 'pass');
    await desk.mutate('message.send', reply('m9', 'On it.'));
    await settle();
    expect(outbox(desk)).toMatchObject([{ mid: 1, state: 'queued', recallable: false }]);
    expect(await desk.desk.handlers['outbox.recall']({ mid: 1 }, NEVER)).toEqual({ recalled: false });
  });

  test('uses up its draft in the same commit, and the other kind stays', async () => {
    const { desk } = await deskOnC1();
    await putDraft(desk, 'On it.');
    await putDraft(desk, 'check stock', 'note');
    await desk.mutate('message.send', reply('m9', 'On it.'));
    expect(desk.thread(C1).drafts).toMatchObject([{ kind: 'note', text: 'check stock' }]);
  });

  test('what others wrote and what came with the history has no delivery', async () => {
    const { desk } = await deskOnC1();
    expect(desk.thread(C1).messages.map((message) => message.delivery)).toEqual([null, null]);
  });
});

describe('[Y11] the stale reply guard', () => {
  /** A reply written offline, while the customer writes to the workspace. */
  async function heldReply() {
    const { world, desk } = await deskOnC1();
    desk.link.setLink(false);
    await desk.mutate('message.send', reply('m9', 'Your parcel left today.'));
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'parcel' });
    world.clock.advance(60_000);
    await world.ingest(customerWrites('c1', 'm3', world.clock.now(), 'It arrived, thanks!'));
    desk.link.setLink(true);
    await settle();
    return desk;
  }

  test('holds it with both texts at hand; what comes after it in the queue goes on', async () => {
    const desk = await heldReply();
    const thread = desk.thread(C1);
    expect(thread.held).toMatchObject([{ mid: 1, text: 'Your parcel left today.', becauseOf: 'm3' }]);
    expect(thread.messages.map((message) => message.text)).not.toContain('Your parcel left today.');
    expect(thread.messages.at(-1)?.text).toBe('It arrived, thanks!');
    expect(thread.tags.map((tag) => tag.tag)).toContain('parcel');
    expect(desk.desk.status()).toMatchObject({ pending: 0, needsAttention: 1 });
    expect(outbox(desk)).toMatchObject([
      { mid: 1, state: 'held', code: 'staleReply', text: 'Your parcel left today.' },
    ]);
  });

  test('sent again, edited, it is a new mutation and the held one is gone', async () => {
    const desk = await heldReply();
    const sent = await desk.desk.handlers['outbox.resend']({ mid: 1, text: 'Glad to hear it!' }, NEVER);
    expect(sent).toMatchObject({ ok: true, value: { mid: 3 } });
    await settle();
    const thread = desk.thread(C1);
    expect(thread.held).toEqual([]);
    expect(thread.messages.filter((message) => message.id === 'm9')).toMatchObject([
      { text: 'Glad to hear it!', delivery: { state: 'delivered' } },
    ]);
  });

  test('dropped, nothing of it stays', async () => {
    const desk = await heldReply();
    await desk.desk.handlers['outbox.dismiss']({ mid: 1 }, NEVER);
    expect(desk.thread(C1).held).toEqual([]);
    expect(desk.desk.status().needsAttention).toBe(0);
    const gone = await desk.desk.handlers['outbox.resend']({ mid: 1 }, NEVER);
    expect(gone).toEqual({ ok: false, refusal: { type: 'notFound' } });
  });

  test('a reply written with the link up goes out, although the customer wrote a moment before', async () => {
    const { world, desk } = await deskOnC1();
    desk.link.fate = (verb) => (verb === 'pull' ? 'drop' : 'pass');
    // Sent while the customer's is on its way: no lost pull has told the desk yet that its link is gone.
    const written = world.ingest(customerWrites('c1', 'm3', world.clock.now()));
    await Promise.all([written, desk.mutate('message.send', reply('m9', 'On it.'))]);
    desk.link.fate = () => 'pass';
    await desk.scheduler.advance(30_000);
    expect(desk.thread(C1).held).toEqual([]);
    expect(desk.thread(C1).messages.map((message) => message.id)).toContain('m9');
  });
});

describe('[Y4] refused by the workspace', () => {
  test('[S7] a take that lost comes back with the colleague, the former value at once, and the draft intact', async () => {
    const { world, desk } = await deskOnC1();
    const ben = await hire(world, 'ben');
    const other = await openTestDesk(world, ben);
    desk.link.setLink(false);
    await putDraft(desk, 'Let me look into');
    await desk.mutate('conversation.take', { conversationId: 'c1' });
    await other.mutate('conversation.take', { conversationId: 'c1' });
    await settle();
    // The push is answered, the pull that follows is lost: the former value is back all the same.
    desk.link.fate = (verb) => (verb === 'pull' ? 'drop' : 'pass');
    desk.link.setLink(true);
    await settle();
    expect(outbox(desk)).toMatchObject([
      { mid: 1, state: 'refused', code: 'takenBySomeoneElse', detail: { agentId: 'ben' } },
    ]);
    expect(desk.thread(C1).conversation.assigneeId).toBeNull();
    desk.link.fate = () => 'pass';
    await desk.scheduler.advance(30_000);
    const thread = desk.thread(C1);
    expect(thread.conversation.assigneeId).toBe('ben');
    expect(thread.drafts).toMatchObject([{ text: 'Let me look into' }]);
  });

  test('[Y12] a message that was refused stays in the thread as failed, and can be sent again', async () => {
    const { world, desk } = await deskOnC1();
    desk.link.setLink(false);
    await desk.mutate('note.add', { conversationId: 'c1', messageId: 'm3', text: 'my note', writtenAt: 0 });
    await world.ingest(customerWrites('c1', 'm3', world.clock.now(), 'the same id'));
    desk.link.setLink(true);
    await settle();
    expect(outbox(desk)).toMatchObject([
      { mid: 1, state: 'refused', code: 'alreadyExists', text: 'my note' },
    ]);
    const [item] = desk.desk.core.outbox.attention();
    expect(item?.args).toMatchObject({ text: 'my note' });
  });

  test('[Y12] a queued message that a rule refuses on the new base is still in sight', async () => {
    const { world, desk } = await deskOnC1();
    desk.link.setLink(false);
    await desk.mutate('message.send', reply('m9', 'Written on the train.'));
    await world.ingest(customerWrites('c1', 'm3', world.clock.now()));
    desk.link.fate = (verb) => (verb === 'push' ? 'drop' : 'pass');
    const pulled = await world.workspace.transportFor(
      desk.desk.core.replica.state().agentId ?? (await hire(world, 'x')),
    );
    const cursor = desk.desk.core.replica.state().cursor;
    if (pulled === null || cursor === null) throw new Error('no link');
    const changes = await pulled.pull({ version: WIRE_VERSION, clientId: desk.desk.core.clientId, cursor });
    if (!changes.ok || changes.value.kind !== 'changes') throw new Error('no changes');
    desk.desk.core.follow(changes.value);
    expect(desk.thread(C1).messages.at(-1)).toMatchObject({
      id: 'm9',
      text: 'Written on the train.',
      delivery: { state: 'queued', why: 'offline' },
    });
  });
});
