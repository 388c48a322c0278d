import { describe, expect, test } from 'vitest';
import { DAY, epochMillis } from '../../../src/base/time.ts';
import {
  activityOf,
  compareHeld,
  DEFAULT_SCOPE,
  EVERYTHING,
  heldSince,
  holdsFrom,
  isOpenWork,
  isScopeDays,
  OPEN_WORK,
  parseScope,
  reachOf,
  scopeDays,
} from '../../../src/domain/desk-scope.ts';

const NOW = epochMillis(1_000 * DAY);

describe('what a desk copies by itself', () => {
  test('[Y9] the setting holds for agents alone: leads and admins hold everything', () => {
    const setting = { agentDays: 90 };
    expect(scopeDays(setting, 'agent')).toBe(90);
    expect(scopeDays(setting, 'lead')).toBeNull();
    expect(scopeDays(setting, 'admin')).toBeNull();
    expect(scopeDays(DEFAULT_SCOPE, 'agent')).toBeNull();
  });

  test.each([
    ['{"agentDays":90}', 90],
    ['{"agentDays":7}', 7],
    ['{"agentDays":3650}', 3_650],
    ['{"agentDays":6}', null],
    ['{"agentDays":3651}', null],
    ['{"agentDays":30.5}', null],
    ['{"agentDays":"30"}', null],
    ['{"agentDays":null}', null],
    ['[90]', null],
    ['ninety', null],
    [null, null],
  ])('[Y9] %j is read as %j days', (value, days) => {
    expect(parseScope(value)).toEqual({ agentDays: days });
    expect(isScopeDays(days)).toBe(days !== null);
  });

  test('[Y9] it reaches back by its days, further where it was asked to, never less', () => {
    expect(reachOf(90, null, NOW)).toBe(NOW - 90 * DAY);
    expect(reachOf(90, NOW - 200 * DAY, NOW)).toBe(NOW - 200 * DAY);
    expect(reachOf(90, NOW - 10 * DAY, NOW)).toBe(NOW - 90 * DAY);
    expect(reachOf(90, EVERYTHING, NOW)).toBe(EVERYTHING);
    expect(reachOf(null, NOW - 10 * DAY, NOW)).toBe(EVERYTHING);
    expect(reachOf(3_650, null, NOW)).toBe(EVERYTHING);
  });
});

describe('what is held', () => {
  test('[Y9] a part never passes for the whole: a moment is held only when every conversation of it is', () => {
    const held = { at: 500, id: 'c7' };
    expect(holdsFrom(held, 501)).toBe(true);
    expect(holdsFrom(held, 500)).toBe(false);
    expect(holdsFrom(held, EVERYTHING)).toBe(false);
    expect(holdsFrom(OPEN_WORK, NOW)).toBe(false);
    expect(holdsFrom(null, EVERYTHING)).toBe(true);
  });

  test('[Y9] it is said from when on everything is held', () => {
    expect(heldSince({ at: 500, id: 'c7' })).toBe(501);
    expect(heldSince(null)).toBeNull();
  });

  test('[Y9] the order is the latest activity first, then the id', () => {
    const places = [
      { at: 4, id: 'a' },
      { at: 5, id: 'b' },
      { at: 5, id: 'a' },
    ];
    expect([...places].sort(compareHeld)).toEqual([
      { at: 5, id: 'a' },
      { at: 5, id: 'b' },
      { at: 4, id: 'a' },
    ]);
    expect(compareHeld({ at: 5, id: 'a' }, { at: 5, id: 'a' })).toBe(0);
    expect(compareHeld({ at: 5, id: 'b' }, { at: 5, id: 'a' })).toBe(1);
    expect(compareHeld({ at: 5, id: 'a' }, { at: 5, id: 'b' })).toBe(-1);
  });

  test('[Y9] open work is what people have open or put off', () => {
    for (const aiOutcome of ['open', 'notResolvedByAi', null] as const) {
      expect(isOpenWork({ humanState: 'open', aiOutcome })).toBe(true);
      expect(isOpenWork({ humanState: 'snoozed', aiOutcome })).toBe(true);
      expect(isOpenWork({ humanState: 'closed', aiOutcome })).toBe(false);
    }
    // What the AI is at may be taken over (S4).
    expect(isOpenWork({ humanState: null, aiOutcome: 'open' })).toBe(true);
    for (const aiOutcome of ['resolvedByAi', 'closedUnresolved', 'notResolvedByAi', null] as const)
      expect(isOpenWork({ humanState: null, aiOutcome })).toBe(false);
  });

  test('[Y9] an automatic close counts as activity, though no event says so', () => {
    const row = {
      startedAt: epochMillis(5),
      foldedAt: epochMillis(10),
      aiClosedAt: epochMillis(20),
      closedAt: null,
    };
    expect(activityOf(row)).toBe(20);
    expect(activityOf({ ...row, closedAt: epochMillis(30) })).toBe(30);
    expect(activityOf({ ...row, aiClosedAt: null })).toBe(10);
    expect(activityOf({ ...row, aiClosedAt: null, startedAt: epochMillis(15) })).toBe(15);
  });
});
