import { describe, expect, test } from 'vitest';
import { overviewAnswer } from '../../../../src/desk/insight/insight.ts';
import { OVERVIEW_GROUPS, type OverviewGroup } from '../../../../src/domain/overview/presets.ts';
import { shownOverview } from '../../../../src/host/cli/insight-json.ts';
import { insightOver } from '../../../support/insight/compare.ts';
import { rawWorld, replicaOfWorld } from '../../../support/insight/raw-world.ts';

async function shown(group: OverviewGroup) {
  const world = rawWorld(11, 60);
  const db = replicaOfWorld(world);
  db.run('DELETE FROM tag WHERE conversation_id >= ?', 'c00020');
  db.run("UPDATE OR IGNORE tag SET tag = 'none' WHERE conversation_id < ?", 'c00010');
  const insight = insightOver(db, world.now);
  const days = insight.days({ range: { from: '2026-07-01', to: '2026-10-31' }, zone: 'UTC' });
  if (!days.ok) throw new Error(days.error.type);
  const answer = overviewAnswer(insight, await insight.columns(), days.value, group);
  insight.dispose();
  return shownOverview(answer);
}

describe('the overview as JSON', () => {
  test.each(OVERVIEW_GROUPS)('[O1][O-rates] what a day is stacked of adds up to it, by %s', async (group) => {
    const { series, totalVolume } = await shown(group);
    expect(totalVolume.value).toBeGreaterThan(20);
    expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(totalVolume.value);
    for (const { total, counts, untagged = 0 } of series)
      expect(Object.values(counts).reduce((sum, count) => sum + count, untagged)).toBe(total);
  });

  test('[O-rates] what has no tag stands apart from a tag of any name', async () => {
    const { series } = await shown('tag');
    const sumOf = (of: (day: (typeof series)[number]) => number | undefined): number =>
      series.reduce((sum, day) => sum + (of(day) ?? 0), 0);
    expect(sumOf(({ counts }) => counts['none'])).toBeGreaterThan(0);
    expect(sumOf(({ untagged }) => untagged)).toBeGreaterThan(0);
    expect((await shown('channel')).series.every((day) => !('untagged' in day))).toBe(true);
  });
});
