import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type HistoryEvent, type Policy } from '../../../src/domain/events.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import { blocksReplies } from '../../../src/domain/state/messages.ts';
import { withBlocking } from '../../../src/mutations/policy-args.ts';
import { C1, DAWN } from '../../support/domain/history.ts';
import { randomHistory, SEED } from '../../support/domain/random-history.ts';
import { Receiver } from '../../support/domain/receive.ts';
import { sortedRows } from '../../support/domain/table-model.ts';

const END = epochMillis(DAWN + 1_000 * 3_600_000);

/** Before which receipt numbers somebody says what, in that order. */
const switches = fc
  .array(fc.record({ from: fc.integer({ min: 1, max: 34 }), blocks: fc.boolean() }), { maxLength: 12 })
  .map((all) => [...all].sort((a, b) => a.from - b.from));
type Switch = typeof switches extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** The policies one after the other, the first before anybody said anything. */
function policiesOf(said: readonly Switch[]): readonly Policy[] {
  const policies: Policy[] = [DEFAULT_POLICY];
  for (const { blocks, from } of said)
    policies.push(withBlocking(policies.at(-1) ?? DEFAULT_POLICY, blocks, from));
  return policies;
}

function receivedBefore(events: readonly HistoryEvent[], from: number): readonly HistoryEvent[] {
  return events.filter(({ arrival }) => arrival < from);
}

describe('blocking replies after closing, switched while histories stand', () => {
  test('[S5] at every receipt number what was said last before it counts', () => {
    fc.assert(
      fc.property(switches, (said) => {
        const policy = policiesOf(said).at(-1) ?? DEFAULT_POLICY;
        for (let arrival = 1; arrival <= 36; arrival += 1)
          expect(blocksReplies(policy, arrival)).toBe(
            said.findLast(({ from }) => from <= arrival)?.blocks ?? false,
          );
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[S5] [T11] switching it never changes what an old history folds to', () => {
    let different = 0;
    fc.assert(
      fc.property(randomHistory, switches, (events, said) => {
        const policies = policiesOf(said);
        for (const [index, { from, blocks }] of said.entries()) {
          const old = receivedBefore(events, from);
          if (old.length === 0) continue;
          const [before, after] = [policies[index] ?? DEFAULT_POLICY, policies[index + 1] ?? DEFAULT_POLICY];
          const stood = foldHistory(old, before, END);
          expect(foldHistory(old, after, END)).toEqual(stood);
          // Without its past the switch would have moved it: the property has something to hold.
          const unversioned = { ...DEFAULT_POLICY, blockRepliesAfterClosing: blocks };
          if (foldHistory(old, unversioned, END).spills.length !== stood.spills.length) different += 1;
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect(different).toBeGreaterThan(20);
  });

  test('[S5] [T8] [T11] events received in any order, with it switched between, end in the rows of folding them all', () => {
    fc.assert(
      fc.property(randomHistory, switches, (events, said) => {
        const policies = policiesOf(said);
        const receiver = new Receiver(DEFAULT_POLICY);
        for (const event of events) {
          receiver.policy =
            policies[said.filter(({ from }) => from <= event.arrival).length] ?? DEFAULT_POLICY;
          receiver.receive(event);
        }
        receiver.sweep(END);
        const folded = foldHistory(events, policies.at(-1) ?? DEFAULT_POLICY, END);
        expect(receiver.model.rows(C1)).toEqual(sortedRows(folded.rows));
      }),
      { seed: SEED, numRuns: 600 },
    );
  });
});
