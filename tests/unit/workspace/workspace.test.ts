import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { manualClock } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { put } from '../../../src/domain/rows.ts';
import { openDatabase } from '../../../src/sqlite/database.ts';
import { sequencer } from '../../../src/workspace/sequencer.ts';
import { POLICY_KEY } from '../../../src/protocol/policy.ts';
import { policyOf, shortestIdleWindow } from '../../../src/workspace/settings.ts';
import { openWorkspace } from '../../../src/workspace/workspace.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { handedOver, minute, said } from '../../support/workspace/events.ts';
import { countedSecrets, openHouse, START } from '../../support/workspace/house.ts';

function options(file: string) {
  return { path: file, clock: manualClock(START), newSecret: countedSecrets(), log: () => undefined };
}

describe('a workspace in a file', () => {
  test('[Y13] is the same after it was closed and opened again', async () => {
    const file = path.join(tempDir(), 'workspace.db');
    const first = await openWorkspace(options(file));
    if (!first.ok) throw new Error(first.error.type);
    await first.value.ingest('test', { events: handedOver('c1') });
    const agent = await first.value.addAgent({ name: 'Mina', role: 'agent' });
    if (!agent.ok) throw new Error(agent.error.type);
    const { identity } = first.value;
    const head = await first.value.head();
    await first.value.close();

    const again = await openWorkspace(options(file));
    if (!again.ok) throw new Error(again.error.type);
    onTestFinished(() => again.value.close());
    expect(again.value.identity).toEqual(identity);
    expect(await again.value.head()).toBe(head);
    expect(await again.value.authenticate(agent.value.token)).toMatchObject({ kind: 'desk' });
    expect(await again.value.totals()).toEqual({ conversations: 1, messages: 3, open: 1 });
    expect(await again.value.ingest('test', { events: handedOver('c1') })).toMatchObject({
      value: { duplicates: 5 },
    });
    expect(await again.value.check()).toEqual({ damage: [], conversations: 1 });
  });

  test('[Y15] that is no database, or of a newer build, is refused with its reason', async () => {
    const folder = tempDir();
    expect(await openWorkspace(options(folder))).toMatchObject({ ok: false, error: { type: 'cannotOpen' } });
    const file = path.join(folder, 'workspace.db');
    const raw = openDatabase(file, { synchronous: 'NORMAL' });
    if (!raw.ok) throw new Error(raw.error.type);
    raw.value.exec('CREATE TABLE t (a) ; PRAGMA user_version = 5000');
    raw.value.close();
    expect(await openWorkspace(options(file))).toMatchObject({ ok: false, error: { type: 'fromTheFuture' } });
  });
});

describe('checking', () => {
  test('[T11] a conversation that does not follow from its history is found', async () => {
    const house = await openHouse();
    await house.ingest(...handedOver('c1'), ...handedOver('c2'));
    const [row] = await house.store.rows('conversation', [[asId<'ConversationId'>('c2')]]);
    if (row === undefined || row === null) throw new Error('no c2');
    const head = await house.store.head();
    const changes = [put('conversation', { ...row, messageCount: 99 })];
    await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes });
    expect(await house.workspace.check()).toEqual({
      damage: [{ type: 'fold', place: 'c2' }],
      conversations: 2,
    });
    expect(await house.workspace.check({ conversations: 1 })).toEqual({ damage: [], conversations: 1 });
  });

  test('[T11] a check before a sweep knows that time passed', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const until = house.clock.now() + 1_000;
    await house.push(mina, 'k', 1, ['conversation.snooze', { conversationId: 'c1', until }]);
    house.clock.advance(5_000);
    expect((await house.workspace.check()).damage).toEqual([]);
  });
});

describe('heads', () => {
  test('[Y8] listeners hear each new head once, and nothing of what changed nothing', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const heads: number[] = [];
    const stop = house.workspace.onHead((head) => heads.push(head));
    await house.ingest(...handedOver('c1'));
    await house.ingest(...handedOver('c1'));
    await house.push(mina, 'k', 1, ['noop', {}]);
    await house.push(mina, 'k', 2, ['conversation.take', { conversationId: 'c1' }]);
    stop();
    await house.ingest(said('c1', '4', 'customer', minute(7)));
    expect(heads).toEqual([2, 3]);
  });

  test('[Y5] writers that come at once take turns', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const tag = (n: number) => ['tag.add', { conversationId: 'c1', tag: `t${n}` }] as const;
    await Promise.all([
      ...Array.from({ length: 10 }, (_, n) => house.push(mina, `k${n}`, 1, tag(n))),
      ...Array.from({ length: 10 }, (_, n) => house.ingest(said('c1', `w${n}`, 'customer', minute(8) + n))),
    ]);
    expect(await house.workspace.head()).toBe(22);
    const C1 = asId<'ConversationId'>('c1');
    expect((await house.store.rowsOf('tag', [C1])).get(C1)).toHaveLength(10);
    expect((await house.workspace.check()).damage).toEqual([]);
  });

  test('a writer that fails does not stop the next', async () => {
    const lane = sequencer();
    const order: number[] = [];
    const failing = lane.run(async () => {
      order.push(1);
      throw new Error('no');
    });
    const next = lane.run(async () => order.push(2));
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(order).toEqual([1, 2]);
  });
});

describe('the policy', () => {
  const setting = (value: string) => ({ key: POLICY_KEY, value });

  test('is the default where nothing is set, and keeps what is', async () => {
    const house = await openHouse();
    expect(await house.workspace.policy()).toEqual(DEFAULT_POLICY);
    const policy = { idleWindow: 1_000, idleWindowBySource: { shop: 2_000 }, blockRepliesAfterClosing: true };
    await house.workspace.setPolicy(policy);
    expect(await house.workspace.policy()).toEqual(policy);
    expect((await house.store.audit(0, 10)).map((entry) => entry.action)).toEqual(['policy.set']);
  });

  test('takes defaults for what a setting does not say', () => {
    const said = setting('{"blockRepliesAfterClosing":true}');
    expect(policyOf(said, () => undefined)).toEqual({ ...DEFAULT_POLICY, blockRepliesAfterClosing: true });
  });

  test.each(['', 'x', '[]', '{"idleWindow":-5}', '{"idleWindowBySource":{"a":"b"}}'])(
    'is the default, and logged, where a setting says %j',
    (value) => {
      const log: unknown[] = [];
      expect(policyOf(setting(value), (event) => log.push(event))).toEqual(DEFAULT_POLICY);
      expect(log).toEqual([{ type: 'policyUnreadable' }]);
    },
  );

  test('[S3] the shortest window of any source is when to look', () => {
    expect(shortestIdleWindow(DEFAULT_POLICY)).toBe(DEFAULT_POLICY.idleWindow);
    expect(shortestIdleWindow({ ...DEFAULT_POLICY, idleWindowBySource: { a: 5, b: 9 } })).toBe(5);
  });
});
