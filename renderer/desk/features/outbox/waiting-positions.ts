import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';

/** The place of each change in the queue, by its mid: the next to go is the first. Held and refused ones stand in none. */
export function waitingPositions(
  items: readonly Pick<OutboxItem, 'mid' | 'state'>[],
): ReadonlyMap<number, number> {
  const waiting = items
    .filter(({ state }) => state === 'queued' || state === 'sending')
    .map(({ mid }) => mid)
    .sort((a, b) => a - b);
  return new Map(waiting.map((mid, index) => [mid, index + 1]));
}
