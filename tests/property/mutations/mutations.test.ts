import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import { settle } from '../../../src/domain/step.ts';
import { type MutationName, prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, C1, minute, Story } from '../../support/domain/history.ts';
import { brokenInvariants } from '../../support/domain/invariants.ts';
import { SEED } from '../../support/domain/random-history.ts';
import { sortedRows } from '../../support/domain/table-model.ts';
import { Office, onlyNamed } from '../../support/mutations/office.ts';
import {
  ALL_NAMES,
  filled,
  type Move,
  randomCall,
  randomMoves,
} from '../../support/mutations/random-calls.ts';

const start = fc.boolean().map((withAi) => new Story({ withAi }).customer(1));

/** Plays moves one after the other; answers the minute at which it ended. */
function play(office: Office, moves: readonly Move[], after: () => void = () => undefined): number {
  let now = 2;
  for (const move of moves) {
    now += move.wait;
    if (move.kind === 'fact') office.ingest(now, move.fact);
    else office.run(move.name, filled(office, move), now, move.actor);
    after();
  }
  return now;
}

describe('random mutations', () => {
  test('[Y2] never throw, read only what they named, and keep the invariants', () => {
    fc.assert(
      fc.property(start, randomMoves, (story, moves) => {
        const office = new Office(story);
        play(office, moves, () => expect(brokenInvariants(office.model.rows(C1))).toEqual([]));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[T11] leave exactly the rows that folding their history gives', () => {
    fc.assert(
      fc.property(start, randomMoves, (story, moves) => {
        const office = new Office(story);
        const end = minute(play(office, moves));
        office.model.apply(settle(office.model.snapshot(C1), end, office.policy).changes);
        const folded = foldHistory(office.events(), office.policy, end);
        expect(office.model.rows(C1)).toEqual(sortedRows(folded.rows));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[I8] a replay on the same rows with the same context gives identical changes', () => {
    fc.assert(
      fc.property(start, randomMoves, randomCall(ALL_NAMES), (story, moves, call) => {
        const [desk, workspace] = [new Office(story), new Office(story)];
        const now = play(desk, moves) + call.wait;
        play(workspace, moves);
        const args = filled(desk, call);
        expect(workspace.run(call.name, args, now, call.actor)).toEqual(
          desk.run(call.name, args, now, call.actor),
        );
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[Y4] a refusal is one of the known codes and leaves every row as it was', () => {
    fc.assert(
      fc.property(start, randomMoves, randomCall(ALL_NAMES), (story, moves, call) => {
        const office = new Office(story);
        const now = play(office, moves) + call.wait;
        const before = office.model.rows(C1);
        const count = office.model.history().length;
        const { result } = office.run(call.name, filled(office, call), now, call.actor);
        if (result.ok) return;
        expect(office.model.rows(C1)).toEqual(before);
        expect(office.model.history()).toHaveLength(count);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

/** Mutations that an undo takes back to the rows before, column by column. */
const INVERTIBLE: readonly MutationName[] = [
  'conversation.assign',
  'conversation.take',
  'conversation.setPriority',
  'conversation.setDescription',
  'tag.add',
  'tag.remove',
  'conversation.close',
  'conversation.reopen',
  'conversation.snooze',
  'conversation.wake',
];

/** The rows without what an undo does not bring back: the fold position, and when a tag was put on. */
function comparable(rows: ConversationRows): unknown {
  const { foldedAt: _at, foldedId: _id, ...conversation } = rows.conversation;
  return { ...rows, conversation, tags: rows.tags.map(({ at: _tagAt, ...tag }) => tag) };
}

describe('undo', () => {
  test('[Y16] taken back at once, a mutation leaves the rows as they were', () => {
    fc.assert(
      fc.property(start, randomMoves, randomCall(INVERTIBLE), (story, moves, call) => {
        const office = new Office(story);
        const now = play(office, moves) + call.wait;
        office.model.apply(settle(office.model.snapshot(C1), minute(now), office.policy).changes);
        const before = office.model.rows(C1);
        const wasSnoozed = before.conversation.humanState === 'snoozed';
        const ran = office.run(call.name, filled(office, call), now, call.actor);
        // A snooze until a time that has passed wakes at once; there is nothing left to undo.
        if (!ran.result.ok || ran.inverse === null || call.name === 'conversation.snooze') return;
        expect(office.undo(ran, now, call.actor).ok).toBe(true);
        const woken = { ...before.conversation, humanState: 'open' as const, snoozedUntil: null };
        const isReopened = call.name === 'conversation.close' && wasSnoozed;
        const expected = isReopened ? { ...before, conversation: woken } : before;
        expect(comparable(office.model.rows(C1))).toEqual(comparable(expected));
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('[Y16] a snooze into the future, taken back at once, leaves the rows as they were', () => {
    fc.assert(
      fc.property(start, randomMoves, fc.integer({ min: 1, max: 900 }), (story, moves, length) => {
        const office = new Office(story);
        const now = play(office, moves) + 1;
        office.model.apply(settle(office.model.snapshot(C1), minute(now), office.policy).changes);
        const before = office.model.rows(C1);
        const ran = office.run('conversation.snooze', { until: minute(now + length) }, now);
        if (!ran.result.ok || ran.inverse === null) return;
        expect(office.undo(ran, now).ok).toBe(true);
        expect(comparable(office.model.rows(C1))).toEqual(comparable(before));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('[Y16] after anything else happened it is refused or does what it says, and never throws', () => {
    fc.assert(
      fc.property(start, randomMoves, randomCall(INVERTIBLE), randomMoves, (story, moves, call, later) => {
        const office = new Office(story);
        let now = play(office, moves) + call.wait;
        const ran = office.run(call.name, filled(office, call), now, call.actor);
        if (!ran.result.ok || ran.inverse === null) return;
        for (const move of later) {
          now += move.wait;
          if (move.kind === 'fact') office.ingest(now, move.fact);
          else office.run(move.name, filled(office, move), now, move.actor);
        }
        const undone = office.undo(ran, now + 1, call.actor);
        if (!undone.ok) expect(['changedSince', 'invalidState', 'tooManyTags']).toContain(undone.error.type);
        expect(brokenInvariants(office.model.rows(C1))).toEqual([]);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('bad input', () => {
  const junk = fc.oneof(
    fc.anything(),
    fc.dictionary(
      fc.constantFrom(
        'conversationId',
        'messageId',
        'text',
        'tag',
        'until',
        'priority',
        'cycle',
        'assigneeId',
      ),
      fc.anything(),
    ),
  );

  test('[Y4] arbitrary names and arguments are refusals with a place, never a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom<string>(...ALL_NAMES)), junk, (name, args) => {
        const prepared = prepareMutation(name, args);
        if (!prepared.ok) {
          expect(['unknownMutation', 'invalidArguments']).toContain(prepared.error.type);
          return;
        }
        const office = new Office();
        const ran = prepared.value.run(
          onlyNamed(office.model, prepared.value.reads(ANA)),
          office.context(5, ANA),
        );
        expect(typeof ran.ok).toBe('boolean');
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
