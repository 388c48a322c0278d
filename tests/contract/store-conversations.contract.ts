import { describe, expect, test } from 'vitest';
import { asId, type ConversationId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { type ConversationRows, refoldChanges } from '../../src/domain/conversation-rows.ts';
import type { Fact } from '../../src/domain/events.ts';
import { del, put, type RowChange } from '../../src/domain/rows.ts';
import { rowToHistoryEvent } from '../../src/workspace/history-rows.ts';
import type { Store } from '../../src/workspace/store/store.ts';
import { Story } from '../support/domain/history.ts';
import { sortedRows } from '../support/domain/table-model.ts';
import { C1, C2, commit, historyRow, NONE } from './store-rows.ts';

const ACCEPTED: Fact = { type: 'handoffAccepted' };
const DECLINED: Fact = { type: 'handoffDeclined' };

/** The changes that write every row of a conversation. */
function changesTo(rows: ConversationRows): readonly RowChange[] {
  const { conversation } = rows;
  const nothing: ConversationRows = {
    conversation,
    cycles: [],
    handoffs: [],
    tags: [],
    products: [],
    fields: [],
    csat: [],
    metricEvents: [],
    followers: [],
    messages: [],
  };
  return [put('conversation', conversation), ...refoldChanges(nothing, rows)];
}

/** The part of the store's suite about rows that are read by their conversation. */
export function storeConversationsContract(name: string, opened: () => Promise<Store>): void {
  describe(`${name}: rows of a conversation`, () => {
    test('come in key order, and none for one without', async () => {
      const store = await opened();
      const value = { number: 1.5, text: null };
      const fields = [
        { conversationId: C1, field: 'b', ordinal: 0, ...value },
        { conversationId: C1, field: 'a', ordinal: 1, ...value },
        { conversationId: C1, field: 'a', ordinal: 0, ...value },
        { conversationId: C2, field: 'z', ordinal: 0, ...value },
      ];
      await commit(store, { changes: fields.map((row) => put('fieldValue', row)) });
      const found = await store.rowsOf('fieldValue', [C1, NONE]);
      expect(found.get(C1)).toEqual([fields[2], fields[1], fields[0]]);
      expect(found.get(NONE)).toEqual([]);
      expect(found.has(C2)).toBe(false);
      const changed = { conversationId: C1, field: 'a', ordinal: 1, number: null, text: 'x' };
      await commit(store, { changes: [put('fieldValue', changed), del('fieldValue', [C1, 'b', 0])] });
      expect((await store.rowsOf('fieldValue', [C1])).get(C1)).toEqual([fields[2], changed]);
    });

    test('[T8] history comes in receipt order, as rows and as events', async () => {
      const store = await opened();
      const rows = [3, 1, 2].map((arrival) => historyRow(`e${9 - arrival}`, { arrival }));
      await commit(store, { changes: rows.map((row) => put('history', row)) });
      const found = must((await store.rowsOf('history', [C1])).get(C1), 'history');
      expect(found.map((row) => row.arrival)).toEqual([1, 2, 3]);
      expect((await store.histories([C1])).get(C1)).toEqual(found.map(rowToHistoryEvent));
    });

    test('[T8] an event is what its row now says, where it now lies; one without any has an empty list', async () => {
      const store = await opened();
      const row = historyRow('e1', { fact: JSON.stringify(DECLINED) });
      const said = async (): Promise<unknown> => {
        const histories = await store.histories([C1, C2, NONE]);
        return [C1, C2, NONE].map((id) => must(histories.get(id), id).map(({ fact }) => fact));
      };
      await commit(store, {
        changes: [put('history', row), put('history', historyRow('e2', { arrival: 2 }))],
      });
      expect(await said()).toEqual([[DECLINED, ACCEPTED], [], []]);
      await commit(store, { changes: [put('history', { ...row, fact: JSON.stringify(ACCEPTED) })] });
      expect(await said()).toEqual([[ACCEPTED, ACCEPTED], [], []]);
      await commit(store, { changes: [put('history', { ...row, conversationId: C2 })] });
      expect(await said()).toEqual([[ACCEPTED], [DECLINED], []]);
    });

    test('[T11] come together for rules and for folding, each as it now is; none of what is not there', async () => {
      const store = await opened();
      const story = new Story({}, C1)
        .customer(1)
        .escalated(2, { tags: ['a', 'b'] })
        .fact(3, { type: 'productsRecommended', products: [{ id: asId('p'), name: null, url: null }] })
        .fact(4, { type: 'profileSet', values: { 'profile.csat': 4 } })
        .agent(5)
        .close(6);
      const made = sortedRows(story.fold().rows);
      const { conversation, cycles, tags, products, fields, csat } = made;
      const other = new Story({}, C2).escalated(1, { tags: ['a'] }).fold().rows;
      await commit(store, { changes: [...changesTo(made), ...changesTo(other)] });
      const ruled = { conversation, cycles, tags, products, fields, csat };
      const ids: readonly ConversationId[] = [NONE, C1];
      expect(await store.ruledRows(ids)).toEqual(new Map([[C1, ruled]]));
      expect(await store.conversationRows(ids)).toEqual(new Map([[C1, made]]));
      const described = { ...conversation, description: 'now' };
      await commit(store, { changes: [put('conversation', described), del('tag', [C1, 'a'])] });
      const now = { conversation: described, tags: tags.filter(({ tag }) => tag !== 'a') };
      expect((await store.ruledRows(ids)).get(C1)).toEqual({ ...ruled, ...now });
      expect((await store.conversationRows(ids)).get(C1)).toEqual({ ...made, ...now });
    });
  });
}
