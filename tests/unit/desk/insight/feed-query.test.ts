import { describe, expect, test } from 'vitest';
import { feedPage, latestAt, parsePosition } from '../../../../src/desk/insight/feed-query.ts';
import { FEED_METRICS } from '../../../../src/protocol/rpc/insight.ts';
import type { Query, ReadableDb, SqlParams, SqlValue } from '../../../../src/sqlite/types.ts';
import { rawWorld, replicaOfWorld } from '../../../support/insight/raw-world.ts';

interface Asked {
  readonly sql: string;
  readonly params: SqlParams;
}

/** What a feed reads, and every statement that is asked of it, with what was bound. */
function overheard(db: ReadableDb): { readonly db: ReadableDb; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const listening: ReadableDb = {
    ...db,
    prepare: <Row, Params extends SqlParams>(sql: string): Query<Row, Params> => {
      const statement = db.prepare<Row, Params>(sql);
      const all = (...params: Params): Row[] => {
        asked.push({ sql, params });
        return statement.all(...params);
      };
      return { ...statement, all };
    },
    pluck: <Value extends SqlValue>(sql: string, ...params: SqlParams): Value | undefined => {
      asked.push({ sql, params });
      return db.pluck<Value>(sql, ...params);
    },
  };
  return { db: listening, asked };
}

function planOf(db: ReadableDb, { sql, params }: Asked): string {
  const rows = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params);
  return rows.map(({ detail }) => detail).join('\n');
}

describe('the feed over millions of data points', () => {
  const replica = replicaOfWorld(rawWorld(5, 30));

  test.each([null, ...FEED_METRICS])(
    '[K5] a page of %s goes along the feed’s index from where the last one ended, and sorts nothing',
    (metric) => {
      const { db, asked } = overheard(replica);
      const first = feedPage(db, metric, null, 2);
      const after = first.next === null ? null : parsePosition(first.next);
      if (after !== null) feedPage(db, metric, after, 2);
      expect(asked.length).toBeGreaterThan(0);
      for (const one of asked) {
        const plan = planOf(replica, one);
        expect(plan).toMatch(
          /SEARCH e USING INDEX metric_event_feed \(metric=\? AND \(at,conversation_id,id\)<\(\?,\?,\?\)\)|SEARCH o USING (COVERING )?INDEX shop_order_feed \(\(at,id\)<\(\?,\?\)\)/,
        );
        expect(plan).not.toContain('TEMP B-TREE');
        expect(plan).not.toMatch(/SCAN (e|o|cu|p)\b/);
      }
    },
  );

  test('[K5] every page asks each metric for no more rows than it shows', () => {
    const { db, asked } = overheard(replica);
    const page = feedPage(db, null, null, 3);
    expect(page.items).toHaveLength(3);
    expect(asked).toHaveLength(FEED_METRICS.length);
    for (const { params } of asked) expect(params.at(-1)).toBe(3);
  });

  test.each(FEED_METRICS)('[K5] the newest of %s is one step in the index', (metric) => {
    const { db, asked } = overheard(replica);
    latestAt(db, metric);
    for (const one of asked)
      expect(planOf(replica, one)).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX \w+_feed/);
  });

  test.each([
    '',
    'null',
    '[]',
    '[1]',
    '["1","started","c","e"]',
    '[1,"no","c","e"]',
    '[1,"started",2,"e"]',
    '{',
  ])('[K5] %j is no place to go on from', (text) => expect(parsePosition(text)).toBeNull());
});
