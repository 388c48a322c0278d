import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { readBaseRows } from '../../../../src/desk/replica/base-rows.ts';
import { Replica } from '../../../../src/desk/replica/replica.ts';
import { readRow, rowsOfConversation } from '../../../../src/desk/replica/row-sql.ts';
import { FilledRows } from '../../../../src/desk/replica/written.ts';
import { POLICY_KEY } from '../../../../src/protocol/policy.ts';
import { baseOf, differences, foldOf, viewOf } from '../../../support/desk/rows.ts';
import {
  AT,
  conversationRow,
  deletes,
  messageRow,
  openConversation,
  puts,
  tagRow,
} from '../../../support/desk/sample-rows.ts';
import { callOf, FULL, ME, openReplicaFile, show, testReplica } from '../../../support/desk/test-replica.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const C1 = asId<'ConversationId'>('c1');
const priority = (value: string, id = 'c1') => ({ conversationId: id, priority: value });
const message = (id: string, text = 'On it.') => ({
  conversationId: 'c1',
  messageId: id,
  text,
  lastSeenMessageId: 'c1-m1',
  offline: false,
  writtenAt: AT,
});

function filled(...ids: readonly string[]): Replica {
  const replica = testReplica();
  replica.apply(
    ids.flatMap((id) => openConversation(id)),
    FULL,
  );
  return replica;
}

const conversation = (replica: Replica, id = 'c1') => readRow(replica.db, 'conversation', [id]);
const copies = (replica: Replica) => [...readBaseRows(replica.db, 'all').keys()];
const isWhole = (replica: Replica) => expect(differences(viewOf(replica), foldOf(replica))).toEqual([]);

describe('[Y7] a pull', () => {
  test('is applied with the state that speaks of it, in one commit', () => {
    const replica = filled('c1');
    expect(conversation(replica)?.humanState).toBe('open');
    expect(replica.state()).toMatchObject({ cursor: FULL.cursor, bootstrap: { state: 'done' } });
    expect(new Replica(replica.db).state()).toEqual(replica.state());
  });

  test('that cannot be written changes nothing, neither rows nor cursor nor memory', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    const before = { view: viewOf(replica), state: replica.state(), pending: replica.pending() };
    const broken = { table: 'setting' as const, puts: [['key', null]], deletes: [] };
    const rows = puts('conversation', conversationRow('c1', { description: 'half' }));
    expect(() =>
      replica.apply([rows, broken], { cursor: { epoch: 'e1', seq: 2, chain: 'y' }, lastMid: 1 }),
    ).toThrow();
    expect(differences(viewOf(replica), before.view)).toEqual([]);
    expect(replica.state()).toEqual(before.state);
    expect(replica.pending()).toEqual(before.pending);
    // Nor the base copies that it keeps in memory: the next pull goes beneath what is pending.
    replica.apply([puts('conversation', conversationRow('c1', { description: 'whole' }))], {});
    expect(conversation(replica)).toMatchObject({ description: 'whole', priority: 'high' });
    isWhole(replica);
  });

  test('takes rows away', () => {
    const replica = filled('c1');
    replica.apply([puts('tag', tagRow('c1', 'a'), tagRow('c1', 'b'))], {});
    replica.apply([deletes('tag', ['c1', 'a']), deletes('message', ['c1-m1'])], {});
    expect(rowsOfConversation(replica.db, 'tag', 'c1').map((tag) => tag.tag)).toEqual(['b']);
    expect(readRow(replica.db, 'message', ['c1-m1'])).toBeNull();
  });

  test('keeps the local number of a row that it rewrites', () => {
    const replica = filled('c1', 'c2');
    const number = () => replica.db.pluck<number>('SELECT n FROM conversation WHERE id = ?', 'c1');
    const before = number();
    replica.apply([puts('conversation', conversationRow('c1', { priority: 'low' }))], {});
    expect(number()).toBe(before);
  });

  test('says which conversations, messages and customers it wrote, and whether anything shared changed', () => {
    const replica = testReplica();
    const written = replica.apply(openConversation('c1'), FULL);
    expect([...written.conversations]).toEqual(['c1']);
    expect([...written.messages]).toEqual(['c1-m1']);
    expect([...written.customers]).toEqual(['customer-c1']);
    expect(written.shared).toBe(false);
    const gone = replica.apply([deletes('message', ['c1-m1'])], {});
    expect([...gone.conversations]).toEqual(['c1']);
    expect(replica.apply([puts('setting', { key: 'a', value: '1' })], {}).shared).toBe(true);
  });
});

