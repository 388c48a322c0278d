import { expect, test } from 'vitest';
import { waitingPositions } from '../../../../renderer/desk/features/outbox/waiting-positions.ts';

test('[Y12] counts what waits in the order in which it was made', () => {
  const positions = waitingPositions([
    { mid: 9, state: 'queued' },
    { mid: 4, state: 'sending' },
    { mid: 7, state: 'queued' },
  ]);
  expect([...positions]).toEqual([
    [4, 1],
    [7, 2],
    [9, 3],
  ]);
});

test('held and refused changes stand in no queue and take no number', () => {
  const positions = waitingPositions([
    { mid: 1, state: 'held' },
    { mid: 2, state: 'refused' },
    { mid: 3, state: 'queued' },
  ]);
  expect([...positions]).toEqual([[3, 1]]);
});

test('an empty outbox has no positions', () => {
  expect(waitingPositions([]).size).toBe(0);
});
