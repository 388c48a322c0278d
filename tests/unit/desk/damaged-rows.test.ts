import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/base/must.ts';
import { checkRows, DamagedRows } from '../../../src/desk/digests/row-digests.ts';
import { ROWS_PAUSE } from '../../../src/desk/digests/replica-watch.ts';
import { WATCH_LATER } from '../../../src/desk/digests/watch.ts';
import type { SegmentRule } from '../../../src/domain/segments/rule.ts';
import { WireFailure } from '../../../src/protocol/rpc/handlers.ts';
import { isDistrusted } from '../../../src/desk/store/distrust.ts';
import { openDatabase } from '../../../src/sqlite/database.ts';
import { integrityCheck } from '../../../src/sqlite/integrity.ts';
import { settle } from '../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
} from '../../support/desk/world.ts';

const WALK = WATCH_LATER + ROWS_PAUSE * 20;

async function worldWithC1() {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  // The AI's message is neither the first nor the last: its text lies in its own row alone.
  await world.ingest(...escalated('c1'), customerWrites('c1', 'c1-m3', world.clock.now()));
  return { world, ada };
}

/** Turns one bit of a letter of the text in the closed file: nothing of SQLite's own structure. */
function flipIn(file: string, text: string): void {
  const opened = openDatabase(file, { synchronous: 'NORMAL' });
  if (!opened.ok) throw new Error(opened.error.type);
  opened.value.checkpoint();
  opened.value.close();
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  bytes[at] = must(bytes[at], 'a letter') ^ 1;
  writeFileSync(file, bytes);
}

describe('a bit that flipped in the replica, in no place that SQLite looks at', () => {
  test('[Y1] is found by the watch, and the replica is built anew with everything that waited', async () => {
    const { world, ada } = await worldWithC1();
    const before = await openTestDesk(world, ada);
    expect(checkRows(before.desk.core.replica.db)).toMatchObject({ damaged: [] });
    before.link.setLink(false);
    await before.mutate('conversation.setPriority', { conversationId: 'c1', priority: 'high' });
    await before.desk.handlers['draft.put'](
      { conversationId: 'c1', kind: 'reply', text: 'half a sentence' },
      NEVER,
    );
    await before.close();
    flipIn(path.join(before.dir, 'replica.db'), 'I will ask a colleague.');

    const thrown: unknown[] = [];
    const damaged = await openTestDesk(world, ada, { report: (one) => thrown.push(one) });
    const { db } = damaged.desk.core.replica;
    expect(integrityCheck(db)).toEqual([]);
    expect(damaged.desk.setAside).toBeNull();
    await damaged.scheduler.advance(WALK);
    expect(thrown).toEqual([new DamagedRows([{ table: 'message', key: ['c1-m2'], isBase: false }])]);
    expect(isDistrusted(db.path)).toBe(true);
    await damaged.close();

    const after = await openTestDesk(world, ada);
    expect(after.desk.setAside).toMatchObject({ reason: 'contents' });
    expect(existsSync(must(after.desk.setAside, 'what was set aside').path)).toBe(true);
    expect(isDistrusted(db.path)).toBe(false);
    const thread = after.thread(conversationId('c1'));
    expect(thread.messages[1]?.text).toBe('I will ask a colleague.');
    expect(thread.conversation.priority).toBe('high');
    expect(thread.drafts).toMatchObject([{ text: 'half a sentence' }]);
    expect(after.desk.status()).toMatchObject({
      pending: 0,
      mended: { replica: { path: after.desk.setAside?.path }, outbox: null },
    });
    expect(checkRows(after.desk.core.replica.db).damaged).toEqual([]);
    await after.scheduler.advance(WALK);
    expect(after.desk.watched().rows.walks).toBe(1);
  });

  test('[Y1] what was found is not forgotten when the process dies before the replica is set aside', async () => {
    const { world, ada } = await worldWithC1();
    const first = await openTestDesk(world, ada, { report: () => undefined });
    first.desk.core.replica.db.exec(`UPDATE message SET text = 'flipped' WHERE id = 'c1-m1'`);
    await first.scheduler.advance(WALK);
    await first.close();
    const second = await openTestDesk(world, ada, { start: false });
    expect(second.desk.setAside).toMatchObject({ reason: 'contents' });
    await second.close();
    const third = await openTestDesk(world, ada);
    expect(third.desk.setAside).toBeNull();
  });

  test('[G1] a segment is not put into a file out of a damaged row: the answer says so, and the desk hears of it', async () => {
    const { world, ada } = await worldWithC1();
    const thrown: unknown[] = [];
    const { desk } = await openTestDesk(world, ada, { report: (one) => thrown.push(one) });
    const rule: SegmentRule = {
      match: 'all',
      conditions: [{ type: 'customer', property: 'name', op: 'isSet', values: [] }],
    };
    const lines = async () => desk.handlers['insight.segmentLines']({ rule, offset: 0, limit: 10 }, NEVER);
    expect(await lines()).toMatchObject({ known: 1 });
    const { db } = desk.core.replica;
    db.exec(`UPDATE customer SET email = 'flipped' WHERE id = 'customer-c1'`);
    expect(await lines()).toEqual(new WireFailure({ type: 'damaged' }));
    expect(thrown).toEqual([new DamagedRows([{ table: 'customer', key: ['customer-c1'], isBase: false }])]);
    expect(isDistrusted(db.path)).toBe(true);
  });

  test('[Y9] the watch waits for the end of a bootstrap', async () => {
    const { world, ada } = await worldWithC1();
    const desk = await openTestDesk(world, ada, { start: false });
    desk.link.setLink(false);
    desk.desk.start();
    await desk.scheduler.advance(WALK);
    expect(desk.desk.watched().rows).toEqual({ walks: 0, looked: 0 });
    desk.link.setLink(true);
    await settle();
    await desk.scheduler.advance(WALK + WATCH_LATER);
    expect(desk.desk.watched().rows.walks).toBe(1);
  });
});

describe('a damaged replica while the workspace cannot be reached', () => {
  test('[Y1][Y9] is kept in use, unmarked: nothing could be built in its place; found once there is a link', async () => {
    const { world, ada } = await worldWithC1();
    const thrown: unknown[] = [];
    const { desk, link, scheduler } = await openTestDesk(world, ada, { report: (one) => thrown.push(one) });
    const { db } = desk.core.replica;
    link.setLink(false);
    await scheduler.advance(WATCH_LATER);
    db.exec(`UPDATE customer SET email = 'flipped' WHERE id = 'customer-c1'`);
    await scheduler.advance(WALK * 3);
    expect(desk.status().workspace).not.toBe('connected');
    expect(desk.watched().rows).toEqual({ walks: 0, looked: 0 });
    const rule: SegmentRule = {
      match: 'all',
      conditions: [{ type: 'customer', property: 'name', op: 'isSet', values: [] }],
    };
    // What would leave in a file is refused all the same.
    const lines = await desk.handlers['insight.segmentLines']({ rule, offset: 0, limit: 10 }, NEVER);
    expect(lines).toEqual(new WireFailure({ type: 'damaged' }));
    expect(isDistrusted(db.path)).toBe(false);
    expect(thrown).toEqual([]);
    link.setLink(true);
    await scheduler.advance(WALK * 3);
    expect(isDistrusted(db.path)).toBe(true);
    expect(thrown).toEqual([new DamagedRows([{ table: 'customer', key: ['customer-c1'], isBase: false }])]);
  });
});