describe('[Y7] pending work stands on top of the base', () => {
  test('a shown mutation keeps the base of what it changed, and nothing else', () => {
    const replica = filled('c1', 'c2');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    expect(conversation(replica)?.priority).toBe('high');
    expect(copies(replica)).toEqual(['conversation\nc1']);
    expect(baseOf(replica).get('conversation\nc1')).toEqual(
      puts('conversation', conversationRow('c1')).puts[0],
    );
    expect(replica.pendingOf(C1)).toBe(1);
    isWhole(replica);
  });

  test('a row that it makes has a base of nothing', () => {
    const replica = filled('c1');
    show(replica, 1, 'tag.add', { conversationId: 'c1', tag: 'vip' });
    expect(readBaseRows(replica.db, 'all').get('tag\nc1\nvip')).toMatchObject({ scope: 'c1', values: null });
    expect(baseOf(replica).has('tag\nc1\nvip')).toBe(false);
    isWhole(replica);
  });

  test('a second mutation leaves the base copy of the first as it was', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'conversation.setDescription', { conversationId: 'c1', description: 'late' });
    expect(baseOf(replica).get('conversation\nc1')).toEqual(
      puts('conversation', conversationRow('c1')).puts[0],
    );
    isWhole(replica);
  });

  test('new base rows go under it: the command is run again, the colleague’s fields are kept', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    replica.apply(
      [puts('conversation', conversationRow('c1', { description: 'by Ben', assigneeId: asId('ben') }))],
      {},
    );
    expect(conversation(replica)).toMatchObject({
      priority: 'high',
      description: 'by Ben',
      assigneeId: 'ben',
    });
    isWhole(replica);
  });

  test('confirmed, it is the base and its copies are gone', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'tag.add', { conversationId: 'c1', tag: 'vip' });
    const confirmed = conversationRow('c1', { priority: 'high' });
    replica.apply([puts('conversation', confirmed), puts('tag', tagRow('c1', 'vip'))], { lastMid: 2 });
    expect(copies(replica)).toEqual([]);
    expect(replica.pending()).toEqual([]);
    expect(conversation(replica)?.priority).toBe('high');
    isWhole(replica);
  });

  test('confirmed in part, the rest is run again on the new base', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'tag.add', { conversationId: 'c1', tag: 'vip' });
    replica.apply([puts('conversation', conversationRow('c1', { priority: 'high' }))], { lastMid: 1 });
    expect(replica.pending().map((call) => call.mid)).toEqual([2]);
    expect(copies(replica)).toContain('tag\nc1\nvip');
    isWhole(replica);
  });

  test('[Y4] confirmed as a refusal (no rows came), the former values are back', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'message.send', message('m2'));
    const written = replica.apply([], { lastMid: 2 });
    expect(conversation(replica)).toEqual(conversationRow('c1'));
    expect(readRow(replica.db, 'message', ['m2'])).toBeNull();
    expect([...written.conversations]).toEqual(['c1']);
    expect([...written.messages]).toEqual(['m2']);
    expect(copies(replica)).toEqual([]);
  });

  test('[Y12] recalled, its effect is taken out from between the others', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'conversation.setDescription', { conversationId: 'c1', description: 'late' });
    replica.drop(new Set([1]));
    expect(conversation(replica)).toMatchObject({ priority: null, description: 'late' });
    isWhole(replica);
  });

  test('a row that the workspace deletes is gone for the rules as well', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    const written = replica.apply([deletes('conversation', ['c1'])], {});
    expect(conversation(replica)).toBeNull();
    expect(written.refused).toEqual([
      { mid: 1, refusal: { type: 'notFound', detail: { conversationId: 'c1' } } },
    ]);
    isWhole(replica);
  });

  test('[S7] a take that lost is out of the view, and comes back when the colleague lets go', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.take', { conversationId: 'c1' });
    const taken = conversationRow('c1', { assigneeId: asId('ben') });
    const written = replica.apply([puts('conversation', taken)], {});
    expect(written.refused.map((one) => one.refusal)).toEqual([
      { type: 'takenBySomeoneElse', detail: { agentId: 'ben' } },
    ]);
    expect(conversation(replica)?.assigneeId).toBe('ben');
    replica.apply([puts('conversation', conversationRow('c1'))], {});
    expect(conversation(replica)?.assigneeId).toBe(ME);
    isWhole(replica);
  });

  test('a change elsewhere does not touch it: only what it can reach is rebased', () => {
    const replica = filled('c1', 'c2');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    const written = replica.apply([puts('conversation', conversationRow('c2', { description: 'x' }))], {});
    expect([...written.conversations]).toEqual(['c2']);
    isWhole(replica);
  });

  test('a change of who acts reaches everything', () => {
    const replica = filled('c1', 'c2');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    show(replica, 2, 'conversation.setPriority', priority('low', 'c2'));
    // What nothing re-runs would stay so.
    replica.db.exec("UPDATE conversation SET description = 'left over'");
    const ada = { id: ME, name: 'Ada', role: 'lead', active: true } as const;
    const written = replica.apply([puts('agent', ada)], {});
    expect([...written.conversations].sort()).toEqual(['c1', 'c2']);
    expect(replica.frame().actor.role).toBe('lead');
    isWhole(replica);
  });

  test('a message from elsewhere under a pending reply keeps both', () => {
    const replica = filled('c1');
    show(replica, 1, 'message.send', message('m2'));
    const theirs = messageRow('c1', 'c1-m3', { at: epochMillis(AT + 60_000), text: 'Hello?' });
    const base = conversationRow('c1', {
      messageCount: 2,
      lastMessageAt: theirs.at,
      foldedAt: theirs.at,
      lastPublicId: theirs.id,
      lastCustomerMessageId: theirs.id,
      lastCustomerArrival: 4,
    });
    replica.apply([puts('conversation', base), puts('message', theirs)], {});
    expect(readRow(replica.db, 'message', ['m2'])?.at).toBeGreaterThanOrEqual(theirs.at);
    expect(conversation(replica)).toMatchObject({ messageCount: 3, lastPublicId: 'm2' });
    isWhole(replica);
  });
});

