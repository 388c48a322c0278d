import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { activityOf } from '../../../src/domain/desk-scope.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import { DAWN } from '../../support/domain/history.ts';
import { randomHistory, SEED } from '../../support/domain/random-history.ts';

const END = epochMillis(DAWN + 1_000 * 3_600_000);

/** Every moment that a list, a figure or an export goes by. */
const MOMENTS = [
  'at',
  'startedAt',
  'handoffAt',
  'aiClosedAt',
  'openedAt',
  'firstOpenedAt',
  'closedAt',
  'firstReplyAt',
  'lastMessageAt',
  'lastPublicAt',
  'sentAt',
  'answeredAt',
  'recommendedAt',
  'clickedAt',
];

test('[Y9] no moment that anything goes by is later than a conversation’s activity', () => {
  fc.assert(
    fc.property(randomHistory, fc.boolean(), (events, isSettled) => {
      const folded = foldHistory(events, DEFAULT_POLICY, ...(isSettled ? [END] : []));
      const { conversation } = folded.snapshot;
      if (conversation === null) return;
      const activity = activityOf(conversation);
      const rows = Object.values(folded.rows).flat() as readonly Readonly<Record<string, unknown>>[];
      for (const row of rows)
        for (const name of MOMENTS) {
          const at = row[name];
          if (typeof at === 'number') expect(at, name).toBeLessThanOrEqual(activity);
        }
    }),
    { seed: SEED, numRuns: 600 },
  );
});
