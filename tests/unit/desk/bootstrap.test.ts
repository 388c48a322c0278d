import { describe, expect, onTestFinished, test } from 'vitest';
import { must } from '../../../src/base/must.ts';
import { seededRng } from '../../../src/base/rng.ts';
import { manualClock } from '../../../src/base/time.ts';
import { uuidV7Source } from '../../../src/base/uuid.ts';
import { type DeskChange, DeskCore } from '../../../src/desk/desk-core.ts';
import { createListService } from '../../../src/desk/lists/list-service.ts';
import { openDesk } from '../../../src/desk/open-desk.ts';
import { slicesOf } from '../../../src/desk/sync/slices.ts';
import { DEFAULT_SORTS, type ListQuery } from '../../../src/protocol/rpc/list.ts';
import type { Invalidation } from '../../../src/protocol/rpc/contract.ts';
import { GENERATED_ME, GENERATED_NOW } from '../../bench/generate.ts';
import { playback, readPage, recordBootstrap } from '../../bench/recorded.ts';
import { testOutbox } from '../../support/desk/test-outbox.ts';
import { testReplica } from '../../support/desk/test-replica.ts';
import { listPlainly, turns } from '../../support/list-world.ts';
import { tempDir } from '../../support/temp-dir.ts';

const OPTIONS = { seed: 12, conversations: 1_200, messages: 3_600 };
const RECORDED = recordBootstrap(OPTIONS, 500);
const INBOX: ListQuery = { queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox };

/** A desk that is filled by hand: one turn of the engine at a time. */
function filledByHand() {
  const clock = manualClock(GENERATED_NOW);
  const waiting = turns();
  let page = -1;
  const opened = openDesk({
    dir: tempDir(),
    transport: playback(RECORDED, (index) => {
      page = index;
    }),
    clock,
    ids: uuidV7Source(clock, seededRng(1)),
    rng: seededRng(1),
    scheduler: { after: () => () => undefined, soon: waiting.soon },
    agentId: GENERATED_ME,
    lists: createListService,
    app: { version: '0', workspace: 'remote', sample: false },
    report: (thrown) => {
      throw thrown;
    },
  });
  if (!opened.ok) throw new Error(opened.error.type);
  const desk = opened.value;
  onTestFinished(async () => {
    const closed = desk.close();
    waiting.all();
    await closed;
  });
  const told: Invalidation[] = [];
  desk.onInvalidate((one) => told.push(one));
  /** Answers that came go on, then the engine's next turn; false when nothing waits. */
  const turn = async (): Promise<boolean> => {
    for (let ticks = 0; ticks < 20; ticks += 1) await Promise.resolve();
    return waiting.one();
  };
  return { desk, told, turn, page: () => page };
}

describe('[Y9] while a bootstrap runs', () => {
  test('the list of open work is whole and can be scrolled before the rest is in; search is complete in the end', async () => {
    const { desk, turn, page } = filledByHand();
    desk.start();
    while (page() < 3) await turn();
    const early = desk.lists.open(INBOX, 10);
    expect(early.ready).toBe(true);
    expect(early.total).toBeGreaterThan(10);
    expect(early.rows.map((row) => row.id)).toEqual(
      listPlainly(desk.core.replica.db, INBOX).slice(0, early.rows.length),
    );
    expect(desk.lists.rows(early.viewId, 10, 100)?.rows.length).toBe(early.total - 10);
    while (await turn());
    expect(desk.status()).toMatchObject({ bootstrap: null, indexing: null });
    const messages = RECORDED.rows.get('message')?.length;
    expect(desk.lists.search('order', null, 5).scope).toEqual({ indexed: messages, total: messages });
    expect(desk.lists.open(INBOX, 100).rows.map((row) => row.id)).toEqual(
      listPlainly(desk.core.replica.db, INBOX),
    );
  });

  test('progress never goes back, and screens are told once a page', async () => {
    const { desk, told, turn } = filledByHand();
    desk.start();
    const seen: number[] = [];
    while (desk.core.replica.state().bootstrap.state !== 'done') {
      await turn();
      const { bootstrap } = desk.status();
      if (bootstrap !== null) seen.push(bootstrap.done);
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(Math.max(...seen)).toBeLessThanOrEqual(RECORDED.count);
    expect(new Set(seen).size).toBeGreaterThan(RECORDED.pages.length - 2);
    const pages = told.filter((one) => one.topic === 'thread');
    expect(pages.length).toBeGreaterThanOrEqual(RECORDED.pages.length - 1);
    expect(pages.length).toBeLessThanOrEqual(RECORDED.pages.length + 1);
  });
});

describe('[Y9] a page of a bootstrap', () => {
  function core() {
    const changes: DeskChange[] = [];
    const made = new DeskCore({
      replica: testReplica(),
      outbox: testOutbox().outbox,
      clock: manualClock(GENERATED_NOW),
      onChange: (change) => changes.push(change),
    });
    return { core: made, changes };
  }

  test('never counts beyond the whole: open work comes twice, and the workspace counts it once', () => {
    const { core: desk } = core();
    const page = must(RECORDED.pages.map(readPage)[1], 'a page');
    desk.beginPage({ ...page, totalRows: 30 });
    for (const { tables } of slicesOf(page.tables, 2_000)) desk.applySlice(tables);
    expect(desk.progress()).toEqual({ done: 30, total: 30 });
    desk.endPage({ ...page, totalRows: 30 });
    desk.leavePage();
    expect(desk.progress()).toEqual({ done: 30, total: 30 });
  });

  test('that broke off is told as far as it came, does not count, and comes again', () => {
    const { core: desk, changes } = core();
    const [first, second] = RECORDED.pages.map(readPage);
    const pages = [must(first, 'a page'), must(second, 'a page')] as const;
    desk.beginPage(pages[0]);
    for (const { tables } of slicesOf(pages[0].tables, 2_000)) desk.applySlice(tables);
    desk.endPage(pages[0]);
    desk.leavePage();
    const done = desk.progress()?.done ?? 0;
    expect(done).toBe(pages[0].tables.reduce((sum, { puts }) => sum + puts.length, 0));
    const place = desk.standing();
    changes.length = 0;
    desk.beginPage(pages[1]);
    const [part] = slicesOf(pages[1].tables, 40);
    desk.applySlice(must(part, 'a slice').tables);
    expect(desk.isFilling()).toBe(true);
    expect(desk.progress()?.done).toBe(done + 40);
    expect(changes).toEqual([]);
    desk.leavePage();
    expect(desk.isFilling()).toBe(false);
    expect(desk.progress()?.done).toBe(done);
    expect(desk.standing()).toMatchObject({ ...place, seen: pages[1].cursor });
    expect(changes).toMatchObject([{ type: 'filled' }]);
    const [change] = changes;
    const conversations = change?.type === 'filled' ? change.written.conversations : new Set();
    expect(conversations.size).toBeGreaterThan(0);
    // There is nothing to tell twice.
    desk.leavePage();
    expect(changes).toHaveLength(1);
  });
});
