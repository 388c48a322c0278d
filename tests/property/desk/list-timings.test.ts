import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId, type ConversationId } from '../../../src/base/ids.ts';
import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import { BusinessHours } from '../../../src/domain/hours/business-hours.ts';
import { type TimingPolicyName, timingPolicy } from '../../../src/domain/timings/policy.ts';
import {
  conversationTimings,
  TIMING_KEYS,
  type TimingKey,
  type TimingRules,
} from '../../../src/domain/timings/timings.ts';
import { fieldSort, type ListQuery, type ListRow } from '../../../src/protocol/rpc/list.ts';
import { type ProfileWorld, profileWorld, writeHistory, writeSetting } from '../../support/profile-world.ts';
import { randomCase } from '../../support/timings/random-cases.ts';

const LIMIT = 100;
const CASES = 12;
const idOf = (index: number): ConversationId => asId(`c-${String(index).padStart(2, '0')}`);
const sorted = (key: TimingKey, direction: 'asc' | 'desc'): ListQuery => ({
  queue: 'all',
  filters: {},
  sort: { by: fieldSort(key), direction },
});

/** A list once what it asks for is built. */
function rowsOf({ lists, turns }: ProfileWorld, query: ListQuery): readonly ListRow[] {
  lists.open(query, 1);
  turns.all();
  const opened = lists.open(query, LIMIT, TIMING_KEYS);
  expect(opened.ready).toBe(true);
  return opened.rows;
}

/** What the only function that computes timings says of the current cycle (T9, T10), nulls left out. */
function expected({ cycles, messages }: ConversationRows, rules: TimingRules): Record<string, number> {
  const current = conversationTimings(cycles, messages, rules).at(-1);
  const entries = TIMING_KEYS.map((key) => [key, current?.timings[key].value ?? null] as const);
  return Object.fromEntries(entries.filter((entry): entry is [TimingKey, number] => entry[1] !== null));
}

function compare(world: ProfileWorld, rows: ReadonlyMap<string, ConversationRows>, rules: TimingRules): void {
  const wanted = new Map([...rows].map(([id, one]) => [id, expected(one, rules)]));
  for (const key of TIMING_KEYS) {
    for (const direction of ['asc', 'desc'] as const) {
      const found = rowsOf(world, sorted(key, direction));
      // Shown: what the function says. Sorted: by what is shown, those without a value last.
      expect(Object.fromEntries(found.map((row) => [row.id, row.fields]))).toEqual(
        Object.fromEntries(wanted),
      );
      const values = found.map((row) => row.fields[key]);
      const numbers = values.filter((value) => typeof value === 'number');
      const sign = direction === 'asc' ? 1 : -1;
      expect(numbers).toEqual(numbers.toSorted((a, b) => sign * (a - b)));
      expect(values.slice(numbers.length).every((value) => value === undefined)).toBe(true);
    }
    const middle = Math.max(0, ...[...wanted.values()].map((one) => one[key] ?? 0)) / 2;
    const fields = { [key]: { type: 'range', from: null, to: middle } as const };
    const passing = [...wanted].filter(([, one]) => (one[key] ?? Number.POSITIVE_INFINITY) <= middle);
    const filtered = rowsOf(world, {
      queue: 'all',
      filters: { fields },
      sort: { by: 'started', direction: 'asc' },
    });
    expect(filtered.map((row) => row.id).toSorted()).toEqual(passing.map(([id]) => id).toSorted());
  }
}

test('[B4] [T4] [T10] [T11] lists show, sort and filter by the timings that the one function computes, whatever changes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const world = profileWorld();
      const rows = new Map<string, ConversationRows>();
      const cases = Array.from({ length: CASES }, (_, index) => randomCase(seed * 31 + index));
      const rules = (of: number): TimingRules => {
        const hours = cases[of]?.hours ?? [];
        const policy: TimingPolicyName = 'handoff';
        writeSetting(world, 'hours', hours);
        writeSetting(world, 'timingPolicy', policy);
        return { policy: timingPolicy(policy), hours: new BusinessHours(hours) };
      };
      const write = (index: number, share: number): void => {
        const events = cases[index]?.events ?? [];
        // At least the start and what makes it a conversation.
        const some = events.slice(0, Math.max(2, Math.ceil(events.length * share)));
        rows.set(idOf(index), writeHistory(world, idOf(index), some));
      };
      for (let index = 0; index < CASES; index += 1) write(index, 0.5);
      world.turns.all();
      compare(world, rows, rules(0));
      // Event by event (T11), and under other business hours (T5).
      for (let index = 0; index < CASES; index += 2) write(index, 1);
      compare(world, rows, rules(0));
      compare(world, rows, rules(1));
      world.lists.changed({ conversations: null, messages: null, customers: null });
      compare(world, rows, rules(1));
      world.db.close();
    }),
    { numRuns: 6, seed: 4 },
  );
});

test('[T13] under the policy of Channel Talk as well, which counts replies from the last question', () => {
  for (let seed = 1; seed < 40; seed += 1) {
    const { events, hours, policy } = randomCase(seed);
    if (policy !== 'channel-talk') continue;
    const world = profileWorld();
    writeSetting(world, 'hours', hours);
    writeSetting(world, 'timingPolicy', policy);
    const rows = new Map([[idOf(1), writeHistory(world, idOf(1), events)]]);
    world.turns.all();
    compare(world, rows, { policy: timingPolicy(policy), hours: new BusinessHours(hours) });
    world.db.close();
  }
});
