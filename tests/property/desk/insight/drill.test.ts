import { afterAll, describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { csatAnswer } from '../../../../src/desk/insight/csat.ts';
import { overviewAnswer } from '../../../../src/desk/insight/insight.ts';
import { reviewed } from '../../../../src/desk/insight/review-cut.ts';
import { OVERVIEW_GROUPS } from '../../../../src/domain/overview/presets.ts';
import { METRICS, REVIEW_VERDICTS } from '../../../../src/domain/model.ts';
import { CSAT_DIMENSIONS, type Drill, REVIEW_DIMENSIONS } from '../../../../src/protocol/rpc/drill.ts';
import { insightOver } from '../../../support/insight/compare.ts';
import { rawWorld, replicaOfWorld } from '../../../support/insight/raw-world.ts';

const world = rawWorld(31, 200);
const db = replicaOfWorld(world);
for (const [index, { id, rows }] of world.conversations.entries()) {
  if (rows.conversation.aiOutcome !== 'notResolvedByAi' || index % 3 === 0) continue;
  db.run(
    'INSERT INTO verdict (conversation_id, agent_id, verdict, note, coach_id, at) VALUES (?, ?, ?, NULL, NULL, 1)',
    id,
    index % 2 === 0 ? 'ana' : 'bo',
    REVIEW_VERDICTS[index % REVIEW_VERDICTS.length] ?? null,
  );
}
const insight = insightOver(db, world.now);
const zone = 'America/Sao_Paulo';
const range = { from: '2026-08-25', to: '2026-09-20' };
afterAll(() => {
  insight.dispose();
  db.close();
});

async function days() {
  const columns = await insight.columns();
  const asked = insight.days({ range, zone });
  if (!asked.ok) throw new Error(asked.error.type);
  return { columns, asked: asked.value };
}

/** Ids of the rows behind a figure. */
function behind(drill: Drill): readonly string[] {
  const among = insight.among(drill);
  if (among === null) throw new Error('not ready');
  return db
    .all<{ n: number; id: string }>('SELECT n, id FROM conversation LIMIT 10000')
    .filter(({ n }) => among(n))
    .map(({ id }) => id)
    .sort();
}

describe('every figure opens exactly its rows', () => {
  test('[O3] the four figures, and the parts of the second', async () => {
    const { columns, asked } = await days();
    const { figures, drills } = overviewAnswer(insight, columns, asked, 'channel');
    expect(figures.totalVolume).toBeGreaterThan(10);
    expect(behind(drills.totalVolume)).toHaveLength(figures.totalVolume);
    expect(behind(drills.resolvedByAi)).toHaveLength(figures.resolvedByAi.numerator);
    expect(behind(drills.notResolvedByAi)).toHaveLength(figures.notResolvedByAi.numerator);
    expect(behind(drills.handedOver)).toHaveLength(figures.handedOver);
    expect(behind(drills.takenOver)).toHaveLength(figures.takenOver);
    expect(behind(drills.open)).toHaveLength(figures.open);
    expect(behind(drills.closedUnresolved)).toHaveLength(figures.closedUnresolved);
  });

  test.each(OVERVIEW_GROUPS)('[O1] each bar of each day, stacked by %s', async (group) => {
    const { columns, asked } = await days();
    const { stacks, days: dates, figures } = overviewAnswer(insight, columns, asked, group);
    expect(stacks.reduce((sum, { total }) => sum + total, 0)).toBe(figures.totalVolume);
    for (const { value, counts, total } of stacks) {
      const of = { of: 'overview', zone, group: { by: group, value } } as const;
      expect(behind({ ...of, ...range })).toHaveLength(total);
      dates.forEach((day, index) => {
        if (index % 5 === 0) expect(behind({ ...of, from: day, to: day })).toHaveLength(counts[index] ?? 0);
      });
    }
  });

  test('[A1] sales open the conversations they came from', async () => {
    const { columns, asked } = await days();
    const { drills, figures } = overviewAnswer(insight, columns, asked, 'tag');
    const orders = figures.sales.reduce((sum, one) => sum + one.orders, 0);
    expect(orders).toBeGreaterThan(0);
    expect(behind(drills.sales).length).toBeGreaterThan(0);
    expect(behind(drills.sales).length).toBeLessThanOrEqual(orders);
    for (const { currency, orders: count } of figures.sales) {
      if (drills.sales.of !== 'sales') throw new Error('no sales');
      expect(behind({ ...drills.sales, currency }).length).toBeLessThanOrEqual(count);
    }
  });

  test.each(METRICS)('[K5] a metric’s data points open their conversations: %s', (metric) => {
    const found = behind({ of: 'metric', metric, from: '2026-01-01', to: '2026-12-31', zone: 'UTC' });
    const expected = world.conversations
      .filter(({ rows }) => rows.metricEvents.some((event) => event.metric === metric))
      .map(({ id }) => id);
    expect(found).toEqual(expected.toSorted());
  });

  test.each(CSAT_DIMENSIONS)('[Q2][Q6] survey results by %s', async (by) => {
    const { columns, asked } = await days();
    const answer = csatAnswer(columns, asked, by);
    expect(answer.response.denominator).toBeGreaterThan(0);
    const of = { of: 'csat', ...range, zone } as const;
    const wanted = (drill: Drill) => new Set(behind(drill));
    const sent = world.csat.filter(({ sentAt }) => sentAt >= asked.days.start && sentAt < asked.days.end);
    expect(wanted(answer.drill)).toEqual(new Set(sent.map((one) => one.conversationId)));
    for (const scale of answer.scales) {
      const same = sent.filter(
        (one) => String(one.scale ?? 'unknown') === scale.scale && one.answeredAt !== null,
      );
      expect(same).toHaveLength(scale.answered);
      expect(wanted(scale.drill)).toEqual(new Set(same.map((one) => one.conversationId)));
      for (const { score, count } of scale.distribution) {
        const exactly = same.filter((one) => one.score === score);
        expect(exactly).toHaveLength(count);
        const drill = { ...of, scale: scale.scale, score } as const;
        expect(wanted(drill)).toEqual(new Set(exactly.map((one) => one.conversationId)));
      }
    }
    for (const slice of answer.slices) {
      expect(behind(slice.drill).length).toBeGreaterThan(0);
      for (const { scale, answered, distribution } of slice.scales) {
        expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(answered);
        for (const { score, count } of distribution) {
          const cut = {
            ...of,
            by: { dimension: by, value: slice.value },
            scale,
            score,
            answered: true,
          } as const;
          const rows = behind(cut).length;
          expect(rows > 0 && rows <= count).toBe(count > 0);
        }
      }
    }
  });

  test('[O10] findings of reviewers', () => {
    const handed = world.conversations.filter(
      ({ rows }) => rows.conversation.aiOutcome === 'notResolvedByAi',
    );
    expect(behind({ of: 'review' })).toHaveLength(handed.length);
    const found = REVIEW_VERDICTS.map((verdict) => behind({ of: 'review', verdict }).length);
    const none = behind({ of: 'review', verdict: null }).length;
    expect(none).toBeGreaterThan(0);
    expect(found.reduce((sum, count) => sum + count, none)).toBe(handed.length);
    expect(behind({ of: 'review', reason: 'no such reason' })).toEqual([]);
  });

  test('[O10] the review of some days is what the overview of them did not resolve, however it is cut', async () => {
    const { columns, asked } = await days();
    const named = { ...range, zone };
    const { figures } = overviewAnswer(insight, columns, asked, 'tag');
    const review = behind({ of: 'review', days: named });
    expect(review).toEqual(behind({ of: 'overview', ...named, outcome: 'notResolvedByAi' }));
    expect(review).toHaveLength(figures.notResolvedByAi.numerator);
    for (const by of REVIEW_DIMENSIONS) {
      const cut = reviewed(columns, { days: asked.days });
      const groups = Map.groupBy(cut.by(by), ({ value }) => value);
      expect([...groups.values()].reduce((sum, group) => sum + group.length, 0)).toBe(review.length);
      for (const [value, group] of groups)
        expect(behind({ of: 'review', days: named, [by]: value })).toHaveLength(group.length);
    }
  });

  test('days and zones that do not exist hold nothing', () => {
    const of = { of: 'overview', from: '2026-02-30', to: '2026-03-01', zone } as const;
    expect(behind(of)).toEqual([]);
    expect(behind({ ...of, from: '2026-02-01', zone: 'Mars/Olympus' })).toEqual([]);
  });

  test('[K5] before everything is read in, nothing is known', () => {
    const fresh = insightOver(db, world.now);
    expect(fresh.among({ of: 'review' })).toBeNull();
    fresh.dispose();
  });
});

describe('what changed is taken in', () => {
  test('[T11] after writes the columns answer as columns built anew', async () => {
    const live = rawWorld(5, 120);
    const replica = replicaOfWorld(live);
    const kept = insightOver(replica, live.now);
    await kept.columns();
    const other = rawWorld(6, 120);
    const touched = other.conversations.filter((_, index) => index % 2 === 0);
    replica.transaction(() => {
      for (const { id } of touched) {
        for (const table of ['metric_event', 'tag', 'product', 'csat'])
          replica.run(`DELETE FROM ${table} WHERE conversation_id = ?`, id);
        replica.run('UPDATE conversation SET ai_outcome = ?, channel = ? WHERE id = ?', 'open', 'post', id);
      }
      replica.run('DELETE FROM conversation WHERE id = ?', 'c00001');
      replica.run('UPDATE customer SET name = NULL, email = NULL, phone = NULL WHERE id = ?', 'k1');
      replica.run(
        "INSERT INTO shop_order (id, customer_id, at, value_minor, currency) VALUES ('fresh', 'k2', ?, 5, 'EUR')",
        live.now - 1,
      );
    });
    kept.changed({
      conversations: touched.map(({ id }) => id),
      messages: [],
      customers: [asId('k1'), asId('k2')],
    });
    const anew = insightOver(replica, live.now);
    for (const group of OVERVIEW_GROUPS) {
      const asked = kept.days({ range: { from: '2026-07-01', to: '2026-10-30' }, zone: 'UTC' });
      if (!asked.ok) throw new Error(asked.error.type);
      const answer = overviewAnswer(kept, await kept.columns(), asked.value, group);
      expect(answer).toEqual(overviewAnswer(anew, await anew.columns(), asked.value, group));
      expect(csatAnswer(await kept.columns(), asked.value, 'tag')).toEqual(
        csatAnswer(await anew.columns(), asked.value, 'tag'),
      );
    }
    const metric = {
      of: 'metric',
      metric: 'clicked',
      from: '2026-01-01',
      to: '2026-12-31',
      zone: 'UTC',
    } as const;
    const rows = (of: typeof kept) => {
      const among = of.among(metric);
      return replica
        .all<{ n: number }>('SELECT n FROM conversation LIMIT 1000')
        .filter(({ n }) => among?.(n) === true);
    };
    expect(rows(kept)).toEqual(rows(anew));
    // A reset: everything is read again.
    kept.changed({ conversations: null, messages: null, customers: null });
    expect(kept.among(metric)).toBeNull();
    await kept.columns();
    expect(rows(kept)).toEqual(rows(anew));
    kept.dispose();
    anew.dispose();
    replica.close();
  });
});
