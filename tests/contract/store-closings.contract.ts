import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../src/base/time.ts';
import { SURVEY_LATEST, UNDO_WINDOW } from '../../src/domain/csat/survey.ts';
import type { Cycle } from '../../src/domain/model.ts';
import { del, put, type RowChange } from '../../src/domain/rows.ts';
import type { Store } from '../../src/workspace/store/store.ts';
import { AT, C1, C2, commit } from './store-rows.ts';

function cycle(closedAt: number | null, ordinal = 1, conversationId = C1): RowChange {
  const row: Cycle = {
    conversationId,
    ordinal,
    openedAt: epochMillis(AT - 9_000),
    openedBy: 'handoff',
    clockStartAt: null,
    firstReplyAt: null,
    replyCount: 0,
    replyTotal: 0,
    waitingSince: null,
    closedAt: closedAt === null ? null : epochMillis(closedAt),
    closedBy: closedAt === null ? null : 'agent',
    closedByAgentId: null,
    assigneeAtCloseId: null,
  };
  return put('cycle', row);
}

/** The part of the store's suite about closed cycles that wait for a survey, and the secret of links. */
export function storeClosingsContract(name: string, opened: () => Promise<Store>): void {
  const FAR = epochMillis(AT + SURVEY_LATEST);
  const due = async (store: Store, until = FAR, limit = 10) =>
    (await store.closings(until, limit)).map(({ conversationId, ordinal, dueAt }) => [
      conversationId,
      ordinal,
      dueAt - AT,
    ]);

  describe(`${name}: closed cycles`, () => {
    test('[S11] a closing is written down for the end of the undo window, the earliest first', async () => {
      const store = await opened();
      await commit(store, { changes: [cycle(AT + 5), cycle(AT, 2, C2), cycle(null, 3, C2)] });
      expect(await due(store)).toEqual([
        ['c2', 2, UNDO_WINDOW],
        ['c1', 1, UNDO_WINDOW + 5],
      ]);
      expect(await due(store, epochMillis(AT + UNDO_WINDOW))).toHaveLength(1);
      expect(await due(store, FAR, 1)).toHaveLength(1);
    });

    test('[S11] one that is opened again, or gone, is struck out', async () => {
      const store = await opened();
      await commit(store, { changes: [cycle(AT), cycle(AT, 1, C2)] });
      await commit(store, { changes: [cycle(null), del('cycle', [C2, 1])] });
      expect(await due(store)).toEqual([]);
      await commit(store, { changes: [cycle(AT), cycle(null)] });
      expect(await due(store)).toEqual([]);
    });

    test('[S11] one that is gone hands the word back to the one before it', async () => {
      const store = await opened();
      await commit(store, { changes: [cycle(AT), cycle(AT, 2)] });
      await commit(store, { settledClosings: await store.closings(FAR, 10) });
      await commit(store, { changes: [del('cycle', [C1, 2])] });
      expect((await due(store)).map(([id, ordinal]) => [id, ordinal])).toEqual([['c1', 1]]);
    });

    test('[Q3] one of long ago is not written down', async () => {
      const store = await opened();
      await commit(store, { changes: [cycle(AT - SURVEY_LATEST)] });
      expect(await due(store)).toEqual([]);
    });

    test('[Q3] it is put off, and settled', async () => {
      const store = await opened();
      await commit(store, { changes: [cycle(AT)] });
      const later = { conversationId: C1, ordinal: 1, dueAt: epochMillis(AT + 999_999) };
      await commit(store, { closings: [later] });
      expect(await due(store)).toEqual([['c1', 1, 999_999]]);
      await commit(store, { settledClosings: [later] });
      expect(await due(store)).toEqual([]);
    });
  });

  test(`${name}: [Q5] the secret of links is the first one given`, async () => {
    const store = await opened();
    expect(await store.linkSecret('first')).toBe('first');
    expect(await store.linkSecret('second')).toBe('first');
  });
}