describe('running a call', () => {
  test('refuses by rule and writes nothing', () => {
    const replica = filled('c1');
    const ran = replica.tryRun(callOf(1, 'conversation.setPriority', priority('high', 'nowhere')));
    expect(ran).toEqual({ ok: false, error: { type: 'notFound', detail: { conversationId: 'nowhere' } } });
    expect(copies(replica)).toEqual([]);
  });

  test('[Y16] captures how to take it back from the rows before it', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('low'));
    const ran = replica.tryRun(callOf(2, 'conversation.setPriority', priority('high')));
    if (!ran.ok) throw new Error(ran.error.type);
    expect(ran.value.inverse).toMatchObject({ name: 'conversation.setPriority', args: { priority: 'low' } });
  });

  test('runs under the workspace’s policy, and under ours where it cannot be read', () => {
    const replica = filled('c1');
    const policy = { idleWindow: 5, blockRepliesAfterClosing: true };
    replica.apply([puts('setting', { key: POLICY_KEY, value: JSON.stringify(policy) })], {});
    expect(replica.frame().policy).toMatchObject({ ...policy, idleWindowBySource: {} });
    replica.apply([puts('setting', { key: POLICY_KEY, value: 'not JSON' })], {});
    expect(replica.frame().policy.blockRepliesAfterClosing).toBe(false);
  });
});

