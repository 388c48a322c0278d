import { describe, expect, test } from 'vitest';
import type { CallInput, DeskClient } from '../../../../renderer/desk/engine/desk-client.ts';
import { createListView, type ListView, PIECE } from '../../../../renderer/desk/features/inbox/list-view.ts';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import type { DeskMethod } from '../../../../src/protocol/rpc/contract.ts';
import type { ListQuery, ListRow } from '../../../../src/protocol/rpc/list.ts';

const inbox: ListQuery = { queue: 'inbox', filters: {}, sort: { by: 'activity', direction: 'desc' } };

function row(id: string): ListRow {
  return {
    id: asId<'ConversationId'>(id),
    customerName: null,
    customerEmail: null,
    customerPhone: null,
    channel: 'web_chat',
    page: null,
    language: null,
    humanState: 'open',
    aiOutcome: 'notResolvedByAi',
    priority: null,
    assigneeId: null,
    firstQuestion: null,
    lastMessagePreview: null,
    lastMessageKind: null,
    lastMessageAt: null,
    waitingSince: null,
    startedAt: epochMillis(0),
    openedAt: null,
    closedAt: null,
    snoozedUntil: null,
    handoffReasonCode: null,
    handoffReason: null,
    messageCount: 1,
    tags: [],
    unread: false,
    unreadHandoff: false,
    hasDraft: false,
    pending: 0,
    attention: null,
    fields: {},
  };
}

class FakeCallError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** An engine whose list is `ids`; answers wait until `flush`. */
function fakeEngine(ids: string[]) {
  const views = new Map<string, string[]>();
  const waiting: (() => void)[] = [];
  const calls: string[] = [];
  let opened = 0;
  let ready = true;
  const openView = (viewId: string, offset: number) => {
    views.set(viewId, [...ids]);
    return { viewId, total: ids.length, ready, rows: ids.slice(offset, offset + PIECE).map(row) };
  };
  const answer = (method: DeskMethod, input: unknown): unknown => {
    if (method === 'list.open') return openView(`v${(opened += 1)}`, 0);
    const { viewId, offset = 0 } = input as { viewId: string; offset?: number };
    const order = views.get(viewId);
    if (order === undefined) throw new FakeCallError('notFound');
    if (method === 'list.refresh') return openView(viewId, offset);
    if (method === 'list.close') return views.delete(viewId) && null;
    if (method === 'list.locate') {
      const index = order.indexOf((input as CallInput<'list.locate'>).conversationId);
      return { index: index < 0 ? null : index };
    }
    const changed = order.filter((id, index) => ids[index] !== id).length;
    return { offset, total: order.length, changed, rows: order.slice(offset, offset + PIECE).map(row) };
  };
  const call = (method: DeskMethod, input: unknown): Promise<unknown> => {
    calls.push(method);
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(answer(method, input));
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  };
  const client = {
    call,
    listen: () => () => undefined,
    onLink: () => () => undefined,
  } as unknown as DeskClient;
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      waiting.shift()?.();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
  };
  const setReady = (next: boolean): void => {
    ready = next;
  };
  return { client, flush, calls, views, waiting, setReady };
}

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `c-${index}`);
}

async function opened(ids: string[]): Promise<{ view: ListView } & ReturnType<typeof fakeEngine>> {
  const engine = fakeEngine(ids);
  const view = createListView(engine.client);
  view.show(inbox);
  await engine.flush();
  return { view, ...engine };
}

describe('a list as the screen sees it', () => {
  test('shows the first page with its opening, and fetches the rest by need', async () => {
    const { view, flush, calls } = await opened(many(1_000));
    expect(view.getState()).toMatchObject({ total: 1_000, ready: true, opening: false });
    expect(view.rowAt(0)?.id).toBe('c-0');
    expect(view.rowAt(950)).toBeUndefined();
    view.look(940, 960);
    view.look(940, 960);
    await flush();
    expect(view.rowAt(950)?.id).toBe('c-950');
    expect(calls.filter((call) => call === 'list.rows')).toHaveLength(1);
  });

  test('[B13] forgets what is far away', async () => {
    const { view, flush } = await opened(many(10_000));
    for (let top = 0; top < 10_000; top += PIECE) {
      view.look(top, top + 20);
      await flush();
    }
    expect(view.rowAt(0)).toBeUndefined();
    expect(view.rowAt(9_999)?.id).toBe('c-9999');
    const held = many(10_000).filter((_, index) => view.rowAt(index) !== undefined);
    expect(held.length).toBeLessThanOrEqual(12 * PIECE);
  });

  test('an event refetches what is in sight, and the order stays until it is refreshed', async () => {
    const ids = many(50);
    const { view, flush } = await opened(ids);
    view.look(0, 20);
    ids.unshift('c-new');
    view.invalidate();
    await flush();
    expect(view.rowAt(0)?.id).toBe('c-0');
    expect(view.getState().changed).toBeGreaterThan(0);
    const refreshed = view.refresh();
    await flush();
    await refreshed;
    expect(view.rowAt(0)?.id).toBe('c-new');
    expect(view.getState()).toMatchObject({ total: 51, changed: 0 });
  });

  test('while only the first page can be reached, an event refreshes', async () => {
    const engine = fakeEngine(many(500));
    engine.setReady(false);
    const view = createListView(engine.client);
    view.show(inbox);
    await engine.flush();
    expect(view.getState().ready).toBe(false);
    engine.setReady(true);
    view.invalidate();
    await engine.flush();
    expect(view.getState().ready).toBe(true);
  });

  test('what the engine says while the list is being opened is not lost', async () => {
    const ids: string[] = [];
    const engine = fakeEngine(ids);
    engine.setReady(false);
    const view = createListView(engine.client);
    view.show(inbox);
    // The engine answers with nothing, then has its index: its event comes before its answer is taken in.
    engine.waiting.shift()?.();
    ids.push('c-0', 'c-1');
    engine.setReady(true);
    view.invalidate();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    await engine.flush();
    expect(view.getState()).toMatchObject({ total: 2, ready: true });
    expect(view.rowAt(1)?.id).toBe('c-1');
  });

  test('the answer to an earlier query comes too late', async () => {
    const engine = fakeEngine(many(10));
    const view = createListView(engine.client);
    view.show(inbox);
    view.show({ ...inbox, queue: 'closed' });
    await engine.flush();
    expect(view.getState().opening).toBe(false);
    view.look(0, 10);
    await engine.flush();
    expect(engine.views.size).toBe(1);
    expect(view.rowAt(3)?.id).toBe('c-3');
  });

  test('a view that the engine forgot is opened again', async () => {
    const { view, flush, views } = await opened(many(300));
    views.clear();
    view.look(200, 210);
    await flush();
    view.look(200, 210);
    await flush();
    expect(view.rowAt(205)?.id).toBe('c-205');
    expect(view.getState().problem).toBeNull();
  });

  test('finds a conversation, and closes its view', async () => {
    const { view, flush, views } = await opened(many(30));
    const found = view.locate('c-17');
    const missing = view.locate('c-99');
    await flush();
    expect(await found).toBe(17);
    expect(await missing).toBeNull();
    view.close();
    await flush();
    expect(views.size).toBe(0);
  });
});
