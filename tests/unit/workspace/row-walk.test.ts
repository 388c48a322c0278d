import { expect, test } from 'vitest';
import type { WorkspaceEvent } from '../../../src/workspace/log-events.ts';
import { rowWalk, WALK_ROWS } from '../../../src/workspace/row-walk.ts';
import type { VerifiedSlice, VerifyPlace } from '../../../src/workspace/store/store.ts';

const DAMAGE = { type: 'row', place: 'message ["m1"]' } as const;
const HALF: VerifyPlace = { table: 'message', after: ['m9'] };

test('[Y6] a workspace walks through its rows slice by slice, begins again, and tells of a damaged one once', async () => {
  const asked: (VerifyPlace | null)[] = [];
  const told: WorkspaceEvent[] = [];
  const store = {
    verifySlice: (from: VerifyPlace | null, limit: number): Promise<VerifiedSlice> => {
      expect(limit).toBe(WALK_ROWS);
      asked.push(from);
      const isFirst = from === null;
      return Promise.resolve({ rows: 1, damage: isFirst ? [] : [DAMAGE], next: isFirst ? HALF : null });
    },
  };
  const walk = rowWalk(store, (event) => told.push(event));
  const ends = [await walk.next(), await walk.next(), await walk.next(), await walk.next()];
  expect(ends).toEqual([false, true, false, true]);
  expect(asked).toEqual([null, HALF, null, HALF]);
  expect(told).toEqual([{ type: 'damaged', place: 'row message ["m1"]' }]);
});
