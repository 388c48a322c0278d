import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import { DAWN } from '../../support/domain/history.ts';
import { randomHistory, SEED } from '../../support/domain/random-history.ts';
import { slowOutcome } from '../../support/domain/slow-metrics.ts';

const END = epochMillis(DAWN + 1_000 * 3_600_000);

/** Undoing a close or a reopening brings back cycles, which the slow way does not keep; late closes of a desk likewise. */
const plain = randomHistory.map((events) =>
  events
    .filter(({ fact }) => fact.type !== 'closeUndone' && fact.type !== 'reopenUndone')
    .map((event) => ({ ...event, origin: 'source' as const })),
);

const inOrder = (points: readonly { readonly metric: string; readonly at: number }[]): readonly string[] =>
  points.map(({ metric, at }) => `${at} ${metric}`).sort();

describe('data points of random histories', () => {
  test('[K1][K2][K3][K4][O5][O6][O7] are those of a reading word by word', () => {
    fc.assert(
      fc.property(plain, (events) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY, END);
        const slow = slowOutcome(events, END);
        expect(inOrder(rows.metricEvents)).toEqual(inOrder(slow.points));
        expect(rows.conversation.aiOutcome).toBe(slow.outcome);
        expect(rows.conversation.handoffBy).toBe(slow.handoffBy);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('[T11] have ids of their own within a conversation', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const { rows } = foldHistory(events, DEFAULT_POLICY, END);
        expect(new Set(rows.metricEvents.map(({ id }) => id)).size).toBe(rows.metricEvents.length);
        for (const event of rows.metricEvents) expect(event.customerId).toBe(rows.conversation.customerId);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
