import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { airlineFile, hasAirlineData } from '../../support/airline.ts';
import { openHouse } from '../../support/workspace/house.ts';

function airlineEvents(): unknown[] {
  return readFileSync(airlineFile, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function tally<T>(items: readonly T[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[String(item)] = (counts[String(item)] ?? 0) + 1;
  return counts;
}

describe.skipIf(!hasAirlineData)('the airline data', () => {
  test('[I1] 200 conversations, 2,841 messages, 48 in the inbox; 48, 67 and 85 outcomes; again adds nothing', async () => {
    const house = await openHouse({ now: Date.UTC(2026, 10, 21) });
    const events = airlineEvents();
    const first = await house.workspace.ingest('airline', { events });
    expect(first).toMatchObject({
      ok: true,
      value: { accepted: events.length, duplicates: 0, pending: 0, rejected: [] },
    });
    const ids = await house.store.conversationIds('', 1_000);
    const rows = (
      await house.store.rows(
        'conversation',
        ids.map((id) => [id]),
      )
    ).filter((row) => row !== null);
    expect(rows).toHaveLength(200);
    expect(tally(rows.map((row) => row.aiOutcome))).toEqual({
      notResolvedByAi: 48,
      resolvedByAi: 67,
      closedUnresolved: 85,
    });
    expect(tally(rows.map((row) => row.humanState))).toEqual({ open: 48, null: 152 });
    const before = await house.rows();
    expect(before['message']).toHaveLength(2_841);
    expect(rows.filter((row) => row.humanState === 'open' && row.handoffReason === null)).toEqual([]);

    const head = await house.workspace.head();
    const second = await house.workspace.ingest('airline', { events });
    expect(second).toMatchObject({ ok: true, value: { accepted: 0, duplicates: events.length, head } });
    expect(await house.rows()).toEqual(before);
    expect(await house.workspace.check()).toEqual({ damage: [], conversations: 200 });
  });
});
