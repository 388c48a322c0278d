import { describe, expect, test } from 'vitest';
import { asId } from '../../src/base/ids.ts';
import { epochMillis } from '../../src/base/time.ts';
import type { Conversation } from '../../src/domain/model.ts';
import { del, put } from '../../src/domain/rows.ts';
import type { Store, VerifiedSlice, VerifyPlace } from '../../src/workspace/store/store.ts';
import { AT, C1, C2, CLIENT, commit, conversationRow, MINA, messageRow, setting } from './store-rows.ts';

/** The part of the store's suite about time and about everything that is not a row of the rules. */
export function storeBooksContract(name: string, opened: () => Promise<Store>): void {
  describe(`${name}: time`, () => {
    test('[Y13] due are idle conversations of the AI and snoozes that ended', async () => {
      const store = await opened();
      const idle = (id: string, at: number, more: Partial<Conversation> = {}) =>
        put('conversation', conversationRow(id, { lastPublicAt: epochMillis(AT + at), ...more }));
      await commit(store, {
        changes: [
          idle('idle', 0),
          idle('fresh', 500),
          idle('handed', 0, { handoffAt: AT, aiOutcome: 'notResolvedByAi' }),
          idle('opened', 0, { cycleCount: 1, humanState: 'open' }),
          put('conversation', conversationRow('silent')),
          idle('asleep', 0, { humanState: 'snoozed', aiOutcome: null, snoozedUntil: epochMillis(AT + 900) }),
          idle('awake', 0, { humanState: 'snoozed', aiOutcome: null, snoozedUntil: epochMillis(AT + 50) }),
        ],
      });
      const query = { idleSince: epochMillis(AT + 100), snoozedUntil: epochMillis(AT + 100), limit: 10 };
      expect(await store.due({ ...query, afterId: '' })).toEqual(['awake', 'idle']);
      expect(await store.due({ ...query, afterId: 'awake' })).toEqual(['idle']);
      expect(await store.due({ ...query, afterId: '', limit: 1 })).toEqual(['awake']);
      expect(await store.earliest()).toEqual({ idleSince: AT, snoozedUntil: AT + 50 });
    });

    test('[Y13] nothing waits for time in an empty workspace', async () => {
      const store = await opened();
      expect(await store.earliest()).toEqual({ idleSince: null, snoozedUntil: null });
    });
  });

  describe(`${name}: books`, () => {
    test('[Y3] outcomes are kept by client and number', async () => {
      const store = await opened();
      const outcomes = [1, 2, 3].map((mid) => ({
        mid,
        name: 'tag.add',
        status: mid === 2 ? ('refused' as const) : ('applied' as const),
        code: mid === 2 ? ('notFound' as const) : null,
        detail: mid === 2 ? '{"a":1}' : null,
      }));
      await commit(store, { client: { id: CLIENT, agentId: MINA, lastMid: 3 }, outcomes });
      expect(await store.outcomes(CLIENT, 2, 9)).toEqual(outcomes.slice(1));
      expect(await store.outcomes(asId('other'), 1, 9)).toEqual([]);
      await commit(store, { client: { id: CLIENT, agentId: MINA, lastMid: 4 } });
      expect((await store.client(CLIENT))?.lastMid).toBe(4);
    });

    test('[Y13] receipts, waiting events, stamps and continuations are kept', async () => {
      const store = await opened();
      const pending = [2, 1].map((n) => ({
        id: asId<'EventId'>(`p${n}`),
        conversationId: C1,
        at: epochMillis(AT + n),
        source: 'test',
        event: '{}',
      }));
      const stamp = { scope: 'customer.name', key: 'x', at: AT, eventId: 'e1' };
      const continuation = {
        conversationId: C1,
        continuationId: asId<'ConversationId'>('c1~1'),
        ordinal: 1,
        fromAt: AT,
      };
      await commit(store, {
        receipts: [{ id: asId('e1'), checksum: 4_000_000_000 }],
        pending,
        stamps: [stamp],
        continuations: [continuation],
      });
      expect(await store.receipts([asId('e0'), asId('e1')])).toEqual(new Map([['e1', 4_000_000_000]]));
      expect(await store.pendingOf([C1, C2])).toEqual([pending[1], pending[0]]);
      expect(await store.pendingCount()).toBe(2);
      expect(await store.stamps([{ scope: 'other', key: 'x' }, stamp])).toEqual([null, stamp]);
      expect(await store.continuations([C1, C2])).toEqual([continuation]);
      const later = { ...stamp, at: epochMillis(AT + 1), eventId: 'e2' };
      await commit(store, { settledPending: [asId('p1')], stamps: [later] });
      expect(await store.pendingOf([C1])).toEqual([pending[0]]);
      expect(await store.stamps([stamp])).toEqual([later]);
    });

    test('tokens open what they were made for', async () => {
      const store = await opened();
      const desk = { kind: 'desk', agentId: MINA } as const;
      const source = { kind: 'source', source: 'shop' } as const;
      await commit(store, {
        access: [
          { hash: 'h1', access: desk },
          { hash: 'h2', access: source },
        ],
      });
      expect(await store.access('h1')).toEqual(desk);
      expect(await store.access('h2')).toEqual(source);
      expect(await store.access('h3')).toBeNull();
    });

    test('the audit log grows in order', async () => {
      const store = await opened();
      await commit(store, { audit: [{ actor: 'host', action: 'a', detail: null }] });
      await commit(store, { audit: [{ actor: 'mina', action: 'b', detail: '{}' }] });
      expect(await store.audit(0, 10)).toEqual([
        { seq: 1, actor: 'host', action: 'a', detail: null },
        { seq: 2, actor: 'mina', action: 'b', detail: '{}' },
      ]);
      expect(await store.audit(1, 10)).toHaveLength(1);
    });

    test('a sound store has no damage', async () => {
      const store = await opened();
      await commit(store, { changes: [setting('a', '1'), put('message', messageRow('m1'))] });
      await commit(store, { changes: [del('setting', ['a'])] });
      expect(await store.verify(10)).toEqual([]);
      let place: VerifyPlace | null = null;
      do {
        const slice: VerifiedSlice = await store.verifySlice(place, 1);
        expect(slice.damage).toEqual([]);
        place = slice.next;
      } while (place !== null);
    });
  });
}
