import { describe, expect, test } from 'vitest';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const C1 = conversationId('c1');

async function deskOnC1(): Promise<{ world: World; desk: TestDesk }> {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  await world.ingest(...escalated('c1'));
  return { world, desk: await openTestDesk(world, ada) };
}

const undoList = (desk: TestDesk) => desk.desk.handlers['undo.list']({}, NEVER);

describe('[Y16] undo', () => {
  test('is a new mutation that takes the latest action back, one after the other', async () => {
    const { desk } = await deskOnC1();
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await settle();
    expect(undoList(desk)).toMatchObject([
      { mid: 2, name: 'tag.add', customerName: 'Customer c1', undone: false },
      { mid: 1, name: 'conversation.setPriority', undone: false },
    ]);
    expect(await desk.desk.handlers['undo.apply']({}, NEVER)).toEqual({
      ok: true,
      value: { mid: 3, undoable: true },
    });
    expect(await desk.desk.handlers['undo.apply']({}, NEVER)).toMatchObject({ ok: true, value: { mid: 4 } });
    await settle();
    const thread = desk.thread(C1);
    expect(thread.tags.map((tag) => tag.tag)).not.toContain('vip');
    expect(thread.conversation.priority).toBeNull();
    expect(undoList(desk)).toMatchObject([{ undone: true }, { undone: true }]);
    expect(await desk.desk.handlers['undo.apply']({}, NEVER)).toEqual({
      ok: false,
      refusal: { type: 'notFound' },
    });
  });

  test('of a value that someone changed since is refused, and of one taken back already as well', async () => {
    const { world, desk } = await deskOnC1();
    const other = await openTestDesk(world, await hire(world, 'ben'));
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await settle();
    await other.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await settle();
    expect(await desk.desk.handlers['undo.apply']({ mid: 1 }, NEVER)).toMatchObject({
      ok: false,
      refusal: { type: 'changedSince' },
    });
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await desk.desk.handlers['undo.apply']({ mid: 2 }, NEVER);
    expect(await desk.desk.handlers['undo.apply']({ mid: 2 }, NEVER)).toMatchObject({
      ok: false,
      refusal: { type: 'changedSince' },
    });
  });

  test('[Y4] over a colleague’s change it says whose, and since when', async () => {
    const { world, desk } = await deskOnC1();
    const ben = await openTestDesk(world, await hire(world, 'ben'));
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await desk.mutate('conversation.take', { conversationId: 'c1' });
    await settle();
    world.clock.advance(60_000);
    const at = world.clock.now();
    await ben.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await ben.mutate('tag.remove', { conversationId: 'c1', tag: 'vip' });
    await ben.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    await ben.mutate('conversation.assign', { conversationId: 'c1', assigneeId: null });
    await settle();
    world.clock.advance(60_000);
    for (const mid of [1, 2, 3])
      expect(await desk.desk.handlers['undo.apply']({ mid }, NEVER)).toMatchObject({
        ok: false,
        refusal: { type: 'changedSince', detail: { agentId: 'ben', at } },
      });
    expect(desk.desk.core.outbox.nextMid()).toBe(4);
  });

  test('[Y4] without a link, and while a change of one’s own is on its way there, it names nobody', async () => {
    const { world, desk } = await deskOnC1();
    const ben = await openTestDesk(world, await hire(world, 'ben'));
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await settle();
    await ben.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await settle();
    const nameless = { ok: false, refusal: { type: 'changedSince', detail: { priority: 'low' } } };
    desk.link.fate = (verb) => (verb === 'push' ? 'drop' : 'pass');
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    expect(await desk.desk.handlers['undo.apply']({ mid: 1 }, NEVER)).toEqual(nameless);
    desk.link.fate = () => 'pass';
    await desk.scheduler.advance(60_000);
    desk.link.setLink(false);
    await settle();
    expect(await desk.desk.handlers['undo.apply']({ mid: 1 }, NEVER)).toEqual(nameless);
  });

  test('[Y4] an answer that does not come in two seconds is not waited for', async () => {
    const { world, desk } = await deskOnC1();
    const ben = await openTestDesk(world, await hire(world, 'ben'));
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await settle();
    await ben.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await settle();
    desk.link.who = () => new Promise(() => undefined);
    const answer = desk.desk.handlers['undo.apply']({ mid: 1 }, NEVER);
    await desk.scheduler.advance(2_000);
    expect(await answer).toEqual({
      ok: false,
      refusal: { type: 'changedSince', detail: { priority: 'low' } },
    });
  });

  test('redo is a new mutation that does again what was taken back, and can be taken back in turn', async () => {
    const { desk } = await deskOnC1();
    const { handlers } = desk.desk;
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    expect(await handlers['undo.redo']({}, NEVER)).toEqual({ ok: false, refusal: { type: 'notFound' } });
    await handlers['undo.apply']({}, NEVER);
    await settle();
    expect(undoList(desk)).toMatchObject([{ mid: 1, undone: true, redo: 'next' }]);
    expect(await handlers['undo.redo']({}, NEVER)).toEqual({ ok: true, value: { mid: 3, undoable: true } });
    await settle();
    expect(desk.thread(C1).conversation.priority).toBe('high');
    expect(undoList(desk)).toMatchObject([{ mid: 1, undone: false, redo: null }]);
    expect(await handlers['undo.redo']({ mid: 1 }, NEVER)).toMatchObject({
      refusal: { type: 'changedSince' },
    });
    expect(await handlers['undo.apply']({ mid: 3 }, NEVER)).toMatchObject({ ok: true });
    expect(desk.thread(C1).conversation.priority).toBeNull();
  });

  test('redo of a value that someone changed since is refused, here and at the workspace, and theirs stands', async () => {
    const { world, desk } = await deskOnC1();
    const { handlers } = desk.desk;
    const other = await openTestDesk(world, await hire(world, 'ben'));
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await handlers['undo.apply']({}, NEVER);
    await settle();
    desk.link.setLink(false);
    await other.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
    await settle();
    expect(await handlers['undo.redo']({}, NEVER)).toMatchObject({ ok: true });
    await settle();
    desk.link.setLink(true);
    await settle();
    expect(desk.thread(C1).conversation.priority).toBe('low');
    expect(desk.desk.core.outbox.attention()).toMatchObject([{ mid: 3, code: 'changedSince' }]);
    // The refused one left the chain: the action is taken back still, and refused at once now.
    expect(undoList(desk)).toMatchObject([{ mid: 1, undone: true }]);
    expect(await handlers['undo.redo']({ mid: 1 }, NEVER)).toMatchObject({
      refusal: { type: 'changedSince' },
    });
  });

  test('the key does not redo what was taken back before the latest action; the list does', async () => {
    const { desk } = await deskOnC1();
    const { handlers } = desk.desk;
    await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await handlers['undo.apply']({}, NEVER);
    await desk.mutate('tag.add', { conversationId: 'c1', tag: 'vip' });
    expect(undoList(desk)).toMatchObject([
      { name: 'tag.add', redo: null },
      { mid: 1, redo: 'listed' },
    ]);
    expect(await handlers['undo.redo']({}, NEVER)).toMatchObject({ refusal: { type: 'notFound' } });
    expect(await handlers['undo.redo']({ mid: 1 }, NEVER)).toMatchObject({ ok: true });
    expect(desk.thread(C1).conversation.priority).toBe('high');
  });

  test('a mark as unread is in the list, and can be taken back and done again; reading is not', async () => {
    const { desk } = await deskOnC1();
    const { handlers } = desk.desk;
    const read = () => desk.thread(C1).readMarker?.readThroughAt ?? 0;
    const last = desk.thread(C1).conversation.lastMessageAt ?? 0;
    await desk.mutate('conversation.markRead', { conversationId: 'c1', readThroughAt: last });
    await desk.mutate('conversation.markUnread', { conversationId: 'c1' });
    expect(undoList(desk)).toMatchObject([{ mid: 2, name: 'conversation.markUnread', undone: false }]);
    expect(await handlers['undo.apply']({}, NEVER)).toMatchObject({ ok: true, value: { undoable: true } });
    expect(read()).toBe(last);
    expect(undoList(desk)).toMatchObject([{ mid: 2, undone: true, redo: 'next' }]);
    expect(await handlers['undo.redo']({}, NEVER)).toMatchObject({ ok: true, value: { undoable: true } });
    await settle();
    expect(read()).toBe(last - 1);
    expect(undoList(desk)).toMatchObject([{ mid: 2, undone: false, redo: null }]);
    expect(await handlers['undo.apply']({}, NEVER)).toMatchObject({ ok: true });
    expect(read()).toBe(last);
  });

  test('a rebase never captures anew: the inverse is of the moment it was made', async () => {
    const { world, desk } = await deskOnC1();
    const other = await openTestDesk(world, await hire(world, 'ben'));
    desk.link.setLink(false);
    // Straight to the core, which asks nothing of what stands.
    desk.desk.core.mutate({
      name: 'conversation.setDescription',
      args: { conversationId: 'c1', description: 'mine' },
    });
    await other.mutate('conversation.setDescription', { conversationId: 'c1', description: 'theirs' });
    await settle();
    desk.link.setLink(true);
    await settle();
    expect(desk.thread(C1).conversation.description).toBe('mine');
    expect(await desk.desk.handlers['undo.apply']({ mid: 1 }, NEVER)).toMatchObject({ ok: true });
    expect(desk.thread(C1).conversation.description).toBeNull();
  });
});
