import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { escalated, hire, openTestDesk, openWorld } from '../../../support/desk/world.ts';

const C1 = asId<'ConversationId'>('c1');

test('[Y12] what the workspace has not confirmed is named part by part, until it has', async () => {
  const world = await openWorld();
  await world.ingest(...escalated('c1'), ...escalated('c2'));
  const desk = await openTestDesk(world, await hire(world, 'ada'));
  await settle();
  const parts = () => [...desk.thread(C1).unconfirmed].sort();
  expect(parts()).toEqual([]);
  desk.link.setLink(false);
  const make = (name: string, args: object) => desk.mutate(name, { conversationId: 'c1', ...args });
  await make('conversation.take', {});
  await make('conversation.setPriority', { priority: 'high' });
  await make('conversation.setPriority', { priority: 'low' });
  await make('conversation.setDescription', { description: 'lost' });
  await make('tag.add', { tag: 'vip' });
  await make('conversation.follow', {});
  await make('note.add', { messageId: 'n1', text: 'a note' });
  await desk.mutate('tag.add', { conversationId: 'c2', tag: 'other' });
  expect(parts()).toEqual(['assignee', 'description', 'followers', 'priority', 'tag:vip', 'tags']);
  await make('conversation.close', { seenCustomerMessageId: 'c1-m1' });
  expect(parts()).toContain('state');
  desk.link.setLink(true);
  await settle();
  expect(parts()).toEqual([]);
});

test('[Y12] a refused change marks nothing: what stands is the workspace’s', async () => {
  const world = await openWorld();
  await world.ingest(...escalated('c1'));
  const desk = await openTestDesk(world, await hire(world, 'ada'));
  const other = await openTestDesk(world, await hire(world, 'ben'));
  desk.link.setLink(false);
  await desk.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
  expect(desk.thread(C1).unconfirmed).toEqual(['priority']);
  await other.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'low' });
  await settle();
  desk.link.setLink(true);
  await settle();
  expect(desk.thread(C1).unconfirmed).toEqual([]);
});
