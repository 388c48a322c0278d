import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nextFloat, seededRng } from '../../../src/base/rng.ts';
import { TABLES } from '../../../src/protocol/tables.ts';
import { airlineFile, hasAirlineData } from '../../support/airline.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';
import { randomDay, shuffled, split } from '../../support/workspace/random-events.ts';

const ARRIVAL = (TABLES.conversation.columns as readonly string[]).indexOf('lastCustomerArrival');

/** Every row but the receipt numbers, which tell in which order things came in and nothing else. */
async function rowsOf(house: House) {
  const rows = await house.rows();
  return { ...rows, conversation: rows['conversation']?.map((row) => row.toSpliced(ARRIVAL, 1)) };
}

async function send(house: House, events: readonly unknown[]) {
  const answer = await house.workspace.ingest('test', { events });
  if (!answer.ok) throw new Error(answer.error.type);
  return answer.value;
}

async function expectSame(
  events: readonly unknown[],
  seed: number,
  longest: number,
  now?: number,
): Promise<void> {
  const options = now === undefined ? {} : { now };
  const straight = await openHouse(options);
  const whole = await send(straight, events);
  expect(whole.rejected).toEqual([]);
  const expected = await rowsOf(straight);
  expect((await straight.workspace.check()).damage).toEqual([]);

  const rng = seededRng(seed);
  const repeated = [...events, ...events.filter(() => nextFloat(rng) < 0.3)];
  const house = await openHouse(options);
  let counted = 0;
  for (const part of split(rng, shuffled(rng, repeated), longest)) {
    const answer = await send(house, part);
    expect(answer.rejected).toEqual([]);
    counted += answer.accepted + answer.pending;
  }
  expect(counted).toBe(events.length);
  expect(await house.workspace.pendingCount()).toBe(0);
  expect(await rowsOf(house)).toEqual(expected);
  expect((await house.workspace.check()).damage).toEqual([]);
}

describe('any order, any repetition, any cut', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    '[Y13] a random day gives the same rows (seed %i)',
    async (seed) => {
      const events = randomDay(seededRng(seed), 4, 60);
      await expectSame(events, seed + 1_000, 12);
    },
  );

  test('[Y13][T11] one event a request, backwards', async () => {
    const events = randomDay(seededRng(99), 3, 40);
    const straight = await openHouse();
    await send(straight, events);
    const house = await openHouse();
    for (const event of [...events].reverse()) await send(house, [event]);
    expect(await rowsOf(house)).toEqual(await rowsOf(straight));
  });

  test.skipIf(!hasAirlineData)(
    '[Y13] the airline data, shuffled, repeated and cut, gives the same rows',
    async () => {
      const lines = readFileSync(airlineFile, 'utf8').trim().split('\n');
      const events = lines.map((line): unknown => JSON.parse(line));
      await expectSame(events, 5, 900, Date.UTC(2026, 10, 21));
    },
  );
});
