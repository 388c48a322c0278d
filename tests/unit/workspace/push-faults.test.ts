import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { err, ok } from '../../../src/base/result.ts';
import { put } from '../../../src/domain/rows.ts';
import { refuse } from '../../../src/mutations/history.ts';
import { MUTATIONS, type PreparedMutation, prepareMutation } from '../../../src/mutations/registry.ts';
import { push } from '../../../src/workspace/push.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { openHouse, pushBody } from '../../support/workspace/house.ts';

const client = asId<'ClientId'>('client-1');
const C1 = asId<'ConversationId'>('c1');
const tag = (conversationId: string, text: string) => ['tag.add', { conversationId, tag: text }] as const;

/** The registry with one more mutation, as a test wants it. */
function withPlanted(name: string, planted: Partial<PreparedMutation>): PrepareMutation {
  const base: PreparedMutation = {
    mutation: { ...MUTATIONS.noop, name: 'noop' },
    args: {},
    reads: () => ({ conversations: [] }),
    run: () => ok([]),
    inverse: () => null,
    merges: () => null,
    audit: () => null,
  };
  return (called, args) => (called === name ? ok({ ...base, ...planted }) : prepareMutation(called, args));
}

describe('faults', () => {
  test('[Y4] a mutation that throws is refused, reported, and jams nothing', async () => {
    const prepare = withPlanted('planted.throws', {
      run: () => {
        throw new Error('a bug');
      },
    });
    const house = await openHouse({ prepare });
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    const answer = await house.push(mina, client, 1, tag('c1', 'a'), ['planted.throws', {}], tag('c1', 'b'));
    expect(answer.outcomes).toEqual([
      { mid: 1, status: 'applied' },
      { mid: 2, status: 'refused', code: 'invalidState' },
      { mid: 3, status: 'applied' },
    ]);
    expect(house.log).toMatchObject([{ type: 'mutationThrew', name: 'planted.throws', mid: 2 }]);
  });

  test('[Y4] a mutation whose reads throw is refused and reported', async () => {
    const prepare = withPlanted('planted.reads', {
      reads: () => {
        throw new Error('a bug');
      },
    });
    const house = await openHouse({ prepare });
    const mina = await house.hire('mina');
    const answer = await house.push(mina, client, 1, ['planted.reads', {}], ['noop', {}]);
    expect(answer.outcomes.map((one) => one.status)).toEqual(['refused', 'applied']);
    expect(house.log).toMatchObject([{ type: 'mutationThrew', name: 'planted.reads' }]);
  });

  test('[Y2] a rule that reads a row it did not name is a bug that shows', async () => {
    const prepare = withPlanted('planted.peeks', {
      reads: () => ({ conversations: [C1] }),
      run: (rows) => {
        rows.snapshot(asId('c2'));
        return ok([]);
      },
    });
    const house = await openHouse({ prepare });
    const mina = await house.hire('mina');
    const answer = await house.push(mina, client, 1, ['planted.peeks', {}]);
    expect(answer.outcomes[0]).toEqual({ mid: 1, status: 'refused', code: 'invalidState' });
    expect(JSON.stringify(house.log)).toContain('conversation c2 was not named');
  });

  test('[Y3] a refusal leaves nothing of what its mutation did', async () => {
    const prepare = withPlanted('planted.halfway', {
      run: () => refuse('invalidState', { state: 'closed' }),
    });
    const house = await openHouse({ prepare });
    const mina = await house.hire('mina');
    const before = await house.rows();
    const answer = await house.push(mina, client, 1, ['planted.halfway', {}]);
    expect(answer.outcomes[0]?.detail).toEqual({ state: 'closed' });
    expect(await house.rows()).toEqual(before);
  });

  test('[Y3] a log that another process moved is read again, and nothing is lost or doubled', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    await house.ingest(...handedOver('c1'));
    let interruptions = 3;
    const store: Store = {
      ...house.store,
      commit: async (batch) => {
        if (interruptions > 0) {
          interruptions -= 1;
          const head = await house.store.head();
          const setting = put('setting', { key: 'other', value: String(interruptions) });
          await house.store.commit({ expectedHead: head.seq, at: house.clock.now(), changes: [setting] });
        }
        return house.store.commit(batch);
      },
    };
    const deps = { store, clock: house.clock, log: () => undefined, prepare: prepareMutation };
    const answer = await push(deps, mina, pushBody(client, 1, tag('c1', 'a')));
    expect(answer.ok && answer.value).toMatchObject({
      lastMid: 1,
      outcomes: [{ mid: 1, status: 'applied' }],
    });
    const tags = await house.store.rowsOf('tag', [C1]);
    expect(tags.get(C1)).toHaveLength(1);
  });

  test('[Y3] a log that never stands still gives up with `unavailable` and writes nothing', async () => {
    const house = await openHouse();
    const mina = await house.hire('mina');
    const store: Store = { ...house.store, commit: async () => err({ type: 'headMoved', head: 0 }) };
    const deps = { store, clock: house.clock, log: () => undefined, prepare: prepareMutation };
    const answer = await push(deps, mina, pushBody(client, 1, ['noop', {}]));
    expect(answer).toEqual(err({ type: 'unavailable' }));
    expect(await house.store.client(client)).toBeNull();
  });
});
