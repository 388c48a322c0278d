import { describe, expect, test } from 'vitest';
import { RpcError } from '../../../../renderer/desk/engine/rpc-line.ts';
import { isStaleAfter } from '../../../../renderer/desk/engine/stale.ts';
import { needOf } from '../../../../renderer/desk/features/scope/not-held.tsx';
import { readDays } from '../../../../renderer/desk/features/scope/scope-section.tsx';
import { isOpenAlone, wholeCount, yearBefore } from '../../../../renderer/desk/features/scope/use-held.ts';
import { heldSince, OPEN_WORK } from '../../../../src/domain/desk-scope.ts';
import { QUEUES } from '../../../../src/protocol/rpc/list.ts';

const SINCE = Date.UTC(2026, 5, 1);

describe('counts', () => {
  test('[Y9] of a part never stand as a total; those of open work do', () => {
    const shown = QUEUES.filter((queue) => wholeCount(7, { queue }, { since: SINCE }) === 7);
    expect(shown.toSorted()).toEqual(['inbox', 'mine', 'snoozed', 'unassigned', 'unread', 'withAi']);
  });

  test('[Y9] all stand where everything is held', () => {
    for (const queue of QUEUES) expect(wholeCount(7, { queue }, { since: null })).toBe(7);
    expect(wholeCount(null, { queue: 'all' }, { since: null })).toBeNull();
  });
});

describe('what a figure needs', () => {
  test('[Y9] is told by the engine’s refusal; 0 is everything', () => {
    const error = (from: number) => new RpcError({ type: 'notHeld', detail: { from, since: SINCE } });
    expect(needOf(error(SINCE))).toBe(SINCE);
    expect(needOf(error(0))).toBe(0);
    expect(needOf(new RpcError({ type: 'notHeld' }))).toBe(0);
  });

  test('no other failure is taken for it', () => {
    expect(needOf(new RpcError({ type: 'internal' }))).toBeNull();
    expect(needOf(new Error('notHeld'))).toBeNull();
    expect(needOf(null)).toBeNull();
  });
});

describe('how far back', () => {
  test('another year ends at the beginning of time', () => {
    expect(yearBefore(SINCE)).toBe(SINCE - 365.25 * 86_400_000);
    expect(yearBefore(1_000)).toBe(0);
  });

  test('[Y9] open work alone has no date', () => {
    expect(isOpenAlone(heldSince(OPEN_WORK) ?? 0)).toBe(true);
    expect(isOpenAlone(SINCE)).toBe(false);
  });

  test('[Y9] screens ask again when more is held', () => {
    const told = (topic: 'status' | 'info' | 'thread', ids: readonly string[] | null = null) => ({
      topic,
      ids,
    });
    expect(isStaleAfter('scope.state', {}, told('status'))).toBe(true);
    expect(isStaleAfter('scope.state', {}, told('info'))).toBe(true);
    expect(isStaleAfter('scope.conversation', { conversationId: 'c1' }, told('thread', ['c1']))).toBe(true);
    expect(isStaleAfter('scope.conversation', { conversationId: 'c1' }, told('thread', ['c2']))).toBe(false);
  });
});

test.each([
  ['90', 90],
  [' 365 ', 365],
  ['1,000', 1_000],
  ['1 000', 1_000],
  ['1.000', 1_000],
  ['7', 7],
  ['3650', 3_650],
  ['6', null],
  ['3651', null],
  ['', null],
  ['-30', null],
  ['thirty', null],
])('[Y9] %j typed as days is %j', (text, days) => {
  expect(readDays(text)).toBe(days);
});