describe('who acts, and under which policy', () => {
  const agent = (role: 'agent' | 'lead') => ({ id: ME, name: 'Ada', role, active: true }) as const;
  const roleOf = (replica: Replica) => replica.frame().actor.role;

  test('is read again only after what it is made of', () => {
    const replica = filled('c1');
    replica.apply([puts('agent', agent('lead'))], {});
    const frame = replica.frame();
    replica.apply([puts('conversation', conversationRow('c1', { description: 'x' }))], { lastMid: 1 });
    replica.setState({ clockOffset: 700 });
    expect(replica.frame()).toBe(frame);
    replica.apply([puts('setting', { key: 'zone', value: '"UTC"' })], {});
    expect(replica.frame()).not.toBe(frame);
  });

  test('follows the role, wherever it comes from', () => {
    const replica = filled('c1');
    const roles = [roleOf(replica)];
    replica.setState({ role: 'admin' });
    roles.push(roleOf(replica));
    replica.apply([puts('agent', agent('lead'))], {});
    roles.push(roleOf(replica));
    replica.fill([puts('agent', agent('agent'))], new FilledRows());
    roles.push(roleOf(replica));
    replica.apply([deletes('agent', [ME])], {});
    roles.push(roleOf(replica));
    expect(roles).toEqual(['agent', 'admin', 'lead', 'agent', 'admin']);
  });

  test('[Y9] forgets what an emptied replica held', () => {
    const replica = filled('c1');
    replica.apply([puts('agent', agent('lead'))], {});
    expect(roleOf(replica)).toBe('lead');
    replica.clear();
    expect(roleOf(replica)).toBe('lead');
    while (replica.clearSome());
    replica.start([]);
    expect(roleOf(replica)).toBe('agent');
  });

  test('[Y7] is of the pending policy, and of the workspace’s again when that is refused', () => {
    const replica = filled('c1');
    replica.apply([puts('agent', { ...agent('lead'), role: 'admin' })], {});
    const blocks = () => replica.frame().policy.blockRepliesAfterClosing;
    expect(blocks()).toBe(false);
    show(replica, 1, 'settings.setBlockReplies', { value: true });
    replica.setState({ clockOffset: 700 });
    expect(blocks()).toBe(true);
    replica.drop(new Set([1]));
    expect(blocks()).toBe(false);
  });
});

describe('[Y1] a start', () => {
  test('derives the view again when the last commits of pending work were lost', () => {
    const file = path.join(tempDir(), 'replica.db');
    const replica = testReplica(openReplicaFile(file));
    replica.apply(openConversation('c1'), FULL);
    replica.db.close();
    const again = new Replica(openReplicaFile(file));
    again.start([callOf(1, 'conversation.setPriority', priority('high'))]);
    expect(conversation(again)?.priority).toBe('high');
    expect(copies(again)).toEqual(['conversation\nc1']);
    isWhole(again);
  });

  test('takes out what the outbox no longer holds', () => {
    const file = path.join(tempDir(), 'replica.db');
    const replica = testReplica(openReplicaFile(file));
    replica.apply(openConversation('c1'), FULL);
    show(replica, 1, 'conversation.setPriority', priority('high'));
    replica.db.close();
    const again = new Replica(openReplicaFile(file));
    again.start([]);
    expect(conversation(again)).toEqual(conversationRow('c1'));
    expect(copies(again)).toEqual([]);
  });

  test('is the same view again when nothing was lost', () => {
    const file = path.join(tempDir(), 'replica.db');
    const replica = testReplica(openReplicaFile(file));
    replica.apply(openConversation('c1'), FULL);
    show(replica, 1, 'message.send', message('m2'));
    show(replica, 2, 'conversation.close', { conversationId: 'c1', seenCustomerMessageId: 'c1-m1' });
    const view = viewOf(replica);
    replica.db.close();
    const again = new Replica(openReplicaFile(file));
    again.start([
      callOf(1, 'message.send', message('m2')),
      callOf(2, 'conversation.close', { conversationId: 'c1', seenCustomerMessageId: 'c1-m1' }),
    ]);
    expect(differences(viewOf(again), view)).toEqual([]);
  });
});

describe('[Y6] a reset', () => {
  test('forgets rows and cursor; pending work shows again as its rows come back', () => {
    const replica = filled('c1');
    show(replica, 1, 'conversation.setPriority', priority('high'));
    replica.clear();
    // Rows go in slices; the last call says that none are left.
    while (replica.clearSome());
    expect(viewOf(replica).size).toBe(0);
    expect(copies(replica)).toEqual([]);
    expect(replica.state()).toMatchObject({ cursor: null, bootstrap: { state: 'due' }, lastMid: 0 });
    expect(replica.pending()).toHaveLength(1);
    replica.apply(openConversation('c1', { description: 'restored' }), FULL);
    expect(conversation(replica)).toMatchObject({ priority: 'high', description: 'restored' });
    isWhole(replica);
  });
});
