import { expect, test } from 'vitest';
import { nextFloat, seededRng } from '../../../src/base/rng.ts';
import { openHouse } from '../../support/workspace/house.ts';
import { randomDay, shuffled, split } from '../../support/workspace/random-events.ts';

test('[S5] [S10] [T11] [Y13] with replies blocked and let in again between late and repeated batches, every fold agrees', async () => {
  let continued = 0;
  for (let seed = 0; seed < 16; seed += 1) {
    const rng = seededRng(seed);
    const house = await openHouse();
    const lea = await house.hire('lea', 'lead');
    const events = randomDay(rng, 4, 60);
    let mid = 0;
    for (const part of split(rng, shuffled(rng, [...events, ...events.slice(0, 20)]), 12)) {
      if (nextFloat(rng) < 0.5) {
        mid += 1;
        const value = nextFloat(rng) < 0.6;
        const answer = await house.push(lea, 'lea', mid, ['settings.setBlockReplies', { value }]);
        expect(answer.outcomes).toMatchObject([{ status: 'applied' }]);
        expect((await house.workspace.check()).damage).toEqual([]);
      }
      expect((await house.workspace.ingest('test', { events: part })).ok).toBe(true);
    }
    expect((await house.workspace.check()).damage).toEqual([]);
    const ids = await house.store.conversationIds('', 1_000);
    continued += ids.filter((id) => id.includes('~')).length;
  }
  expect(continued).toBeGreaterThan(3);
});
