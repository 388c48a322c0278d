import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../src/base/time.ts';
import { refoldChanges } from '../../../src/domain/conversation-rows.ts';
import { DEFAULT_POLICY, type HistoryEvent, type Policy } from '../../../src/domain/events.ts';
import { compareEvents, foldHistory } from '../../../src/domain/fold.ts';
import { EMPTY_SNAPSHOT } from '../../../src/domain/rows.ts';
import { dueAt, settle, step } from '../../../src/domain/step.ts';
import { C1, DAWN } from '../../support/domain/history.ts';
import { brokenInvariants } from '../../support/domain/invariants.ts';
import { postedId, randomHistory, SEED } from '../../support/domain/random-history.ts';
import { Receiver } from '../../support/domain/receive.ts';
import { sortedRows, TableModel } from '../../support/domain/table-model.ts';

const END = epochMillis(DAWN + 1_000 * 3_600_000);
const BLOCKING: Policy = { ...DEFAULT_POLICY, blockRepliesAfterClosing: true };
const policy = fc.constantFrom(DEFAULT_POLICY, BLOCKING);

/** The history in folding order, each event and each message once. */
function inOrder(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const seen = new Set<string>();
  return [...events].sort(compareEvents).filter((event) => {
    const id = postedId(event);
    if (id === null) return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}

describe('folding', () => {
  test('[T11] stepping a sorted history through tables gives exactly the rows of folding it', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const model = new TableModel();
        for (const event of inOrder(events))
          model.apply(step(model.snapshot(C1), event, DEFAULT_POLICY).changes);
        const folded = foldHistory(events, DEFAULT_POLICY);
        expect(model.rows(C1)).toEqual(sortedRows(folded.rows));
        expect(model.snapshot(C1).conversation).toEqual(folded.snapshot.conversation);
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  test('[T8][T11] events received in any order, with sweeps between, end in the rows of folding them all', () => {
    fc.assert(
      fc.property(
        randomHistory,
        policy,
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }),
        (events, rules, sweeps) => {
          const receiver = new Receiver(rules);
          events.forEach((event, index) => {
            receiver.receive(event);
            const sweepAt = sweeps[index];
            if (sweepAt !== undefined) receiver.sweep(epochMillis(DAWN + sweepAt * 1_800_000));
          });
          receiver.sweep(END);
          const folded = foldHistory(events, rules, END);
          expect(receiver.model.rows(C1)).toEqual(sortedRows(folded.rows));
        },
      ),
      { seed: SEED, numRuns: 800 },
    );
  });

  test('[T8] the order in which a history is handed over means nothing', () => {
    fc.assert(
      fc.property(
        randomHistory.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(foldHistory(shuffled, DEFAULT_POLICY)).toEqual(foldHistory(events, DEFAULT_POLICY));
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[Y13] a history handed over twice counts once', () => {
    fc.assert(
      fc.property(randomHistory, policy, (events, rules) => {
        const once = foldHistory(events, rules);
        const twice = foldHistory([...events, ...events], rules);
        expect(twice).toEqual(once);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[T8] carrying stored rows over to refolded ones leaves exactly the refolded ones', () => {
    fc.assert(
      fc.property(randomHistory, randomHistory, (before, after) => {
        const model = new TableModel();
        const old = foldHistory(before, DEFAULT_POLICY).rows;
        const fresh = foldHistory(after, DEFAULT_POLICY).rows;
        model.apply([
          ...refoldChanges(
            {
              ...old,
              cycles: [],
              handoffs: [],
              tags: [],
              products: [],
              fields: [],
              csat: [],
              metricEvents: [],
              followers: [],
              messages: [],
            },
            old,
          ),
        ]);
        model.put('conversation', old.conversation);
        model.apply(refoldChanges(old, fresh));
        expect(model.rows(C1)).toEqual(sortedRows(fresh));
        expect(refoldChanges(fresh, fresh)).toEqual([]);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('every reachable state', () => {
  test('[S1][S2][S3][S11][T9] satisfies the invariants after every step', () => {
    fc.assert(
      fc.property(randomHistory, policy, (events, rules) => {
        const model = new TableModel();
        for (const event of inOrder(events)) {
          model.apply(step(model.snapshot(C1), event, rules).changes);
          expect(brokenInvariants(model.rows(C1))).toEqual([]);
        }
        model.apply(settle(model.snapshot(C1), END, rules).changes);
        expect(brokenInvariants(model.rows(C1))).toEqual([]);
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  test('[S2] a hand-off is final: no later fact takes notResolvedByAi away', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        let snapshot = EMPTY_SNAPSHOT;
        let isHandedOff = false;
        for (const event of inOrder(events)) {
          snapshot = step(snapshot, event, DEFAULT_POLICY).snapshot;
          if (isHandedOff) expect(snapshot.conversation?.aiOutcome).toBe('notResolvedByAi');
          isHandedOff = snapshot.conversation?.aiOutcome === 'notResolvedByAi';
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[T6] notes, AI and system messages move no clock and no human state', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        let snapshot = EMPTY_SNAPSHOT;
        for (const event of inOrder(events)) {
          const before = settle(snapshot, event.at, DEFAULT_POLICY).snapshot;
          snapshot = step(snapshot, event, DEFAULT_POLICY).snapshot;
          if (event.fact.type !== 'messagePosted') continue;
          const isSilent =
            event.fact.note || event.fact.authorKind === 'ai' || event.fact.authorKind === 'system';
          if (!isSilent) continue;
          expect(snapshot.cycle).toBe(before.cycle);
          expect(snapshot.conversation?.waitingSince).toBe(before.conversation?.waitingSince);
          expect(snapshot.conversation?.humanState).toBe(before.conversation?.humanState);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('the passage of time', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 8 });

  test('[S3] the result does not depend on when, how often or in which order sweeps run', () => {
    fc.assert(
      fc.property(randomHistory, moments, (events, sweeps) => {
        const folded = foldHistory(events, DEFAULT_POLICY).snapshot;
        let swept = folded;
        for (const at of sweeps)
          swept = settle(swept, epochMillis(DAWN + at * 1_800_000), DEFAULT_POLICY).snapshot;
        const last = epochMillis(DAWN + Math.max(...sweeps) * 1_800_000);
        expect(swept).toEqual(settle(folded, last, DEFAULT_POLICY).snapshot);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('[S3][S5] nothing happens before the due time, something at it, nothing afterwards', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const { snapshot } = foldHistory(events, DEFAULT_POLICY);
        const due = snapshot.conversation === null ? null : dueAt(snapshot.conversation, DEFAULT_POLICY);
        if (due === null) {
          expect(settle(snapshot, END, DEFAULT_POLICY).changes).toEqual([]);
          return;
        }
        expect(settle(snapshot, epochMillis(due - 1), DEFAULT_POLICY).changes).toEqual([]);
        const settled = settle(snapshot, due, DEFAULT_POLICY);
        const isResolved = settled.snapshot.conversation?.aiOutcome === 'resolvedByAi';
        expect(settled.changes.map(({ table }) => table)).toEqual(
          isResolved && snapshot.conversation?.aiOutcome === 'open'
            ? ['conversation', 'metricEvent']
            : ['conversation'],
        );
        expect(settle(settled.snapshot, END, DEFAULT_POLICY).changes).toEqual([]);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('[T11] an event stepped onto a settled state gives what it gives on the unsettled one', () => {
    fc.assert(
      fc.property(randomHistory, (events) => {
        const ordered = inOrder(events);
        let lazy = EMPTY_SNAPSHOT;
        let eager = EMPTY_SNAPSHOT;
        for (const event of ordered) {
          lazy = step(lazy, event, DEFAULT_POLICY).snapshot;
          eager = step(settle(eager, event.at, DEFAULT_POLICY).snapshot, event, DEFAULT_POLICY).snapshot;
        }
        expect(eager).toEqual(lazy);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
